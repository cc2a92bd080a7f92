/** What a workflow asks for, as fields of a form, and what was filled in, as its variables. */
import type { Json } from '../../domain/json.ts'

export type Variable = {
  readonly name: string
  /** string, integer, number, boolean or string[]. */
  readonly type: string
  readonly description: string
  readonly required: boolean
  readonly default: unknown
  readonly enum: readonly string[] | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly maxLength: number
}

/** As typed: text, lines of text for a list, and `true` or `false`. */
export type Filled = Readonly<Record<string, string>>

/** What stands in the fields at first. */
export function defaultsOf(variables: readonly Variable[], known: Filled): Filled {
  return Object.fromEntries(
    variables.map(variable => {
      const given = known[variable.name] ?? variable.default ?? (variable.type === 'boolean' ? false : '')
      return [variable.name, Array.isArray(given) ? given.join('\n') : String(given)]
    }),
  )
}

/** Values and faults by name; the server looks once more. A field that is left empty takes its default. */
export function readVariables(
  variables: readonly Variable[],
  filled: Filled,
): { values: Record<string, Json>; faults: Record<string, string> } {
  const values: Record<string, Json> = {}
  const faults: Record<string, string> = {}
  for (const variable of variables) {
    const text = filled[variable.name] ?? ''
    if (text.trim() === '') {
      if (variable.required && variable.default === null) faults[variable.name] = 'is required'
      continue
    }
    const read = readValue(variable, text)
    if ('fault' in read) faults[variable.name] = read.fault
    else values[variable.name] = read.value
  }
  return { values, faults }
}

function readValue({ type, minimum, maximum }: Variable, text: string): { value: Json } | { fault: string } {
  switch (type) {
    case 'boolean':
      return { value: text === 'true' }
    case 'string[]':
      return {
        value: text
          .split('\n')
          .map(line => line.trim())
          .filter(line => line !== ''),
      }
    case 'integer':
    case 'number': {
      const number = Number(text)
      if (!Number.isFinite(number)) return { fault: 'is not a number' }
      if (type === 'integer' && !Number.isInteger(number)) return { fault: 'must be a whole number' }
      if (minimum !== null && number < minimum) return { fault: `must be at least ${minimum}` }
      if (maximum !== null && number > maximum) return { fault: `must be at most ${maximum}` }
      return { value: number }
    }
    default:
      return { value: text }
  }
}

/** `maxFiles` → `Max files`. */
export const labelOf = (name: string): string => {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
