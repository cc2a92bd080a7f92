/** The events of a run as a connection whose cursors are their seqs. */
import { pageRequest } from '../../db/page.ts'
import type { EventPageRequest } from '../../db/tenant-events.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { builder } from './builder.ts'
import { RunEventRef } from './event.ts'
import { Run } from './run.ts'

type EventPage = { events: RecordedEvent[]; hasNext: boolean; hasPrevious: boolean; total: number | null }

const PageInfo = builder.objectRef<EventPage>('RunEventPageInfo').implement({
  description: 'As PageInfo, with seqs for cursors.',
  fields: t => ({
    hasNextPage: t.exposeBoolean('hasNext'),
    hasPreviousPage: t.exposeBoolean('hasPrevious'),
    startCursor: t.int({ nullable: true, resolve: page => page.events[0]?.seq ?? null }),
    endCursor: t.int({ nullable: true, resolve: page => page.events.at(-1)?.seq ?? null }),
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
    },
    resolve: async (
      run,
      { after, before, first, last, types = null, taskIndex = null, correlationId = null },
      { reads },
    ) => {
      const { size, fromEnd } = pageRequest({ first, last }, () => null)
      const request = { size, fromEnd, after: seqOf(after), before: seqOf(before), types, taskIndex, correlationId }
      const filtered = types !== null || taskIndex !== null || correlationId !== null
      return { ...pageOf(await reads.events.page(run.id, request), request), total: filtered ? null : run.head }
    },
  }),
)

function seqOf(given: number | null | undefined): number | null {
  if (given !== null && given !== undefined && given < 0)
    throw new OrreryError('BAD_INPUT', 'after and before are seqs: 0, 1, 2 …')
  return given ?? null
}

function pageOf(rows: RecordedEvent[], { size, fromEnd, after, before }: EventPageRequest): Omit<EventPage, 'total'> {
  const more = rows.length > size
  const kept = rows.slice(0, size)
  return fromEnd
    ? { events: kept.reverse(), hasNext: before !== null, hasPrevious: more }
    : { events: kept, hasNext: more, hasPrevious: (after ?? 0) > 0 }
}
