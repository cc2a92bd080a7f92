/**
 * Where in a run a text stands. The server looks through what had happened when it was asked, from the newest event on, piece
 * by piece; what happens afterwards is looked at here, event by event, by the same rule.
 */
import { holderOf, maxSearchLength, searchedText } from '../../../domain/run/event-search.ts'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { formatCount } from '../../lib/format.ts'

/** One answer of the server: the hits among the events `from` … `to`. */
export type Piece = { readonly seqs: readonly number[]; readonly from: number; readonly to: number }
/** What is known: the hits among the events `from` … `to`. */
export type Found = { readonly seqs: ReadonlySet<number>; readonly from: number; readonly to: number }

/** What was found so far, and in the piece before it. */
export const joined = (found: Found | null, piece: Piece): Found => ({
  seqs: new Set([...(found?.seqs ?? []), ...piece.seqs]),
  from: piece.from,
  to: found?.to ?? piece.to,
})

export const isWhole = (found: Found | null): boolean => found !== null && found.from <= 1

/** Whether an event is known to hold the text. */
export function hitsOf(text: string, found: Found): (event: RecordedEvent) => boolean {
  const holds = holderOf(text)
  return event => (event.seq > found.to ? holds(event) : found.seqs.has(event.seq))
}

/** What is searched for, or why it is not. */
export function readSearch(given: string): { text: string; fault: string | null } {
  const text = searchedText(given)
  return text.length > maxSearchLength
    ? { text: '', fault: `At most ${formatCount(maxSearchLength)} characters can be searched for.` }
    : { text, fault: null }
}

/** The hit after or before a place, both places in the log; around the ends. From nowhere: the newest. */
export function nextHit(hits: readonly number[], place: number | null, step: 1 | -1): number | undefined {
  if (place === null) return hits.at(-1)
  return step > 0 ? (hits.find(hit => hit > place) ?? hits[0]) : (hits.findLast(hit => hit < place) ?? hits.at(-1))
}
