/**
 * What must hold after every fault, read from the store itself. Each check returns the violations that it found, so that a
 * failing test tells which runs to look at.
 */
import type { Sql } from '../../db/connect.ts'
import { createPostgresStore } from '../../db/events.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { evolve, isRunEnded, isTaskEnded, type Run } from '../../domain/run/state.ts'
import { stepsEach } from './team.ts'

/** What a subscriber saw, in the order in which it came. */
export type Seen = { runId: string; events: readonly { seq: number; type: string }[] }

export type Witness = {
  /** Runs whose start was acknowledged. */
  acknowledged: readonly string[]
  seen: readonly Seen[]
}

const ends = ['TaskSucceeded', 'TaskFailed', 'TaskBlocked', 'TaskSkipped', 'TaskCancelled']

/** Every violation, as `I4 run …: …`; an empty list is what a test wants. */
export async function violations(sql: Sql, witness: Witness): Promise<string[]> {
  const store = createPostgresStore(sql)
  const found: string[] = []
  const logs = new Map<string, readonly RecordedEvent[]>()
  const rows = await sql<{ id: string; head: number; status: string }[]>`select id, head, status from runs`
  for (const runId of witness.acknowledged) {
    if (!rows.some(row => row.id === runId)) found.push(`I1 run ${runId}: acknowledged, and not there`)
  }
  for (const row of rows) {
    const events = await store.read(row.id, 0, 1_000_000)
    logs.set(row.id, events)
    const say = (invariant: string, what: string) => found.push(`${invariant} run ${row.id}: ${what}`)
    if (events.some((event, index) => event.seq !== index + 1) || events.length !== row.head)
      say('I2', `${events.length} events up to head ${row.head}`)
    const run = walk(events, say)
    if (run !== null) await compareProjection(sql, run, row.status, say)
    if (run !== null && !isRunEnded(run.status))
      say('I10', `still ${run.status}: ${run.tasks.map(task => `${task.key} ${task.status}`).join(', ')}`)
  }
  for (const { runId, events } of witness.seen) {
    const stored = logs.get(runId) ?? []
    events.forEach((event, index) => {
      if (stored[index]?.seq !== event.seq || stored[index]?.type !== event.type)
        found.push(`I3 run ${runId}: position ${index} showed ${event.seq} ${event.type}`)
    })
  }
  found.push(...(await missingEffects(sql)), ...(await leftovers(sql)))
  return found
}

/** Folds a log and looks at each event on the way: one end of a task (I4), no stale epoch (I6), the graph's order (I9). */
function walk(events: readonly RecordedEvent[], say: (invariant: string, what: string) => void): Run | null {
  let run: Run | null = null
  for (const event of events) {
    const task = run !== null && 'taskIndex' in event.data ? run.tasks[event.data.taskIndex] : undefined
    if (task !== undefined && ends.includes(event.type) && isTaskEnded(task.status))
      say('I4', `task ${task.index} ends a second time at seq ${event.seq}`)
    if (
      task !== undefined &&
      'epoch' in event.data &&
      event.type !== 'TaskClaimed' &&
      event.type !== 'ChildRunStarted' &&
      event.data.epoch !== task.epoch
    ) {
      say('I6', `${event.type} at seq ${event.seq} is of epoch ${event.data.epoch}, and the task is at ${task.epoch}`)
    }
    if (event.type === 'TaskClaimed' && run !== null) {
      for (const need of task?.needs ?? [])
        if (!isTaskEnded(run.tasks[need]?.status ?? 'PLANNED'))
          say('I9', `task ${task?.index} was claimed at seq ${event.seq} before task ${need} ended`)
    }
    run = evolve(run, event)
  }
  return run
}

/** I7: what the lists show is what the log says. */
async function compareProjection(
  sql: Sql,
  run: Run,
  status: string,
  say: (invariant: string, what: string) => void,
): Promise<void> {
  if (run.status !== status) say('I7', `its row says ${status}, its log ${run.status}`)
  const tasks = await sql<{ index: number; status: string; epoch: number; attempt: number }[]>`
    select index, status, epoch, attempt from tasks where run_id = ${run.id} order by index`
  for (const task of run.tasks) {
    const row = tasks[task.index]
    if (row?.status !== task.status || row.epoch !== task.epoch || row.attempt !== task.attempt) {
      say(
        'I7',
        `row of task ${task.index} says ${row?.status} at epoch ${row?.epoch}, its log ${task.status} at ${task.epoch}`,
      )
    }
  }
}

/** I4: every step of every task that succeeded took effect, and none did for a claim that never was. */
async function missingEffects(sql: Sql): Promise<string[]> {
  const rows = await sql<{ run_id: string; index: number; steps: number }[]>`
    select tasks.run_id, tasks.index, count(effects.step)::int as steps from tasks
    left join effects on effects.run_id = tasks.run_id and effects.task_index = tasks.index and effects.epoch <= tasks.epoch
    where tasks.uses = 'chaos.effect' and tasks.status = 'SUCCEEDED' group by 1, 2 having count(effects.step) <> ${stepsEach}`
  return rows.map(row => `I4 run ${row.run_id}: task ${row.index} succeeded with ${row.steps} of ${stepsEach} effects`)
}

/** I11: a run that has ended holds nobody's lease and sets no timer. */
async function leftovers(sql: Sql): Promise<string[]> {
  const rows = await sql<{ run_id: string; what: string }[]>`
    select held.run_id, held.what from (
      select run_id, 'a lease' as what from leases union all select run_id, 'the timer ' || name from timers
    ) held join runs on runs.id = held.run_id where runs.ended_at is not null`
  return rows.map(row => `I11 run ${row.run_id}: has ended, and ${row.what} is left`)
}
