/** Tasks that are runs of their own, as the loop finds them: to be begun, to be started, ended, and orphaned. */
import type { Failure } from '../domain/errors.ts'
import type { RunStatus } from '../domain/run/state.ts'
import type { Sql } from './connect.ts'

export type ChildTask = { runId: string; taskIndex: number; epoch: number; childRunId: string | null }
export type EndedChild = {
  runId: string
  taskIndex: number
  childRunId: string
  status: RunStatus
  error: Failure | null
}

/** To be part of a statement: whether any task is, or waits for, a run of its own. Mostly none is, and then there is nothing to look for. */
export const anyChild = (sql: Sql) =>
  sql`select exists (select from tasks where kind = 'run' and status in ('READY', 'WAITING'))`

/** Ready tasks of kind run, in runs that go on. */
export async function readyChildren(sql: Sql, limit: number, exceptRuns: readonly string[] = []): Promise<ChildTask[]> {
  return sql<ChildTask[]>`
    select tasks.run_id as "runId", index as "taskIndex", epoch, child_run_id as "childRunId"
    from tasks join runs on runs.id = tasks.run_id
    where kind = 'run' and tasks.status = 'READY' and runs.status in ('PENDING', 'RUNNING') and tasks.run_id <> all(${[...exceptRuns]}::uuid[])
    order by tasks.run_id, index limit ${limit}`
}

/** Tasks whose run was named and does not exist yet. */
export async function missingChildren(
  sql: Sql,
  limit: number,
  exceptRuns: readonly string[] = [],
): Promise<ChildTask[]> {
  return sql<ChildTask[]>`
    select run_id as "runId", index as "taskIndex", epoch, child_run_id as "childRunId" from tasks
    where kind = 'run' and status = 'WAITING' and run_id <> all(${[...exceptRuns]}::uuid[])
      and child_run_id is not null and not exists (select from runs where runs.id = tasks.child_run_id)
    order by run_id, index limit ${limit}`
}

/** Tasks that wait for a run which has ended. */
export async function endedChildren(
  sql: Sql,
  limit: number,
  exceptRuns: readonly string[] = [],
): Promise<EndedChild[]> {
  return sql<EndedChild[]>`
    select tasks.run_id as "runId", index as "taskIndex", child_run_id as "childRunId", child.status, child.error
    from tasks join runs child on child.id = tasks.child_run_id
    where tasks.kind = 'run' and tasks.status = 'WAITING' and tasks.run_id <> all(${[...exceptRuns]}::uuid[]) and child.ended_at is not null
    order by tasks.run_id, index limit ${limit}`
}

/**
 * Runs that go on although the task which they were for was cancelled or reset. (One that is reopened after its task had
 * ended with it was reopened on purpose.)
 */
export async function orphanedRuns(sql: Sql, limit: number, exceptRuns: readonly string[] = []): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select child.id from runs child
    where child.parent_run_id is not null and child.ended_at is null and child.id <> all(${[...exceptRuns]}::uuid[])
      and not exists (
        select from tasks where run_id = child.parent_run_id and index = child.parent_task_index
          and child_run_id = child.id and status in ('WAITING', 'SUCCEEDED', 'FAILED'))
    order by child.id limit ${limit}`
  return rows.map(row => row.id)
}
