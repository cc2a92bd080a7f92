/**
 * The appender: the events of many runs and everything that is projected from them, in one statement and so in one
 * transaction. New runs are inserted and old ones locked in the order of their ids, which is why two flushes never
 * deadlock; heads are compared, and only the winners' rows are written. One round trip and one fsync for a flush.
 *
 * The statement is put together from the parts that have rows: starting an executor node for an empty one costs 20 µs,
 * and most appends touch only `runs` and `events`.
 */
import { type RecordedEvent, versionOf } from '../domain/run/events.ts'
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
  const runs = projections.map(one => one.run)
  const runIds = sql`any(${runs.map(run => run.id)}::uuid[])`
  const won = await sql<{ id: string }[]>`
    with ${created(sql, runs.filter(isNew))}
    ${moved(
      sql,
      runs.filter(run => !isNew(run)),
    )}
    , won as materialized (${sql.unsafe(winners(runs))})
    , new_events as (
      insert into events (run_id, seq, organisation_id, project_id, type, v, task_index, data, actor, correlation_id, causation_seq, command_id, command, at)
      select * from jsonb_to_recordset(${json(batch.flatMap(eventRows))}) as row(
        run_id uuid, seq int, organisation_id uuid, project_id uuid, type text, v int, task_index int, data jsonb, actor jsonb,
        correlation_id text, causation_seq int, command_id uuid, command jsonb, at timestamptz)
      where run_id in (select id from won))
    ${upserted(
      rows('tasks'),
      list => sql`, new_tasks as (
      insert into tasks (run_id, index, organisation_id, project_id, status, kind, key, title, uses, worker_class, priority, attempt, epoch,
        worker, group_index, error, ready_at, started_at, ended_at, child_run_id)
      select * from jsonb_to_recordset(${json(list)}) as row(
        run_id uuid, index int, organisation_id uuid, project_id uuid, status text, kind text, key text, title text, uses text,
        worker_class text, priority int, attempt int, epoch int, worker text, group_index int, error jsonb, ready_at timestamptz,
        started_at timestamptz, ended_at timestamptz, child_run_id uuid)
      where run_id in (select id from won)
      on conflict (run_id, index) do update set status = excluded.status, attempt = excluded.attempt, epoch = excluded.epoch,
        worker = excluded.worker, group_index = excluded.group_index, error = excluded.error, ready_at = excluded.ready_at,
        started_at = excluded.started_at, ended_at = excluded.ended_at, child_run_id = excluded.child_run_id, not_before = null)`,
    )}
    ${upserted(
      rows('artifacts'),
      list => sql`, new_artifacts as (
      insert into artifacts (id, organisation_id, project_id, run_id, task_index, attempt, seq, kind, title, media_type, size, hash, created_at)
      select * from jsonb_to_recordset(${json(list)}) as row(
        id uuid, organisation_id uuid, project_id uuid, run_id uuid, task_index int, attempt int, seq int, kind text, title text,
        media_type text, size bigint, hash text, created_at timestamptz)
      where run_id in (select id from won))`,
    )}
    ${upserted(
      rows('timers'),
      list => sql`, new_timers as (
      insert into timers (run_id, name, organisation_id, task_index, due_at)
      select * from jsonb_to_recordset(${json(list)}) as row(run_id uuid, name text, organisation_id uuid, task_index int, due_at timestamptz)
      where run_id in (select id from won)
      on conflict (run_id, name) do update set due_at = excluded.due_at)`,
    )}
    ${upserted(
      rows('leases'),
      list => sql`, new_leases as (
      insert into leases (run_id, task_index, organisation_id, epoch, worker, expires_at)
      select row.*, now() + ${leaseMs} * interval '1 millisecond'
      from jsonb_to_recordset(${json(list)}) as row(run_id uuid, task_index int, organisation_id uuid, epoch int, worker text)
      where run_id in (select id from won)
      on conflict (run_id, task_index) do update set epoch = excluded.epoch, worker = excluded.worker, expires_at = excluded.expires_at)`,
    )}
    ${upserted(
      rows('overtakenTimers'),
      list => sql`, old_timers as (
      delete from timers using jsonb_to_recordset(${json(list)}) as row(run_id uuid, name text)
      where timers.run_id = row.run_id and timers.name = row.name and timers.run_id = ${runIds} and row.run_id in (select id from won))`,
    )}
    ${upserted(
      rows('endedLeases'),
      list => sql`, old_leases as (
      delete from leases using jsonb_to_recordset(${json(list)}) as row(run_id uuid, task_index int)
      where leases.run_id = row.run_id and leases.task_index = row.task_index and leases.run_id = ${runIds} and row.run_id in (select id from won))`,
    )}
    select id from won`
  const winnerIds = new Set(won.map(row => row.id))
  return batch.map(one => (winnerIds.has(one.after.id) ? 'appended' : 'conflict'))

  function upserted(list: readonly Row[], part: (list: readonly Row[]) => ReturnType<typeof sql>) {
    return list.length === 0 ? sql`` : part(list)
  }
}

type RunRow = Projection['run']
const isNew = (run: RunRow) => run.expected === 0

const created = (sql: Sql, runs: readonly RunRow[]) =>
  runs.length === 0
    ? sql`none as materialized (select 1)`
    : sql`created as (
      insert into runs (id, organisation_id, project_id, head, status, workflow, workflow_version, title, priority, max_parallel, parent_run_id,
        parent_task_index, correlation_id, error, task_count, tasks_ended, tasks_failed, started_at, updated_at, ended_at)
      select * from jsonb_to_recordset(${sql.json(runs as never)}) as row(
        id uuid, organisation_id uuid, project_id uuid, head int, status text, workflow text, workflow_version int, title text, priority int,
        max_parallel int, parent_run_id uuid, parent_task_index int, correlation_id text, error jsonb, task_count int, tasks_ended int,
        tasks_failed int, started_at timestamptz, updated_at timestamptz, ended_at timestamptz)
      order by id on conflict (id) do nothing returning id)`

/**
 * A lone run needs no order: its row is compared and set at once. Of many, each is found again at the place where it was
 * locked: the planner takes a set of rows in JSON for a hundred, and would rather read all runs than look so many up.
 */
const moved = (sql: Sql, runs: readonly RunRow[]) => {
  const [first] = runs
  if (first === undefined) return sql``
  const rows = sql`jsonb_to_recordset(${sql.json(runs.map(movedColumns) as never)}) as row(
    id uuid, expected int, head int, status text, error jsonb, task_count int, tasks_ended int, tasks_failed int, updated_at timestamptz, ended_at timestamptz)`
  const set = sql`update runs set head = row.head, status = row.status, error = row.error, task_count = row.task_count,
    tasks_ended = row.tasks_ended, tasks_failed = row.tasks_failed, updated_at = row.updated_at, ended_at = row.ended_at`
  if (runs.length === 1)
    return sql`, moved as (${set} from ${rows} where runs.id = ${first.id} and runs.head = ${first.expected} returning runs.id)`
  return sql`, locked as materialized (
      select id, head, ctid as place from runs where id = any(${runs.map(run => run.id)}::uuid[]) order by id for update)
    , moved as (${set} from ${rows} join locked on locked.id = row.id and locked.head = row.expected
      where runs.ctid = locked.place returning runs.id)`
}

const movedColumns = ({
  id,
  expected,
  head,
  status,
  error,
  task_count,
  tasks_ended,
  tasks_failed,
  updated_at,
  ended_at,
}: RunRow) => ({ id, expected, head, status, error, task_count, tasks_ended, tasks_failed, updated_at, ended_at })

/** New ones first: whoever waits for a lock holds no row that somebody who inserts could wait for. */
const winners = (runs: readonly RunRow[]): string =>
  [runs.some(isNew) ? ['select id from created'] : [], runs.every(isNew) ? [] : ['select id from moved']]
    .flat()
    .join(' union all ')

function eventRows({ after, events, commands }: Append): Row[] {
  const commandAt = new Map(commands.map(command => [command.seq, command]))
  return events.map(event => {
    const command = commandAt.get(event.seq)
    return {
      run_id: after.id,
      seq: event.seq,
      organisation_id: after.organisationId,
      project_id: after.projectId,
      type: event.type,
      v: versionOf(event.type),
      task_index: taskIndexOf(event),
      data: event.data,
      actor: event.actor,
      correlation_id: event.correlationId,
      causation_seq: event.causationSeq,
      command_id: command?.id ?? null,
      command: command === undefined ? null : { input: command.input, now: command.now, seed: command.seed },
      at: new Date(event.at).toISOString(),
    }
  })
}

const taskIndexOf = (event: RecordedEvent): number | null => ('taskIndex' in event.data ? event.data.taskIndex : null)
