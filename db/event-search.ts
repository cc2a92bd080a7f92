/**
 * Full text in the events of a run, by looking at them: newest first or oldest first, a bounded piece of the run at a time,
 * along its primary key. An index of words or trigrams would cost every append more than an event costs now, for a question
 * that is asked now and then about one run.
 */
import type { PendingQuery, Row } from 'postgres'
import { inJson } from '../domain/run/event-search.ts'
import type { Sql } from './connect.ts'

/** Events that one search looks at. 10,000 of 1 KB take 70 ms; of 12 KB, nearly all that an event may have, 700 ms. */
export const searchedRows = 10_000

/** Seqs, both inclusive. */
export type Span = { readonly from: number; readonly to: number }

/** The piece of `after + 1` … `before - 1` that one search looks at: its end, or its beginning. */
export function searchedSpan({ after, before, fromEnd }: { after: number; before: number; fromEnd: boolean }): Span {
  return fromEnd
    ? { from: Math.max(after + 1, before - searchedRows), to: before - 1 }
    : { from: after + 1, to: Math.min(before - 1, after + searchedRows) }
}

/** The condition that a row of `events` holds the text: see `domain/run/event-search.ts`. */
export const holdsText = (sql: Sql, text: string): PendingQuery<Row[]> => sql`(
  strpos(lower(type || ' ' || (actor ->> 'name')), lower(${text})) > 0 or strpos(lower(data::text), lower(${inJson(text)})) > 0)`
