/** A condition as a person would write it down. */
import type { Json } from '../../../domain/json.ts'

const words: Readonly<Record<string, string>> = { equals: '=', contains: 'contains', greater: '>', less: '<' }

export function conditionText(condition: Json): string {
  if (condition === null || typeof condition !== 'object' || Array.isArray(condition)) return String(condition)
  const { all, any, not, path, op, value } = condition as { readonly [key: string]: Json }
  if (Array.isArray(all)) return joined(all as readonly Json[], ' and ')
  if (Array.isArray(any)) return joined(any as readonly Json[], ' or ')
  if (not !== undefined) return `not (${conditionText(not)})`
  if (op === 'exists') return `${path} exists`
  return `${path} ${words[String(op)] ?? String(op)} ${JSON.stringify(value ?? null)}`
}

const joined = (all: readonly Json[], word: string): string =>
  all.map(one => (isCompound(one) ? `(${conditionText(one)})` : conditionText(one))).join(word)

const isCompound = (condition: Json): boolean =>
  condition !== null && typeof condition === 'object' && ('all' in condition || 'any' in condition)
