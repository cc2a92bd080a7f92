/**
 * The arguments of a tool call as a model wrote them. What is no JSON object is kept as it came, under a name that no
 * tool has, so that the call can be answered with what is wrong with it instead of being lost.
 */
import type { Json } from '../../domain/json.ts'

const invalid = '$invalid'

/** The arguments; `{ $invalid: raw }` where they are no JSON object. Nothing at all counts as `{}`. */
export function toolInputOf(raw: string): Json {
  if (raw.trim() === '') return {}
  try {
    const value = JSON.parse(raw) as Json
    return isObject(value) ? value : { [invalid]: raw }
  } catch {
    return { [invalid]: raw }
  }
}

/** What the model wrote instead of a JSON object; null for sound arguments. */
export function invalidInputOf(input: Json): string | null {
  const raw = isObject(input) ? input[invalid] : undefined
  return typeof raw === 'string' ? raw : null
}

/** Arguments as an object, which every protocol wants when a call is given back. */
export const objectOf = (input: Json): { [key: string]: Json } => (isObject(input) ? { ...input } : {})

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
