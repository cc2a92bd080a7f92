/** What is kept beside an event, as a text to be read: with the colours of a terminal where it has some. */
import type { EventBody } from '../../../domain/run/bodies.ts'

/** What each is, for people; as its field says where it is something new. */
const names: Readonly<Record<string, string>> = {
  outputHash: 'What it answered',
  handles: 'The whole of what it read',
  treeHash: 'The files afterwards',
  trunkHash: 'The files of the run',
  output: 'Its output',
  candidates: 'The candidates',
}
export const nameOf = ({ field }: EventBody): string => names[field] ?? field

/** JSON is laid out, and what a model said stands in it as it said it. Of a part of a body, `whole` is false. */
export function bodyText(bytes: Uint8Array, kind: EventBody['kind'], whole: boolean): string {
  // A cut may go through a character.
  const text = new TextDecoder().decode(bytes, { stream: !whole })
  const value = whole ? parsed(text, kind) : undefined
  if (value === undefined) return text
  return saidIn(value) ?? JSON.stringify(value, null, 2)
}

function parsed(text: string, kind: EventBody['kind']): unknown {
  if (kind !== 'json' && !/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The parts of a model's reply one after the other; null where it is none. */
function saidIn(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const parts = value.map(partText)
  return parts.every(part => part !== null) ? parts.join('\n\n') : null
}

function partText(part: unknown): string | null {
  const { type, text, name, input } = (part ?? {}) as Record<string, unknown>
  if (type === 'text' && typeof text === 'string') return text
  if (type === 'thinking' && typeof text === 'string') return `[thinks]\n${text}`
  if (type === 'tool-call' && typeof name === 'string') return `[calls ${name}]\n${JSON.stringify(input, null, 2)}`
  return null
}
