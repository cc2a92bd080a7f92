/** Pages by key: what comes after or before a cursor, in either direction, in time that does not grow with the list. */
import { OrreryError } from '../domain/errors.ts'

export const defaultPageSize = 20
export const maxPageSize = 100

/** The arguments of a Relay connection, as a client gives them. */
export type PageArguments = {
  first?: number | null | undefined
  last?: number | null | undefined
  after?: string | null | undefined
  before?: string | null | undefined
}

/** `size` rows after `after` and before `before` (keys, both exclusive); from the end where `fromEnd`. */
export type PageRequest<Key> = { size: number; fromEnd: boolean; after: Key | null; before: Key | null }

export type Page<Row> = { rows: Row[]; hasNext: boolean; hasPrevious: boolean }

/** Checks what a client asked for. `toKey` reads a cursor and returns null where it is none. Throws BAD_INPUT. */
export function pageRequest<Key>(given: PageArguments, toKey: (cursor: string) => Key | null): PageRequest<Key> {
  const { first = null, last = null } = given
  if (first !== null && last !== null) throw new OrreryError('BAD_INPUT', 'first and last exclude each other')
  const size = first ?? last ?? defaultPageSize
  if (!Number.isInteger(size) || size < 0 || size > maxPageSize) {
    throw new OrreryError('BAD_INPUT', `${first === null ? 'last' : 'first'} must be 0 … ${maxPageSize}, not ${size}`)
  }
  const key = (cursor: string | null | undefined): Key | null => {
    if (cursor === null || cursor === undefined) return null
    const found = toKey(cursor)
    if (found === null)
      throw new OrreryError('BAD_INPUT', `${JSON.stringify(cursor.slice(0, 80))} is not a cursor of this list`)
    return found
  }
  return { size, fromEnd: last !== null, after: key(given.after), before: key(given.before) }
}

/** A page out of `size + 1` rows, read in the direction of the request: the extra one only says that there is more. */
export function toPage<Row>(rows: readonly Row[], request: PageRequest<unknown>): Page<Row> {
  const more = rows.length > request.size
  const kept = rows.slice(0, request.size)
  return request.fromEnd
    ? { rows: kept.reverse(), hasNext: request.before !== null, hasPrevious: more }
    : { rows: kept, hasNext: more, hasPrevious: request.after !== null }
}

/** A row of one of several pages that were read in one statement: `parent` counts the parents from 1. */
export type OfParent<Row> = Row & { parent: number }

/** The pages of all parents, in their order. */
export function toPages<Row>(
  rows: readonly OfParent<Row>[],
  parents: number,
  request: PageRequest<unknown>,
): Page<Row>[] {
  const groups: Row[][] = Array.from({ length: parents }, () => [])
  for (const row of rows) groups[row.parent - 1]?.push(row)
  return groups.map(group => toPage(group, request))
}

const uuidCursor = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const uuidKey = (cursor: string): string | null => (uuidCursor.test(cursor) ? cursor : null)
export const numberKey = (cursor: string): number | null => (/^\d{1,9}$/.test(cursor) ? Number(cursor) : null)
