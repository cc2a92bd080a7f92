/**
 * The appender: the events of many runs and everything that is projected from them, in one statement and so in one
 * transaction. New runs are inserted and old ones locked in the order of their ids, which is why two flushes never
 * deadlock; heads are compared, and only the winners' rows are written. One round trip and one fsync for a flush.
 *
 * The statement is put together from the parts that have rows: starting an executor node for an empty one costs 20 µs,
 * and most appends touch only `runs` and `events`.
 */
import { approvalRows, newApprovals } from './append-approvals.ts'
import { newEvents } from './append-events.ts'
import { createdRuns, movedRuns } from './append-runs.ts'
import type { Sql } from './connect.ts'
import { type Projection, project } from './projections.ts'
import type { Append, AppendResult } from './store.ts'

type Row = { [column: string]: unknown }

/** Milliseconds that a lease lasts after a claim and after each renewal. */
export type AppendOptions = { leaseMs: number }

export async function append(
  sql: Sql,
  batch: readonly Append[],
  { leaseMs }: AppendOptions,
): Promise<readonly AppendResult[]> {
  const projections = batch.map(project)
  const rows = <K extends keyof Projection>(table: K) => projections.flatMap(one => one[table] as Row[])
  const json = (list: readonly Row[]) => sql.json(list as never)
  const isNew = ({ before }: Append) => before === null
  const created = batch.filter(isNew)
  const moved = batch.filter(one => !isNew(one))
  // New ones first: whoever waits for a lock holds no row that somebody who inserts could wait for.
  const winners = [created.length > 0 ? ['created'] : [], moved.length > 0 ? ['moved'] : []].flat()
  const won = await sql<{ id: string }[]>`
    with ${sql.unsafe(winners[0] === 'created' ? '' : 'none as (select)')}
    ${created.length === 0 ? sql`` : createdRuns(sql, created)}
    ${moved.length === 0 ? sql`` : movedRuns(sql, moved)}
    , won as materialized (${sql.unsafe(winners.map(name => `select id, organisation_id, project_id, correlation_id from ${name}`).join(' union all '))})
    ${newEvents(sql, batch)}
    ${part(
      rows('tasks'),
      list => sql`, new_tasks as (
      insert into tasks (run_id, index, organisation_id, project_id, status, kind, key, title, uses, worker_class, priority, attempt, epoch,
        worker, group_index, error, ready_at, started_at, ended_at, child_run_id, planned_seq, attempt_seq, succeeded_seq, last_seq)
      select * from jsonb_to_recordset(${json(list)}) as row(
        run_id uuid, index int, organisation_id uuid, project_id uuid, status text, kind text, key text, title text, uses text,
        worker_class text, priority int, attempt int, epoch int, worker text, group_index int, error jsonb, ready_at timestamptz,
        started_at timestamptz, ended_at timestamptz, child_run_id uuid, planned_seq int, attempt_seq int, succeeded_seq int, last_seq int)
      where run_id in (select id from won)
      on conflict (run_id, index) do update set status = excluded.status, attempt = excluded.attempt, epoch = excluded.epoch,
        worker = excluded.worker, group_index = excluded.group_index, error = excluded.error, ready_at = excluded.ready_at,
        started_at = excluded.started_at, ended_at = excluded.ended_at, child_run_id = excluded.child_run_id, not_before = null,
        attempt_seq = coalesce(excluded.attempt_seq, tasks.attempt_seq), succeeded_seq = coalesce(excluded.succeeded_seq, tasks.succeeded_seq),
        last_seq = excluded.last_seq)`,
    )}
    ${part(
      rows('artifacts'),
      list => sql`, new_artifacts as (
      insert into artifacts (id, organisation_id, project_id, run_id, task_index, attempt, seq, kind, title, media_type, size, hash, score, score_parts, simulated, created_at)
      select * from jsonb_to_recordset(${json(list)}) as row(
        id uuid, organisation_id uuid, project_id uuid, run_id uuid, task_index int, attempt int, seq int, kind text, title text,
        media_type text, size bigint, hash text, score real, score_parts jsonb, simulated boolean, created_at timestamptz)
      where run_id in (select id from won))`,
    )}
    ${newApprovals(sql, batch.flatMap(approvalRows))}
    ${part(
      rows('timers'),
      list => sql`, new_timers as (
      insert into timers (run_id, name, organisation_id, task_index, due_at)
      select * from jsonb_to_recordset(${json(list)}) as row(run_id uuid, name text, organisation_id uuid, task_index int, due_at timestamptz)
      where run_id in (select id from won)
      on conflict (run_id, name) do update set due_at = excluded.due_at)`,
    )}
    ${part(
      rows('leases'),
      list => sql`, new_leases as (
      insert into leases (run_id, task_index, organisation_id, epoch, worker, expires_at)
      select row.*, now() + ${leaseMs} * interval '1 millisecond'
      from jsonb_to_recordset(${json(list)}) as row(run_id uuid, task_index int, organisation_id uuid, epoch int, worker text)
      where run_id in (select id from won)
      on conflict (run_id, task_index) do update set epoch = excluded.epoch, worker = excluded.worker, expires_at = excluded.expires_at)`,
    )}
    ${part(
      rows('overtakenTimers'),
      list => sql`, old_timers as (
      delete from timers using jsonb_to_recordset(${json(list)}) as row(run_id uuid, name text)
      where timers.run_id = row.run_id and timers.name = row.name and timers.run_id = ${anyOf(list)} and row.run_id in (select id from won))`,
    )}
    ${part(
      rows('endedLeases'),
      list => sql`, old_leases as (
      delete from leases using jsonb_to_recordset(${json(list)}) as row(run_id uuid, task_index int)
      where leases.run_id = row.run_id and leases.task_index = row.task_index and leases.run_id = ${anyOf(list)} and row.run_id in (select id from won))`,
    )}
    select id from won`
  const winnerIds = new Set(won.map(row => row.id))
  return batch.map(one => (winnerIds.has(one.after.id) ? 'appended' : 'conflict'))

  function part(list: readonly Row[], written: (list: readonly Row[]) => ReturnType<typeof sql>) {
    return list.length === 0 ? sql`` : written(list)
  }
  function anyOf(list: readonly Row[]) {
    return sql`any(${list.map(row => String(row.run_id))}::uuid[])`
  }
}
