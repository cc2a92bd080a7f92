import { type EventType, eventSchemas, type RecordedEvent, versionOf } from '../domain/run/events.ts'
import { holdsText, type Span } from './event-search.ts'
import type { EventRow } from './events.ts'
import { readableEvent } from './readable-events.ts'
import type { Tenant } from './tenant.ts'

/** Which events of a run: `size` after or before a seq (both exclusive); from the end where `fromEnd`. */
export type EventPageRequest = {
  size: number
  fromEnd: boolean
  after: number | null
  before: number | null
  types: readonly string[] | null
  taskIndex: number | null
  correlationId: string | null
  /** Only those of the span that hold the text. */
  search?: EventSearch | null
}

export type EventSearch = { text: string; span: Span }

export type EventKey = { runId: string; seq: number }

export function tenantEvents({ sql, organisationId }: Tenant) {
  const holds = ({ text, span }: EventSearch) =>
    sql`seq between ${span.from} and ${span.to} and ${holdsText(sql, text)}`

  return {
    /** At most `size + 1` events, ascending or, from the end, descending. */
    async page(runId: string, request: EventPageRequest): Promise<RecordedEvent[]> {
      const { after, before, types, taskIndex, correlationId, search = null } = request
      const rows = await sql<EventRow[]>`
        select run_id, seq, type, v, data, actor, correlation_id, causation_seq, at from events
        where organisation_id = ${organisationId} and run_id = ${runId}
          ${after === null ? sql`` : sql`and seq > ${after}`}
          ${before === null ? sql`` : sql`and seq < ${before}`}
          ${types === null ? sql`` : sql`and type = any(${[...types]})`}
          ${taskIndex === null ? sql`` : sql`and task_index = ${taskIndex} and seq >= (select planned_seq from tasks where run_id = ${runId} and index = ${taskIndex})`}
          ${correlationId === null ? sql`` : sql`and correlation_id = ${correlationId}`}
          ${search === null ? sql`` : sql`and ${holds(search)}`}
        order by seq ${request.fromEnd ? sql`desc` : sql`asc`} limit ${request.size + 1}`
      return rows.map(readableEvent)
    },

    /** The seqs of the events that hold a text, ascending. */
    async hits(runId: string, search: EventSearch): Promise<number[]> {
      const rows = await sql<{ seq: number }[]>`
        select seq from events where organisation_id = ${organisationId} and run_id = ${runId} and ${holds(search)} order by seq`
      return rows.map(row => row.seq)
    },

    /** The seq of the last event before any that this version does not know; null where it knows them all. */
    async lastKnown(runId: string): Promise<number | null> {
      const types = Object.keys(eventSchemas) as EventType[]
      const [row] = await sql<{ seq: number | null }[]>`
        select min(seq) - 1 as seq from events
        where organisation_id = ${organisationId} and run_id = ${runId} and not exists (
          select 1 from unnest(${types}::text[], ${types.map(versionOf)}::int[]) as known(type, v)
          where known.type = events.type and known.v >= events.v)`
      return row?.seq ?? null
    },

    byKeys: async (wanted: readonly EventKey[]): Promise<RecordedEvent[]> => {
      const rows = await sql<EventRow[]>`
        select events.run_id, events.seq, type, v, data, actor, correlation_id, causation_seq, at
        from unnest(${wanted.map(key => key.runId)}::uuid[], ${wanted.map(key => key.seq)}::int[]) as wanted(run_id, seq)
        join events on events.run_id = wanted.run_id and events.seq = wanted.seq and organisation_id = ${organisationId}`
      return rows.map(readableEvent)
    },

    /** Bytes of a body that events cite; null where there is none. */
    async bodySize(hash: string): Promise<number | null> {
      const [row] = await sql<{ size: string }[]>`
        select size from blobs where organisation_id = ${organisationId} and hash = ${hash}`
      return row === undefined ? null : Number(row.size)
    },

    /** The first event of each run: what it was started with, and by whom. */
    async firstOfRuns(runIds: readonly string[]): Promise<RecordedEvent[]> {
      const rows = await sql<EventRow[]>`
        select run_id, seq, type, v, data, actor, correlation_id, causation_seq, at from events
        where organisation_id = ${organisationId} and run_id = any(${[...runIds]}::uuid[]) and seq = 1`
      return rows.map(readableEvent)
    },
  }
}
