import type { Json } from '../domain/json.ts'
import { isOwn } from './own-facts.ts'
import { type Page, type PageRequest, toPage } from './page.ts'
import type { Tenant } from './tenant.ts'

/** What calls to one model came to since some moment, by the ledger; how long they took, by their events. */
export type ModelUsage = {
  /** `provider/name`. */
  model: string
  calls: number
  spentMicros: number
  /** Of calls that are under way. */
  reservedMicros: number
  /** Calls whose reply was lost: they are charged at their reservation. */
  unknown: number
  inputTokens: number
  cacheReadTokens: number
  outputTokens: number
  finished: number
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
}

/** Failures of one kind, and the newest of them. */
export type ModelFailures = { model: string; reason: string; count: number; runId: string; seq: number; at: Date }

/** A `ModelRouted` event, with what the page of decisions shows of it. */
export type ModelDecision = {
  runId: string
  seq: number
  at: Date
  taskIndex: number
  model: string
  propensity: number
  reason: string
  /** As the event has it: a long list is a reference to a blob. */
  candidates: Json
}

export type DecisionPageRequest = PageRequest<DecisionKey> & { model: string | null }
export type DecisionKey = { at: number; runId: string; seq: number }

/** A cursor is when, in which run and at which seq. */
export const decisionCursor = ({ at, runId, seq }: ModelDecision): string => `${at.getTime()}_${runId}_${seq}`
export function decisionKey(cursor: string): DecisionKey | null {
  const found = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_(\d{1,9})$/.exec(cursor)
  return found === null ? null : { at: Number(found[1]), runId: found[2] ?? '', seq: Number(found[3]) }
}

export function tenantModels({ sql, organisationId }: Tenant) {
  const key = ({ at, runId, seq }: DecisionKey) => sql`(${new Date(at)}::timestamptz, ${runId}::uuid, ${seq}::int)`
  const own = isOwn(sql, { run: 'events.run_id', seq: 'events.seq' })
  return {
    usage: (since: Date): Promise<ModelUsage[]> =>
      sql<ModelUsage[]>`
        with money as (
          select model, count(*)::int as calls, coalesce(sum(charged_micros), 0)::float8 as "spentMicros",
            coalesce(sum(reserved_micros) filter (where state = 'open'), 0)::float8 as "reservedMicros",
            (count(*) filter (where state = 'unknown'))::int as unknown,
            coalesce(sum((usage ->> 'input')::bigint), 0)::float8 as "inputTokens",
            coalesce(sum((usage ->> 'cacheRead')::bigint), 0)::float8 as "cacheReadTokens",
            coalesce(sum((usage ->> 'output')::bigint), 0)::float8 as "outputTokens"
          from ledger_calls where organisation_id = ${organisationId} and reserved_at > ${since} group by 1
        ), took as (
          select data ->> 'model' as model, count(*)::int as finished,
            percentile_cont(array[0.5, 0.95, 0.99]) within group (order by (data ->> 'durationMs')::float8) as percentiles
          from events where organisation_id = ${organisationId} and type = 'ModelCallFinished' and at > ${since} and ${own} group by 1
        )
        select money.*, coalesce(finished, 0) as finished,
          percentiles[1] as "p50Ms", percentiles[2] as "p95Ms", percentiles[3] as "p99Ms"
        from money left join took using (model) order by model`,

    /** The commonest first, at most 200. */
    failures: (since: Date): Promise<ModelFailures[]> =>
      sql<ModelFailures[]>`
        select data ->> 'model' as model, data ->> 'reason' as reason, count(*)::int as count,
          (array_agg(run_id order by at desc, run_id desc, seq desc))[1] as "runId",
          (array_agg(seq order by at desc, run_id desc, seq desc))[1] as seq, max(at) as at
        from events where organisation_id = ${organisationId} and type = 'ModelCallFailed' and at > ${since} and ${own}
        group by 1, 2 order by 3 desc, 1, 2 limit 200`,

    /** Newest first; only those that led to `model` where one is given. */
    async decisions({ model, ...request }: DecisionPageRequest): Promise<Page<ModelDecision>> {
      const { after, before, fromEnd, size } = request
      const direction = fromEnd ? sql`asc` : sql`desc`
      const rows = await sql<ModelDecision[]>`
        select run_id as "runId", seq, at, task_index as "taskIndex", data ->> 'model' as model,
          (data ->> 'propensity')::float8 as propensity, data ->> 'reason' as reason, data -> 'candidates' as candidates
        from events where organisation_id = ${organisationId} and type = 'ModelRouted' and ${own}
          ${model === null ? sql`` : sql`and data ->> 'model' = ${model}`}
          ${after === null ? sql`` : sql`and (at, run_id, seq) < ${key(after)}`}
          ${before === null ? sql`` : sql`and (at, run_id, seq) > ${key(before)}`}
        order by at ${direction}, run_id ${direction}, seq ${direction} limit ${size + 1}`
      return toPage(rows, request)
    },

    async countDecisions(model: string | null): Promise<number> {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from events where organisation_id = ${organisationId} and type = 'ModelRouted' and ${own}
          ${model === null ? sql`` : sql`and data ->> 'model' = ${model}`}`
      return row?.count ?? 0
    },
  }
}
