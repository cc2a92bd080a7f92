/** Text from outside on its way into events. */
import type { Json } from '../json.ts'

/**
 * NUL and lone surrogates become U+FFFD (Postgres keeps neither in JSON); other control characters, except tab and line
 * breaks, and bidirectional overrides are dropped: a log must not be able to rewrite itself on a screen.
 */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .replace(/[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '')

/** The same value with every text in it cleaned, keys included; the very same object where nothing had to be changed. */
export function cleanJson<T>(value: T): T {
  return isClean(JSON.stringify(value) ?? 'null') ? value : (deepClean(value as Json) as T)
}

/** JSON.stringify writes control characters and lone surrogates as escapes, the rest as itself. */
const isClean = (json: string): boolean =>
  !/\\u00[01][0-9a-f]|\\u[dD][89a-fA-F]|\\[bf]|[\u007F-\u009F\u202A-\u202E\u2066-\u2069]/.test(json)

function deepClean(value: Json): Json {
  if (typeof value === 'string') return cleanText(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(deepClean)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), deepClean(inner ?? null)]))
}
