/** Events for people to read: also those of a newer version, which deciding stops at. */
import type { RecordedEvent } from '../domain/run/events.ts'
import { upcast } from '../domain/run/upcast.ts'
import type { Sql } from './connect.ts'
import type { EventRow } from './events.ts'
import type { EventStore } from './store.ts'

/** In today's vocabulary where it is known, otherwise as it was stored. */
export function readableEvent(row: EventRow): RecordedEvent {
  const known = upcast(row)
  return {
    ...((known ?? { type: row.type, data: row.data }) as RecordedEvent),
    runId: row.run_id,
    seq: row.seq,
    at: row.at.getTime(),
    actor: row.actor,
    correlationId: row.correlation_id,
    causationSeq: row.causation_seq,
  }
}

/** The same store, whose `read` goes on where a newer version has written. For followers; nothing may be decided on it. */
export const readableStore = (store: EventStore, sql: Sql): EventStore => ({
  ...store,
  async read(runId, after, limit) {
    const rows = await sql<EventRow[]>`
      select run_id, seq, type, v, data, actor, correlation_id, causation_seq, at from events
      where run_id = ${runId} and seq > ${after} order by seq limit ${limit}`
    return rows.map(readableEvent)
  },
})
