import type { TaskStatus } from '../domain/run/state.ts'
import { isOwn } from './own-facts.ts'
import { columns, type TaskRow } from './rows.ts'
import { tasks } from './schema.ts'
import type { Tenant } from './tenant.ts'

/** What one agent did since some moment; what was skipped or cancelled it did not do. Durations in milliseconds, of tries that came to an end. */
export type AgentFigures = {
  agent: string
  ended: number
  succeeded: number
  failed: number
  /** Tries of those tasks, the first of each counted. */
  attempts: number
  medianMs: number | null
  p95Ms: number | null
  /** How often a review sent its work back. */
  sentBack: number
  modelCalls: number
  spentMicros: number
  inputTokens: number
  outputTokens: number
}

/** A task at work, and what its newest event says: a tool and what for, a model and what for. */
export type TaskAtWork = TaskRow & {
  newestSeq: number
  newestType: string
  newestAt: Date
  doing: string
  withWhat: string
}

/** Tasks at work that are told of, of all agents together. */
const mostAtWork = 500

export function tenantAgents({ sql, organisationId }: Tenant) {
  const all = () => columns(sql, tasks)
  const ownTasks = isOwn(sql, { run: 'tasks.run_id', seq: 'tasks.last_seq' })
  return {
    /** Of every agent that is asked for, in the order asked for. */
    figures: (agents: readonly string[], since: Date): Promise<AgentFigures[]> =>
      sql<AgentFigures[]>`
        with money as (
          select tasks.uses, count(*)::int as calls, coalesce(sum(charged_micros), 0)::float8 as micros,
            coalesce(sum((usage ->> 'input')::bigint), 0)::float8 as input, coalesce(sum((usage ->> 'output')::bigint), 0)::float8 as output
          from ledger_calls as calls join tasks on tasks.run_id = calls.run_id and tasks.index = calls.task_index
          where calls.organisation_id = ${organisationId} and calls.reserved_at > ${since} group by 1
        ), back as (
          select tasks.uses, count(*)::int as times
          from events join tasks on tasks.run_id = events.run_id and tasks.index = (events.data ->> 'toTaskIndex')::int
          where events.organisation_id = ${organisationId} and events.type = 'TaskSentBack' and events.at > ${since}
            and ${isOwn(sql, { run: 'events.run_id', seq: 'events.seq' })} group by 1
        )
        select wanted.name as agent, done.*, coalesce(back.times, 0) as "sentBack", coalesce(money.calls, 0) as "modelCalls",
          coalesce(money.micros, 0) as "spentMicros", coalesce(money.input, 0) as "inputTokens", coalesce(money.output, 0) as "outputTokens"
        from unnest(${[...agents]}::text[]) with ordinality as wanted(name, number)
        cross join lateral (
          select count(*)::int as ended,
            (count(*) filter (where status = 'SUCCEEDED'))::int as succeeded,
            (count(*) filter (where status in ('FAILED', 'BLOCKED')))::int as failed,
            coalesce(sum(attempt), 0)::int as attempts,
            percentile_cont(0.5) within group (order by took) as "medianMs",
            percentile_cont(0.95) within group (order by took) as "p95Ms"
          from (
            select status, attempt, extract(epoch from ended_at - started_at)::float8 * 1000 as took from tasks
            where organisation_id = ${organisationId} and uses = wanted.name and kind = 'work' and ended_at > ${since}
              and status in ('SUCCEEDED', 'FAILED', 'BLOCKED')
              and ${ownTasks}
          ) as task
        ) as done
        left join money on money.uses = wanted.name left join back on back.uses = wanted.name
        order by wanted.number`,

    /** What is being worked on now, the longest first, and the newest event of each. */
    atWork: (): Promise<TaskAtWork[]> =>
      sql<TaskAtWork[]>`
        select task.*, newest.seq as "newestSeq", newest.type as "newestType", newest.at as "newestAt",
          coalesce(newest.data ->> 'summary', newest.data ->> 'purpose', '') as doing,
          coalesce(newest.data ->> 'tool', newest.data ->> 'model', '') as "withWhat"
        from (
          select ${all()} from tasks where organisation_id = ${organisationId} and status = 'CLAIMED' and kind = 'work'
          order by started_at, run_id, index limit ${mostAtWork}
        ) as task cross join lateral (
          select seq, type, at, data from events
          where run_id = task."runId" and events.seq >= task."lastSeq" and events.task_index = task.index
          order by events.seq desc limit 1
        ) as newest`,

    /** The newest ended tasks of each agent, newest first; only of these statuses where some are given. */
    recent: (agents: readonly string[], size: number, statuses: readonly TaskStatus[] | null): Promise<TaskRow[]> =>
      sql<TaskRow[]>`
        select found.* from unnest(${[...agents]}::text[]) with ordinality as wanted(name, number) cross join lateral (
          select ${all()} from tasks
          where organisation_id = ${organisationId} and uses = wanted.name and kind = 'work' and ended_at is not null and ${ownTasks}
            ${statuses === null ? sql`and status <> 'SKIPPED'` : sql`and status = any(${[...statuses]})`}
          order by ended_at desc, run_id, index limit ${size}) as found
        order by wanted.number, found."endedAt" desc`,
  }
}
