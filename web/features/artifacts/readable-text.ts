/** A body as lines that can be compared: JSON as an outline in which a change of one value changes one line. */
import type { Json } from '../../../domain/json.ts'

/** `text`: the body as it is stored. What is not the JSON that it should be is compared as it stands. */
export function readableText(text: string, mediaType: string): string {
  if (!mediaType.includes('json')) return text
  try {
    return outline(JSON.parse(text) as Json, '').join('\n')
  } catch {
    return text
  }
}

function outline(value: Json, indent: string): string[] {
  if (Array.isArray(value))
    return value.flatMap(one => {
      const [first = '', ...rest] = outline(one, `${indent}  `)
      return [`${indent}- ${first.trimStart()}`, ...rest]
    })
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([key, inner]) => {
      if (isPlain(inner)) return [`${indent}${key}: ${inner === null ? 'none' : String(inner)}`]
      const below = outline(inner, `${indent}  `)
      return below.length === 0 ? [`${indent}${key}: none`] : [`${indent}${key}:`, ...below]
    })
  return String(value ?? 'none')
    .split('\n')
    .map(line => `${indent}${line}`)
}

const isPlain = (value: Json): value is string | number | boolean | null =>
  value === null || (typeof value !== 'object' && !(typeof value === 'string' && value.includes('\n')))
