/**
 * What is due: ready tasks that may be ticketed now. One pass at a time in the cluster, because limits are counted; the
 * backlog stays in Postgres, so a pass costs what can be started and not what waits. (Ready tasks of paused runs stand in
 * the way of the index and are stepped over, at about two microseconds each.)
 */
import { anyChild } from './children.ts'
import type { Sql } from './connect.ts'
import { type Candidate, fairShare, type Taken } from './fair-share.ts'
import { nextTimer } from './timers.ts'

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

/** Ready tasks of one project that one pass looks at; what is left is found by the next. */
const perProject = 16

/** What the same look found besides. */
export type Ahead = {
  /** Milliseconds until the next timer that is still to come; null where there is none. */
  timerIn: number | null
  /** Whether any task is, or waits for, a run of its own. */
  children: boolean
}

/** `more`: a project had more ready tasks than one pass looks at, so that another pass may find some. */
export type Due = { tasks: readonly DueTask[]; more: boolean; ahead: Ahead }

/**
 * Takes what is due and moves it on in time. Null where another process is at it: there is nothing to do then. Everybody
 * who waits for a task waits for this, so it is two statements and no transaction: the first sees whose turn it is, the
 * second takes the turn only if nobody took it since.
 */
export async function takeDue(sql: Sql, options: DueOptions = dueDefaults): Promise<Due | null> {
  const found = await look(sql, options)
  const { chosen, more } = await choose(sql, options, found)
  const tasks = chosen.length === 0 ? [] : await moveOn(sql, options, { chosen, turn: found.turn })
  return tasks && { tasks, more: more && tasks.length > 0, ahead: found.ahead }
}

/** What a pass that takes nothing must know all the same. */
export async function lookAhead(sql: Sql): Promise<Ahead> {
  const [row] = await sql<[Ahead]>`select (${nextTimer(sql)}) as "timerIn", (${anyChild(sql)}) as children`
  return row
}

type Found = {
  /** Passes that took something, of all processes together. */
  turn: number
  /** Of the workers that live: how many tasks of each class they do at once. */
  workers: readonly Readonly<Record<string, number>>[]
  taken: readonly TakenRow[]
  candidates: readonly Candidate[]
  ahead: Ahead
}

/** Everything that one pass must know, in one statement. */
async function look(sql: Sql, options: DueOptions): Promise<Found> {
  const [row] = await sql<[Omit<Found, 'ahead'> & Ahead]>`
    select
      (select turn::float8 from passes) as turn,
      array(select classes from workers where ${isLive(sql, options)}) as workers,
      array(select to_json(taken) from (${takenRows(sql, options)}) taken) as taken,
      array(select to_json(candidate) from (${candidateRows(sql, options, [], [])}) candidate) as candidates,
      (${nextTimer(sql)}) as "timerIn",
      (${anyChild(sql)}) as children`
  const { timerIn, children, ...found } = row
  return { ...found, ahead: { timerIn, children } }
}

async function choose(sql: Sql, options: DueOptions, { workers, taken, candidates: first }: Found) {
  const used = (key: 'runId' | 'projectId', value: string) =>
    taken.reduce((sum, one) => sum + (one[key] === value ? one.count : 0), 0)
  const fullRuns = taken.filter(one => used('runId', one.runId) >= one.runMax).map(one => one.runId)
  const fullProjects = taken.filter(one => used('projectId', one.projectId) >= one.projectMax).map(one => one.projectId)
  // What has reached its limit must hide nobody behind it.
  const hidden = isCut(first) && fullRuns.length + fullProjects.length > 0
  const candidates = hidden ? await sql<Candidate[]>`${candidateRows(sql, options, fullRuns, fullProjects)}` : first
  return { chosen: fairShare(candidates, taken, sumClasses(workers)), more: isCut(candidates) }
}

/** Makes tasks due at once whose ticket a worker could not use. */
export async function returnTicket(sql: Sql, { runId, taskIndex, epoch }: Omit<DueTask, 'workerClass'>): Promise<void> {
  await sql`
    update tasks set not_before = null
    where run_id = ${runId} and index = ${taskIndex} and status = 'READY' and epoch = ${epoch - 1} and not_before > now()`
}

const isLive = (sql: Sql, { workerMs }: DueOptions) =>
  sql`not draining and heartbeat_at > now() - ${workerMs} * interval '1 millisecond'`

type TakenRow = Taken & { runMax: number; projectMax: number }

/** At most as many rows as workers can do at once. */
function takenRows(sql: Sql, { projectParallel }: DueOptions) {
  return sql`
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
function candidateRows(sql: Sql, options: DueOptions, fullRuns: readonly string[], fullProjects: readonly string[]) {
  const { projectParallel } = options
  return sql`
    with recursive queues as (
      select class as worker_class, (
        select project_id from tasks where status = 'READY' and kind = 'work' and worker_class = class
        order by project_id limit 1) as project_id
      from (
        select distinct jsonb_object_keys(classes) as class from workers where ${isLive(sql, options)}
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

/**
 * Rows that an append has locked are changing anyway: they are left for the next pass, and nobody waits for anybody. What a
 * crash forgets of a pass is ticketed once more, which is harmless: no need to wait for the disk. Null where the turn was
 * taken by somebody else.
 */
async function moveOn(
  sql: Sql,
  { ticketMs }: DueOptions,
  { chosen, turn }: { chosen: readonly Candidate[]; turn: number },
): Promise<DueTask[] | null> {
  const [row] = await sql<{ mine: boolean; moved: { run: string; index: number }[] }[]>`
    with mine as (
      update passes set turn = turn + 1 where turn = ${turn} returning set_config('synchronous_commit', 'off', true)
    ), free as (
      select tasks.run_id, tasks.index from tasks
      join unnest(${chosen.map(one => one.runId)}::uuid[], ${chosen.map(one => one.taskIndex)}::int[], ${chosen.map(one => one.epoch)}::int[])
        as chosen(run_id, index, epoch) on chosen.run_id = tasks.run_id and chosen.index = tasks.index
      where tasks.status = 'READY' and tasks.epoch + 1 = chosen.epoch and exists (select from mine)
      for update of tasks skip locked
    ), moved as (
      update tasks set not_before = now() + ${ticketMs} * interval '1 millisecond'
      from free where tasks.run_id = free.run_id and tasks.index = free.index
      returning tasks.run_id as run, tasks.index
    )
    select exists (select from mine) as mine, array(select to_json(moved) from moved) as moved`
  if (row === undefined || !row.mine) return null
  const moved = new Set(row.moved.map(({ run, index }) => `${run} ${index}`))
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
