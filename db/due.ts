/**
 * What is due: ready tasks that may be ticketed now. One pass at a time in the cluster, because limits are counted; the
 * backlog stays in Postgres, so a pass costs what can be started and not what waits. (Ready tasks of paused runs stand in
 * the way of the index and are stepped over, at about two microseconds each.)
 */
import type { Sql } from './connect.ts'
import { type Candidate, fairShare, type Taken } from './fair-share.ts'

/** A task to be claimed under this epoch. */
export type DueTask = { runId: string; taskIndex: number; epoch: number; workerClass: string }

export type DueOptions = {
  /** Milliseconds until a task that was ticketed and not claimed is due again. */
  ticketMs: number
  /** Tasks at work at once of a project that sets no limit of its own. */
  projectParallel: number
  /** Milliseconds without a heartbeat after which a worker's capacity does not count. */
  workerMs: number
}

export const dueDefaults: DueOptions = { ticketMs: 8_000, projectParallel: 64, workerMs: 10_000 }

/** Any number that nothing else in the database locks. */
const passLock = 7_283_001
/** Ready tasks of one project that one pass looks at; what is left is found by the next. */
const perProject = 16

/** `more`: a project had more ready tasks than one pass looks at, so that another pass may find some. */
export type Due = { tasks: readonly DueTask[]; more: boolean }

/**
 * Takes what is due and moves it on in time. Null where another process is at it: there is nothing to do then. Everybody
 * who waits for a task waits for this, so statements that need no answer are sent together: three round trips in all.
 */
export async function takeDue(sql: Sql, options: DueOptions = dueDefaults): Promise<Due | null> {
  const connection = await sql.reserve()
  try {
    const [, [lock]] = await Promise.all([
      connection`begin`,
      connection<{ locked: boolean }[]>`select pg_try_advisory_xact_lock(${passLock}) as locked`,
      // What a crash forgets of this is ticketed once more, which is harmless: no need to wait for the disk.
      connection`set local synchronous_commit = off`,
    ])
    const due = lock?.locked === true ? await choose(connection, options) : null
    const [tasks] = await Promise.all([moveOn(connection, options, due?.chosen ?? []), connection`commit`])
    return due && { tasks, more: due.more && tasks.length > 0 }
  } catch (error) {
    await connection`rollback`.catch(() => {})
    throw error
  } finally {
    connection.release()
  }
}

async function choose(sql: Sql, options: DueOptions): Promise<{ chosen: Candidate[]; more: boolean }> {
  const [workers, taken, first] = await Promise.all([
    sql<{ classes: Record<string, number> }[]>`
      select classes from workers where not draining and heartbeat_at > now() - ${options.workerMs} * interval '1 millisecond'`,
    selectTaken(sql, options),
    selectCandidates(sql, options, [], []),
  ])
  const used = (key: 'runId' | 'projectId', value: string) =>
    taken.reduce((sum, one) => sum + (one[key] === value ? one.count : 0), 0)
  const fullRuns = taken.filter(one => used('runId', one.runId) >= one.runMax).map(one => one.runId)
  const fullProjects = taken.filter(one => used('projectId', one.projectId) >= one.projectMax).map(one => one.projectId)
  // What has reached its limit must hide nobody behind it.
  const hidden = isCut(first) && fullRuns.length + fullProjects.length > 0
  const candidates = hidden ? await selectCandidates(sql, options, fullRuns, fullProjects) : first
  return {
    chosen: fairShare(candidates, taken, sumClasses(workers.map(worker => worker.classes))),
    more: isCut(candidates),
  }
}

/** Makes tasks due at once whose ticket a worker could not use. */
export async function returnTicket(sql: Sql, { runId, taskIndex, epoch }: Omit<DueTask, 'workerClass'>): Promise<void> {
  await sql`
    update tasks set not_before = null
    where run_id = ${runId} and index = ${taskIndex} and status = 'READY' and epoch = ${epoch - 1} and not_before > now()`
}

type TakenRow = Taken & { runMax: number; projectMax: number }

/** At most as many rows as workers can do at once. */
function selectTaken(sql: Sql, { projectParallel }: DueOptions) {
  return sql<TakenRow[]>`
    select taken.run_id as "runId", taken.project_id as "projectId", taken.organisation_id as "organisationId",
      taken.worker_class as "workerClass", count(*)::int as count, min(runs.max_parallel) as "runMax",
      coalesce(min(projects.max_parallel), ${projectParallel}) as "projectMax"
    from (
      select run_id, project_id, organisation_id, worker_class from tasks where status = 'CLAIMED'
      union all
      select run_id, project_id, organisation_id, worker_class from tasks where status = 'READY' and not_before > now()
    ) taken join runs on runs.id = taken.run_id left join projects on projects.id = taken.project_id
    group by 1, 2, 3, 4`
}

/**
 * The most urgent tasks of every project that has any, by class of the workers that live: from project to project with one
 * look into the index each, without the given runs and projects.
 */
function selectCandidates(
  sql: Sql,
  { projectParallel, workerMs }: DueOptions,
  fullRuns: readonly string[],
  fullProjects: readonly string[],
) {
  return sql<Candidate[]>`
    with recursive queues as (
      select class as worker_class, (
        select project_id from tasks where status = 'READY' and kind = 'work' and worker_class = class
        order by project_id limit 1) as project_id
      from (
        select distinct jsonb_object_keys(classes) as class from workers
        where not draining and heartbeat_at > now() - ${workerMs} * interval '1 millisecond'
      ) live
      union all
      select worker_class, (
        select project_id from tasks where status = 'READY' and kind = 'work' and worker_class = queues.worker_class and project_id > queues.project_id
        order by project_id limit 1)
      from queues where project_id is not null
    )
    select task.run_id as "runId", task.index as "taskIndex", task.epoch + 1 as epoch, task.worker_class as "workerClass",
      task.organisation_id as "organisationId", task.project_id as "projectId", task.priority,
      extract(epoch from task.ready_at)::float8 * 1000 as "readyAt", task.max_parallel as "runMax",
      coalesce(projects.max_parallel, ${projectParallel}) as "projectMax"
    from queues
    left join projects on projects.id = queues.project_id
    cross join lateral (
      select tasks.*, runs.max_parallel from tasks join runs on runs.id = tasks.run_id
      where tasks.status = 'READY' and tasks.kind = 'work' and tasks.worker_class = queues.worker_class and tasks.project_id = queues.project_id
        and (tasks.not_before is null or tasks.not_before <= now()) and tasks.run_id <> all(${[...fullRuns]}::uuid[])
        and runs.status in ('PENDING', 'RUNNING')
      order by tasks.priority desc nulls last, tasks.ready_at limit ${perProject}
    ) task
    where queues.project_id is not null and queues.project_id <> all(${[...fullProjects]}::uuid[])`
}

/** Rows that an append has locked are changing anyway: they are left for the next pass, and nobody waits for anybody. */
async function moveOn(sql: Sql, { ticketMs }: DueOptions, chosen: readonly Candidate[]): Promise<DueTask[]> {
  if (chosen.length === 0) return []
  const rows = await sql<{ run_id: string; index: number }[]>`
    update tasks set not_before = now() + ${ticketMs} * interval '1 millisecond'
    from (
      select tasks.run_id, tasks.index from tasks
      join unnest(${chosen.map(one => one.runId)}::uuid[], ${chosen.map(one => one.taskIndex)}::int[], ${chosen.map(one => one.epoch)}::int[])
        as chosen(run_id, index, epoch) on chosen.run_id = tasks.run_id and chosen.index = tasks.index
      where tasks.status = 'READY' and tasks.epoch + 1 = chosen.epoch
      for update of tasks skip locked
    ) free
    where tasks.run_id = free.run_id and tasks.index = free.index
    returning tasks.run_id, tasks.index`
  const moved = new Set(rows.map(row => `${row.run_id} ${row.index}`))
  return chosen
    .filter(one => moved.has(`${one.runId} ${one.taskIndex}`))
    .map(({ runId, taskIndex, epoch, workerClass }) => ({ runId, taskIndex, epoch, workerClass }))
}

function isCut(candidates: readonly Candidate[]): boolean {
  const counts = new Map<string, number>()
  for (const { workerClass, projectId } of candidates) {
    const queue = `${workerClass} ${projectId}`
    counts.set(queue, (counts.get(queue) ?? 0) + 1)
  }
  return [...counts.values()].includes(perProject)
}

function sumClasses(all: readonly Record<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>()
  for (const [name, count] of all.flatMap(Object.entries)) sum.set(name, (sum.get(name) ?? 0) + Number(count))
  return sum
}
