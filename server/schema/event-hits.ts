/** Full text in the events of a run: what is searched, how far, and where it stands. */
import { type Span, searchedRows, searchedSpan } from '../../db/event-search.ts'
import type { RunRow } from '../../db/rows.ts'
import type { EventSearch } from '../../db/tenant-events.ts'
import { OrreryError } from '../../domain/errors.ts'
import { maxSearchLength, searchedText } from '../../domain/run/event-search.ts'
import { builder } from './builder.ts'
import { Run } from './run.ts'

export const whatIsSearched = `It stands in the type, in the name of the actor, or in the data as it is stored, in any case; 1 … ${maxSearchLength} characters, and no pattern. Bodies that are kept beside an event are not searched. One search looks at ${searchedRows} events, and tells how far it came.`

/** Seqs, both exclusive; null where there is none. */
type Range = { after: number | null; before: number | null; fromEnd: boolean }

/** A search as a client asks for it. Throws BAD_INPUT. */
export function eventSearch(given: string, { head }: RunRow, { after, before, fromEnd }: Range): EventSearch {
  const text = searchedText(given)
  if (text.length < 1 || text.length > maxSearchLength)
    throw new OrreryError('BAD_INPUT', `search: must be 1 … ${maxSearchLength} characters long`)
  const end = Math.min(before ?? Infinity, head + 1)
  return { text, span: searchedSpan({ after: after ?? 0, before: end, fromEnd }) }
}

/** A seq of an argument. Throws BAD_INPUT. */
export function seqOf(given: number | null | undefined): number | null {
  if (given !== null && given !== undefined && given < 0)
    throw new OrreryError('BAD_INPUT', 'after and before are seqs: 0, 1, 2 …')
  return given ?? null
}

const Hits = builder.objectRef<Span & { seqs: number[] }>('RunEventHits').implement({
  description: 'Where in the events of a run a text stands, as far as one search looks.',
  fields: t => ({
    seqs: t.exposeIntList('seqs', { description: 'Ascending.' }),
    from: t.exposeInt('from', {
      description: 'The oldest event that was looked at: go on with `before: from`, until it is 1.',
    }),
    to: t.exposeInt('to', { description: 'The newest event that was looked at.' }),
  }),
})

builder.objectField(Run, 'eventHits', t =>
  t.field({
    type: Hits,
    description: `The events that hold a text, from the newest on. ${whatIsSearched}`,
    args: {
      search: t.arg.string({ required: true }),
      before: t.arg.int({ description: 'Events below this seq; all of them unless told.' }),
    },
    resolve: async (run, { search, before }, { reads }) => {
      const wanted = eventSearch(search, run, { after: null, before: seqOf(before), fromEnd: true })
      return { seqs: await reads.events.hits(run.id, wanted), ...wanted.span }
    },
  }),
)
