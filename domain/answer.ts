/** An answer against the form of its question. */
import type { Answer, AnswerField } from './approval.ts'
import { OrreryError } from './errors.ts'
import type { Json } from './json.ts'

/** Throws BAD_INPUT that names every fault. Fields that nobody filled in are left out. */
export function parseAnswer(fields: readonly AnswerField[], given: Json): Answer {
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    throw new OrreryError(
      'BAD_INPUT',
      `the answer must be an object such as {${fields.map(({ name }) => `"${name}": …`).join(', ')}}`,
    )
  const values = given as { readonly [name: string]: Json }
  const known = fields.map(({ name }) => name)
  const faults = Object.keys(values)
    .filter(name => !known.includes(name))
    .map(name => `${name}: is not asked for (${known.join(', ')} ${known.length === 1 ? 'is' : 'are'})`)
  const answer: { [field: string]: string | number | boolean } = {}
  for (const field of fields) {
    const value = values[field.name] ?? null
    if (value === null) {
      if (field.required) faults.push(`${field.name}: is required (${field.label})`)
      continue
    }
    const fault = faultOf(field, value)
    if (fault === null) answer[field.name] = value as string | number | boolean
    else faults.push(`${field.name}: ${fault}`)
  }
  if (faults.length > 0) throw new OrreryError('BAD_INPUT', `answer: ${faults.join('; ')}`)
  return answer
}

function faultOf({ type, options, minimum, maximum, maxLength }: AnswerField, value: Json): string | null {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false'
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'must be a whole number'
      if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`
      return maximum !== undefined && value > maximum ? `must be at most ${maximum}` : null
    case 'choice':
      return options.some(option => option.value === value)
        ? null
        : `must be one of ${options.map(option => option.value).join(', ')}`
    case 'text':
      if (typeof value !== 'string') return 'must be a text'
      return value.length > maxLength ? `must be at most ${maxLength} characters long` : null
  }
}
