/** The events of a run as a connection whose cursors are their seqs. */
import { pageRequest } from '../../db/page.ts'
import type { EventPageRequest } from '../../db/tenant-events.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { builder } from './builder.ts'
import { RunEventRef } from './event.ts'
import { eventSearch, seqOf, whatIsSearched } from './event-hits.ts'
import { Run } from './run.ts'

type EventPage = {
  events: RecordedEvent[]
  hasNext: boolean
  hasPrevious: boolean
  total: number | null
  searchedTo: number | null
}

const PageInfo = builder.objectRef<EventPage>('RunEventPageInfo').implement({
  description: 'As PageInfo, with seqs for cursors.',
  fields: t => ({
    hasNextPage: t.exposeBoolean('hasNext'),
    hasPreviousPage: t.exposeBoolean('hasPrevious'),
    startCursor: t.int({ nullable: true, resolve: page => page.events[0]?.seq ?? null }),
    endCursor: t.int({ nullable: true, resolve: page => page.events.at(-1)?.seq ?? null }),
    searchedTo: t.exposeInt('searchedTo', {
      nullable: true,
      description:
        'Of a search: how far it looked, in the direction of the page. The cursor to go on from, also where nothing was found.',
    }),
  }),
})

const Edge = builder.objectRef<RecordedEvent>('RunEventEdge').implement({
  fields: t => ({ cursor: t.exposeInt('seq'), node: t.field({ type: RunEventRef, resolve: event => event }) }),
})

const Connection = builder.objectRef<EventPage>('RunEventConnection').implement({
  fields: t => ({
    edges: t.field({ type: [Edge], resolve: page => page.events }),
    nodes: t.field({ type: [RunEventRef], resolve: page => page.events }),
    pageInfo: t.field({ type: PageInfo, resolve: page => page }),
    totalCount: t.exposeInt('total', { nullable: true, description: 'All of them; null where the list is filtered.' }),
  }),
})

builder.objectField(Run, 'events', t =>
  t.field({
    type: Connection,
    description: 'In order. A cursor is a seq.',
    args: {
      after: t.arg.int({ description: 'Events beyond this seq.' }),
      before: t.arg.int({ description: 'Events below this seq.' }),
      first: t.arg.int({ description: 'At most 100; 20 unless told.' }),
      last: t.arg.int({ description: 'At most 100, counted from the end.' }),
      types: t.arg.stringList({ description: 'Only of these types.' }),
      taskIndex: t.arg.int({ description: 'Only about this task.' }),
      correlationId: t.arg.string({ description: 'Only what this request caused.' }),
      search: t.arg.string({ description: `Only those that hold this text. ${whatIsSearched}` }),
    },
    resolve: async (
      run,
      { types = null, taskIndex = null, correlationId = null, search: text = null, ...args },
      { reads },
    ) => {
      const { size, fromEnd } = pageRequest({ first: args.first, last: args.last }, () => null)
      const range = { fromEnd, after: seqOf(args.after), before: seqOf(args.before) }
      const search = text === null ? null : eventSearch(text, run, range)
      const request = { ...range, size, types, taskIndex, correlationId, search }
      const filtered = [types, taskIndex, correlationId, search].some(one => one !== null)
      const rows = await reads.events.page(run.id, request)
      return { ...pageOf(rows, request, run.head), total: filtered ? null : run.head }
    },
  }),
)

function pageOf(rows: RecordedEvent[], request: EventPageRequest, head: number): Omit<EventPage, 'total'> {
  const { size, fromEnd, after, before, search } = request
  const more = rows.length > size
  const kept = rows.slice(0, size)
  // A search that found as much as was asked for came no farther than that; and none may end before the list does.
  const span = search?.span ?? null
  const searchedTo = span === null ? null : more ? (kept.at(-1)?.seq ?? null) : fromEnd ? span.from : span.to
  const unseen =
    span !== null && (fromEnd ? span.from > (after ?? 0) + 1 : span.to < Math.min(before ?? Infinity, head + 1) - 1)
  return fromEnd
    ? { events: kept.reverse(), hasNext: before !== null, hasPrevious: more || unseen, searchedTo }
    : { events: kept, hasNext: more || unseen, hasPrevious: (after ?? 0) > 0, searchedTo }
}
