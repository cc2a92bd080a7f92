/** What differs between two versions of a workflow, field by field. Steps and variables are matched by their names. */
import type { Json } from '../../../domain/json.ts'

export type Change = {
  /** `steps.review.timeoutMs`. */
  path: string
  /** Absent on the side where there is nothing. */
  before?: Json
  after?: Json
}

export function changesBetween(before: Json, after: Json, path = ''): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const [one, two] = [partsOf(before), partsOf(after)]
  if (one === null || two === null) return [{ path, before, after }]
  const names = [...new Set([...one.keys(), ...two.keys()])]
  return names.flatMap(name => {
    const place = path === '' ? name : `${path}.${name}`
    const [was, is] = [one.get(name), two.get(name)]
    if (was === undefined) return [{ path: place, after: is ?? null }]
    if (is === undefined) return [{ path: place, before: was }]
    return changesBetween(was, is, place)
  })
}

/** The fields of an object, or the elements of a list that name themselves; null for what is compared whole. */
function partsOf(value: Json): Map<string, Json> | null {
  if (value === null || typeof value !== 'object') return null
  if (!Array.isArray(value)) return new Map(Object.entries(value as { readonly [key: string]: Json }))
  const named = (value as readonly Json[]).map(one => [nameOf(one), one] as const)
  if (named.length === 0 || named.some(([name]) => name === null)) return null
  const parts = new Map(named as [string, Json][])
  return parts.size === named.length ? parts : null
}

const nameOf = (one: Json): string | null => {
  if (one === null || typeof one !== 'object' || Array.isArray(one)) return null
  const { key, name } = one as { readonly [key: string]: Json }
  return typeof key === 'string' ? key : typeof name === 'string' ? name : null
}
