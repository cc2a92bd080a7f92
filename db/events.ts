/** The event store on Postgres: reading, and the append of `append.ts`, behind the interface of `store.ts`. */
import type { Json } from '../domain/json.ts'
import type { Actor, RecordedEvent } from '../domain/run/events.ts'
import type { Run } from '../domain/run/state.ts'
import { upcast, upgradeRequired } from '../domain/run/upcast.ts'
import { type AppendOptions, append } from './append.ts'
import type { Sql } from './connect.ts'
import { domainHash } from './domain-hash.ts'
import type { EventStore } from './store.ts'

export type EventRow = {
  run_id: string
  seq: number
  type: string
  v: number
  data: { readonly [key: string]: Json }
  actor: Actor
  correlation_id: string
  causation_seq: number | null
  at: Date
}

/** A row in today's vocabulary. Throws UPGRADE_REQUIRED where a newer version of the code wrote it. */
export function toEvent(row: Omit<EventRow, 'at'> & { at: Date | number }): RecordedEvent {
  const event = upcast(row)
  if (event === null) throw upgradeRequired(row, `event ${row.seq} of run ${row.run_id}`)
  // Type and data stay the pair that they were; written out, because replaying a long run spends its time here.
  return {
    type: event.type,
    data: event.data,
    runId: row.run_id,
    seq: row.seq,
    at: Number(row.at),
    actor: row.actor,
    correlationId: row.correlation_id,
    causationSeq: row.causation_seq,
  } as RecordedEvent
}

/** A row as replaying wants it: a date and an actor take as long to be parsed as all the rest. */
type LeanRow = Omit<EventRow, 'run_id' | 'actor' | 'at'> & { actor: string; at: number }

/** In a page of a run few actors say many things: each is parsed once. */
function inRun(runId: string) {
  const actors = new Map<string, Actor>()
  const parsed = (json: string): Actor => {
    const actor = actors.get(json) ?? (JSON.parse(json) as Actor)
    actors.set(json, actor)
    return actor
  }
  return (row: LeanRow): RecordedEvent =>
    toEvent({
      run_id: runId,
      seq: row.seq,
      type: row.type,
      v: row.v,
      data: row.data,
      actor: parsed(row.actor),
      correlation_id: row.correlation_id,
      causation_seq: row.causation_seq,
      at: Math.round(row.at),
    })
}

/** `onRead` is told how many events each read brought, so that a test can count. `leaseMs` is 15 s unless told. */
export function createPostgresStore(
  sql: Sql,
  options: Partial<AppendOptions> & { onRead?: (events: number) => void } = {},
): EventStore {
  const leaseMs = options.leaseMs ?? 15_000
  return {
    append: batch => append(sql, batch, { leaseMs }),

    async heads(runIds) {
      const rows = await sql<
        { id: string; head: number }[]
      >`select id, head from runs where id = any(${[...runIds]}::uuid[])`
      return new Map(rows.map(row => [row.id, row.head]))
    },

    async read(runId, after, limit) {
      const rows = await sql<LeanRow[]>`
        select seq, type, v, data, actor::text as actor, correlation_id, causation_seq, date_part('epoch', at) * 1000 as at from events
        where run_id = ${runId} and seq > ${after} order by seq limit ${limit}`
      options.onRead?.(rows.length)
      return rows.map(inRun(runId))
    },

    async findCommand(runId, commandId, after) {
      const [row] = await sql<{ first: number; last: number }[]>`
        select seq as first, coalesce(
          (select min(seq) - 1 from events later where later.run_id = ${runId} and later.seq > first.seq and later.command_id is not null),
          (select head from runs where id = ${runId})) as last
        from (
          select seq from events where run_id = ${runId} and command_id = ${commandId} and command_named
          union
          select seq from events where run_id = ${runId} and seq > ${after} and command_id = ${commandId}
        ) first`
      return row ?? null
    },

    async snapshot(runId, seq) {
      const [row] = await sql<{ state: Run }[]>`
        select state from snapshots where run_id = ${runId} and seq <= ${seq} and domain_hash = ${domainHash()} order by seq desc limit 1`
      return row?.state ?? null
    },

    async saveSnapshot(run) {
      await sql`
        insert into snapshots (run_id, seq, organisation_id, domain_hash, state)
        values (${run.id}, ${run.head}, ${run.organisationId}, ${domainHash()}, ${JSON.stringify(run)}::text::json)
        on conflict (run_id, seq) do update set domain_hash = excluded.domain_hash, state = excluded.state`
    },
  }
}
