/** Where a replay does not come to what was recorded, told so that a reader knows where to look. */
import { createHash } from 'node:crypto'
import type { Json } from '../../domain/json.ts'

/**
 * decision: the same command decides something else · prompt: a model would be told something else · call: the agent
 * makes another call, or none · result: the same calls come to another result.
 */
export const divergenceKinds = ['decision', 'prompt', 'call', 'result'] as const

export type Divergence = {
  /** The recorded event that is not reproduced; one past the head where there would be one more. */
  seq: number
  kind: (typeof divergenceKinds)[number]
  /** The task that it is about; null where it is about none. */
  taskIndex: number | null
  expected: Json
  got: Json
  /** One sentence. */
  difference: string
}

export type Difference = { path: string; expected: unknown; got: unknown }

/** The first place where two JSON values differ; null where they are the same. A field without a value is no field. */
export function differenceOf(expected: unknown, got: unknown, path = ''): Difference | null {
  if (Object.is(expected, got)) return null
  if (!isNested(expected) || !isNested(got) || Array.isArray(expected) !== Array.isArray(got))
    return { path, expected, got }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const inner = differenceOf(expected[key], got[key], path === '' ? key : `${path}.${key}`)
    if (inner !== null) return inner
  }
  return null
}

const isNested = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** As a sentence: `data.dueAt is 5 and would be 7`. */
export const told = ({ path, expected, got }: Difference): string =>
  `${path === '' ? 'it' : path} is ${briefly(expected)} and would be ${briefly(got)}`

function briefly(value: unknown): string {
  if (value === undefined) return 'absent'
  const text = JSON.stringify(value) ?? 'absent'
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`
}

/** The longest value that is shown whole, in characters of JSON. */
const mostShown = 2_000

/** A value for people: a large one as its beginning and its hash. */
export function shown(value: unknown): Json {
  const text = JSON.stringify(value) ?? 'null'
  if (text.length <= mostShown) return JSON.parse(text) as Json
  return { start: text.slice(0, 500), length: text.length, sha256: createHash('sha256').update(text).digest('hex') }
}
