/** The parts of an append that write the rows of the runs: they come first, and say who has won. */
import { progressOf } from '../domain/run/progress.ts'
import type { Run } from '../domain/run/state.ts'
import { arrayOf, jsonLines } from './arrays.ts'
import type { Sql } from './connect.ts'
import { at } from './projections.ts'
import type { Append } from './store.ts'

/** What a list shows of a run besides its head, and what most appends leave as it is. */
function shown(run: Run) {
  const { total, ended, failed } = progressOf(run.tasks)
  return {
    status: run.status,
    error: run.error,
    task_count: total,
    tasks_ended: ended,
    tasks_failed: failed,
    ended_at: run.endedAt,
  }
}

const updatedAt = ({ after, events }: Append): number => events.at(-1)?.at ?? after.startedAt

const returned = 'id, organisation_id, project_id, correlation_id'

export const createdRuns = (sql: Sql, appends: readonly Append[]) => sql`created as (
  insert into runs (id, organisation_id, project_id, head, status, workflow, workflow_version, title, priority, max_parallel, parent_run_id,
    parent_task_index, correlation_id, error, task_count, tasks_ended, tasks_failed, started_at, updated_at, ended_at)
  select * from jsonb_to_recordset(${sql.json(appends.map(createdRow) as never)}) as row(
    id uuid, organisation_id uuid, project_id uuid, head int, status text, workflow text, workflow_version int, title text, priority int,
    max_parallel int, parent_run_id uuid, parent_task_index int, correlation_id text, error jsonb, task_count int, tasks_ended int,
    tasks_failed int, started_at timestamptz, updated_at timestamptz, ended_at timestamptz)
  order by id on conflict (id) do nothing returning ${sql.unsafe(returned)})`

function createdRow(append: Append) {
  const run = append.after
  return {
    ...shown(run),
    id: run.id,
    organisation_id: run.organisationId,
    project_id: run.projectId,
    head: run.head,
    workflow: run.workflow,
    workflow_version: run.workflowVersion,
    title: run.title,
    priority: run.priority,
    max_parallel: run.maxParallel,
    parent_run_id: run.parentRunId,
    parent_task_index: run.parentTaskIndex,
    correlation_id: run.correlationId,
    started_at: at(run.startedAt),
    updated_at: at(updatedAt(append)),
    ended_at: at(run.endedAt),
  }
}

/**
 * A lone run needs no order: its row is compared and set at once. Of many, each is found again at the place where it was
 * locked: the planner takes a set of rows in a parameter for a hundred, and would rather read all runs than look so many up.
 */
export function movedRuns(sql: Sql, appends: readonly Append[]) {
  const ids = arrayOf(appends.map(one => one.after.id))
  const columns = movedColumns(sql, appends)
  const rows = sql`unnest(${ids}::text::uuid[], ${arrayOf(appends.map(one => one.before?.head ?? 0))}::text::int[],
    ${arrayOf(appends.map(one => one.after.head))}::text::int[], ${arrayOf(appends.map(updatedAt))}::text::float8[] ${columns.values})
    as row(id, expected, head, updated_at ${columns.names})`
  const set = sql`update runs set head = row.head, updated_at = to_timestamp(row.updated_at / 1000) ${columns.set}`
  const back = sql`returning runs.id, organisation_id, project_id, correlation_id`
  const [first] = appends
  if (appends.length === 1)
    return sql`, moved as (${set} from ${rows} where runs.id = ${first?.after.id ?? ''} and runs.head = row.expected ${back})`
  return sql`, locked as materialized (
      select id, head, ctid as place from runs where id = any(${ids}::text::uuid[]) order by id for update)
    , moved as (${set} from ${rows} join locked on locked.id = row.id and locked.head = row.expected
      where runs.ctid = locked.place ${back})`
}

/** A flush of tool calls moves heads and nothing else. */
function movedColumns(sql: Sql, appends: readonly Append[]) {
  if (!appends.some(showsChange)) return { values: sql``, names: sql``, set: sql`` }
  const rows = appends.map(one => shown(one.after))
  return {
    values: sql`, ${arrayOf(rows.map(row => row.status))}::text::text[],
      string_to_array(${jsonLines(rows.map(row => row.error && JSON.stringify(row.error)))}, E'\n'),
      ${arrayOf(rows.map(row => row.task_count))}::text::int[], ${arrayOf(rows.map(row => row.tasks_ended))}::text::int[],
      ${arrayOf(rows.map(row => row.tasks_failed))}::text::int[], ${arrayOf(rows.map(row => row.ended_at))}::text::float8[]`,
    names: sql`, status, error, task_count, tasks_ended, tasks_failed, ended_at`,
    set: sql`, status = row.status, error = nullif(row.error, '')::jsonb, task_count = row.task_count, tasks_ended = row.tasks_ended,
      tasks_failed = row.tasks_failed, ended_at = to_timestamp(row.ended_at / 1000)`,
  }
}

/** The counts follow from how tasks stand and belong together, and nothing else that a list shows follows from tasks. */
const showsChange = ({ before, after }: Append): boolean =>
  before?.status !== after.status ||
  before.error !== after.error ||
  before.endedAt !== after.endedAt ||
  before.tasks.length !== after.tasks.length ||
  (before.tasks !== after.tasks &&
    after.tasks.some((task, index) => {
      const was = before.tasks[index]
      return was !== task && (was?.status !== task.status || was.groupIndex !== task.groupIndex)
    }))
