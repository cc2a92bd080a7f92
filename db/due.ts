/**
 * What is due: ready tasks that may be ticketed now. One pass at a time in the cluster, because limits are counted; the
 * backlog stays in Postgres, so a pass costs what can be started and not what waits. (Ready tasks of paused runs stand in
 * the way of the index and are stepped over, at about two microseconds each.)
 */
import type { PendingQuery, Row } from 'postgres'
import { anyChild } from './children.ts'
import type { Sql } from './connect.ts'
import { candidateRows, type DueOptions, perProject, type TakenRow, takenRows } from './due-rows.ts'
import { byUrgency, type Candidate, fairShare } from './fair-share.ts'
import { nextTimer } from './timers.ts'

export type { DueOptions }

/** A task to be claimed under this epoch. */
export type DueTask = { runId: string; taskIndex: number; epoch: number; workerClass: string }

export const dueDefaults: DueOptions = { ticketMs: 8_000, projectParallel: 64, workerMs: 10_000 }

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
 * who waits for a task waits for this, so it is one statement where there is room for all, and otherwise a second one that
 * takes what was chosen. Neither is a transaction of more: whoever takes anything takes the turn with it, and only if nobody
 * took it since the look.
 */
export async function takeDue(sql: Sql, options: DueOptions = dueDefaults): Promise<Due | null> {
  const found = await look(sql, options)
  const ahead: Ahead = { timerIn: found.timerIn, children: found.children }
  if (found.roomy) {
    if (found.ready > 0 && !found.mine) return null
    return {
      tasks: found.moved.toSorted(byUrgency).map(ticketOf),
      more: found.ready >= perProject && found.moved.length > 0,
      ahead,
    }
  }
  const { chosen, more } = await choose(sql, options, found)
  const tasks = chosen.length === 0 ? [] : await moveOn(sql, options, { chosen, turn: found.turn })
  return tasks && { tasks, more: more && tasks.length > 0, ahead }
}

/** What a pass that takes nothing must know all the same. */
export async function lookAhead(sql: Sql): Promise<Ahead> {
  const [row] = await sql<[Ahead]>`select (${nextTimer(sql)}) as "timerIn", (${anyChild(sql)}) as children`
  return row
}

type Moved = DueTask & Pick<Candidate, 'priority' | 'readyAt'>

type Found = Ahead & {
  /** Passes that took something, of all processes together. */
  turn: number
  /** How many could be begun. */
  ready: number
  /** Whether all of them can be at work at once: then nobody must be chosen, and they were moved on if the turn was mine. */
  roomy: boolean
  mine: boolean
  moved: readonly Moved[]
  /** Empty where it is roomy. */
  taken: readonly TakenRow[]
  candidates: readonly Candidate[]
}

/**
 * Everything that one pass must know, and the moving where there is room for all. Whether there is, is asked of the least
 * limit alone: a limit for each run, project and class would cost more than the second statement that it saves.
 */
async function look(sql: Sql, options: DueOptions): Promise<Found> {
  const [row] = await sql<[Found]>`
    with taken as materialized (${takenRows(sql, options)}
    ), candidate as materialized (${candidateRows(sql, options, [], [])}
    ), room as materialized (
      select count(*)::int as ready, count(*) = 0 or
        count(*) + (select coalesce(sum(count), 0) from taken) <= least(min("projectMax"), min("runMax"), min("classMax")) as enough
      from candidate
    ), mine as (
      update passes set turn = turn + 1
      where turn = (select turn from passes) and (select ready > 0 and enough from room)
      returning set_config('synchronous_commit', 'off', true)
    ), ${movedOn(sql, options, sql`select "runId" as run_id, "taskIndex" as index, epoch from candidate`)}
    select (select turn::float8 from passes) as turn, ready, enough as roomy, exists (select from mine) as mine,
      array(select to_json(moved) from moved) as moved,
      array(select to_json(taken) from taken where not enough) as taken,
      array(select to_json(candidate) from candidate where not enough) as candidates,
      (${nextTimer(sql)}) as "timerIn",
      (${anyChild(sql)}) as children
    from room`
  return row
}

async function choose(sql: Sql, options: DueOptions, { taken, candidates: first }: Found) {
  const used = (key: 'runId' | 'projectId', value: string) =>
    taken.reduce((sum, one) => sum + (one[key] === value ? one.count : 0), 0)
  const fullRuns = taken.filter(one => used('runId', one.runId) >= one.runMax).map(one => one.runId)
  const fullProjects = taken.filter(one => used('projectId', one.projectId) >= one.projectMax).map(one => one.projectId)
  // What has reached its limit must hide nobody behind it.
  const hidden = isCut(first) && fullRuns.length + fullProjects.length > 0
  const candidates = hidden ? await sql<Candidate[]>`${candidateRows(sql, options, fullRuns, fullProjects)}` : first
  return { chosen: fairShare(candidates, taken), more: isCut(candidates) }
}

/** Makes tasks due at once whose ticket a worker could not use. */
export async function returnTicket(sql: Sql, { runId, taskIndex, epoch }: Omit<DueTask, 'workerClass'>): Promise<void> {
  await sql`
    update tasks set not_before = null
    where run_id = ${runId} and index = ${taskIndex} and status = 'READY' and epoch = ${epoch - 1} and not_before > now()`
}

/** Takes what was chosen. Null where the turn was taken by somebody else. */
async function moveOn(
  sql: Sql,
  options: DueOptions,
  { chosen, turn }: { chosen: readonly Candidate[]; turn: number },
): Promise<readonly DueTask[] | null> {
  const rows = sql`select * from unnest(${chosen.map(one => one.runId)}::uuid[], ${chosen.map(one => one.taskIndex)}::int[],
    ${chosen.map(one => one.epoch)}::int[]) as chosen(run_id, index, epoch)`
  const [row] = await sql<[{ mine: boolean; moved: readonly Moved[] }]>`
    with mine as (
      update passes set turn = turn + 1 where turn = ${turn} returning set_config('synchronous_commit', 'off', true)
    ), ${movedOn(sql, options, rows)}
    select exists (select from mine) as mine, array(select to_json(moved) from moved) as moved`
  if (!row.mine) return null
  const moved = new Set(row.moved.map(one => `${one.runId} ${one.taskIndex}`))
  return chosen.filter(one => moved.has(`${one.runId} ${one.taskIndex}`)).map(ticketOf)
}

/**
 * The end of a statement that knows whether the turn is `mine`. Rows that an append has locked are changing anyway: they are
 * left for the next pass, and nobody waits for anybody. What a crash forgets of a pass is ticketed once more, which is
 * harmless: no need to wait for the disk.
 */
const movedOn = (sql: Sql, { ticketMs }: DueOptions, chosen: PendingQuery<Row[]>) => sql`
  free as (
    select tasks.run_id, tasks.index from tasks
    join (${chosen}) chosen on chosen.run_id = tasks.run_id and chosen.index = tasks.index
    where tasks.status = 'READY' and tasks.epoch + 1 = chosen.epoch and exists (select from mine)
    for update of tasks skip locked
  ), moved as (
    update tasks set not_before = now() + ${ticketMs} * interval '1 millisecond'
    from free where tasks.run_id = free.run_id and tasks.index = free.index
    returning tasks.run_id as "runId", tasks.index as "taskIndex", tasks.epoch + 1 as epoch, tasks.worker_class as "workerClass",
      tasks.priority, extract(epoch from tasks.ready_at)::float8 * 1000 as "readyAt"
  )`

const ticketOf = ({ runId, taskIndex, epoch, workerClass }: DueTask): DueTask => ({
  runId,
  taskIndex,
  epoch,
  workerClass,
})

function isCut(candidates: readonly Candidate[]): boolean {
  const counts = new Map<string, number>()
  for (const { workerClass, projectId } of candidates) {
    const queue = `${workerClass} ${projectId}`
    counts.set(queue, (counts.get(queue) ?? 0) + 1)
  }
  return [...counts.values()].includes(perProject)
}
