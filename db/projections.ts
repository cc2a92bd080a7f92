/**
 * The rows that follow from a decision: what lists show and what the loop looks for. Computed from the states before and
 * after, so that whatever `evolve` says is what is written; only rows that differ are.
 */
import type { RecordedEvent } from '../domain/run/events.ts'
import { isRunEnded, type Run, type Task } from '../domain/run/state.ts'
import { runTimer, type Timer, taskTimer } from '../domain/run/timers.ts'
import type { Append } from './store.ts'

/** Milliseconds since 1970 as Postgres reads them in JSON. */
export const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

/** Everything that one append changes outside `events` and `runs`. */
export function project(append: Append): Projection {
  const { before, after } = append
  const changed = before?.tasks === after.tasks ? [] : changedTasks(append)
  if (before !== null && stays(before, after) && !changed.some(moves)) return nothing
  const timers = timerRows(append, changed)
  const leases = leaseRows(after, changed)
  return {
    tasks: changed.filter(({ was, is }) => differs(was, is)).map(change => taskRow(append, change)),
    artifacts: before?.artifacts === after.artifacts ? [] : artifactRows(append),
    timers: timers.set,
    overtakenTimers: timers.gone,
    leases: leases.begun,
    endedLeases: leases.ended,
  }
}
export type Projection = {
  tasks: readonly ReturnType<typeof taskRow>[]
  artifacts: ReturnType<typeof artifactRows>
  timers: ReturnType<typeof timerRows>['set']
  overtakenTimers: ReturnType<typeof timerRows>['gone']
  leases: ReturnType<typeof leaseRows>['begun']
  endedLeases: ReturnType<typeof leaseRows>['ended']
}

/** What most appends change: they are tool calls. */
const nothing: Projection = { tasks: [], artifacts: [], timers: [], overtakenTimers: [], leases: [], endedLeases: [] }

const stays = (before: Run, after: Run): boolean =>
  before.artifacts === after.artifacts && before.dueAt === after.dueAt && before.status === after.status

function taskRow({ after, events }: Append, { was, is: task }: Change) {
  const seqOf = (found: (event: RecordedEvent) => boolean) =>
    events.findLast(event => 'taskIndex' in event.data && event.data.taskIndex === task.index && found(event))?.seq ??
    null
  return {
    run_id: after.id,
    index: task.index,
    organisation_id: after.organisationId,
    project_id: after.projectId,
    status: task.status,
    kind: task.kind,
    key: task.key,
    title: task.title,
    uses: task.uses,
    worker_class: task.workerClass,
    priority: task.priority,
    attempt: task.attempt,
    epoch: task.epoch,
    worker: task.worker,
    group_index: task.groupIndex,
    error: task.error,
    ready_at: at(task.readyAt),
    started_at: at(task.startedAt),
    ended_at: at(task.endedAt),
    child_run_id: task.childRunId,
    planned_seq: seqOf(event => event.type === 'TaskPlanned') ?? 0,
    attempt_seq: seqOf(event => event.type === 'TaskReady' && event.data.attempt !== was?.attempt),
    succeeded_seq: seqOf(event => event.type === 'TaskSucceeded'),
    last_seq: task.lastSeq,
  }
}

/** The fields of a task that its row shows and that change after it was planned. A tool call changes none of them. */
const shown = [
  'status',
  'attempt',
  'epoch',
  'worker',
  'groupIndex',
  'error',
  'readyAt',
  'startedAt',
  'endedAt',
  'childRunId',
] as const

const differs = (before: Task | undefined, after: Task): boolean =>
  before === undefined ||
  shown.some(field => before[field] !== after[field]) ||
  (after.status !== 'CLAIMED' && before.lastSeq !== after.lastSeq)

type Change = { was: Task | undefined; is: Task }

/** Whether its row or its timer changes; a lease begins and ends with its status or epoch, which the row shows. */
const moves = ({ was, is }: Change): boolean => differs(was, is) || was?.dueAt !== is.dueAt

/** Pairs of a task before (if it was there) and after, where they are not the same object. */
function changedTasks({ before, after }: Append): Change[] {
  const changes: Change[] = []
  after.tasks.forEach((is, index) => {
    const was = before?.tasks[index]
    if (was !== is) changes.push({ was, is })
  })
  return changes
}

const same = (a: Timer | null, b: Timer | null) => a?.name === b?.name && a?.dueAt === b?.dueAt
const isClaimed = (task: Task | undefined) => task?.status === 'CLAIMED'

/** Timers to set and names of timers that were overtaken. */
function timerRows(append: Append, changed: readonly Change[]) {
  const run = append.after
  const changes = changed.map(({ was, is }) => ({
    old: was === undefined ? null : taskTimer(was),
    now: taskTimer(is),
  }))
  changes.push({ old: append.before === null ? null : runTimer(append.before), now: runTimer(run) })
  const moved = changes.filter(({ old, now }) => !same(old, now))
  return {
    set: moved.flatMap(({ now }) =>
      now === null
        ? []
        : [
            {
              run_id: run.id,
              name: now.name,
              organisation_id: run.organisationId,
              task_index: now.taskIndex,
              due_at: at(now.dueAt),
            },
          ],
    ),
    gone: moved.flatMap(({ old, now }) =>
      old === null || old.name === now?.name ? [] : [{ run_id: run.id, name: old.name }],
    ),
  }
}

/** Leases that begin with a claim, and those that ended with it. */
function leaseRows(run: Run, changed: readonly Change[]) {
  return {
    begun: changed
      .filter(({ was, is }) => isClaimed(is) && !(isClaimed(was) && was?.epoch === is.epoch))
      .map(({ is }) => ({
        run_id: run.id,
        task_index: is.index,
        organisation_id: run.organisationId,
        epoch: is.epoch,
        worker: is.worker,
      })),
    ended: changed
      .filter(({ was, is }) => isClaimed(was) && !isClaimed(is))
      .map(({ is }) => ({ run_id: run.id, task_index: is.index })),
  }
}

const artifactRows = ({ before, after, events }: Append) =>
  after.artifacts.slice(before?.artifacts.length ?? 0).map(artifact => ({
    id: artifact.id,
    organisation_id: after.organisationId,
    project_id: after.projectId,
    run_id: after.id,
    task_index: artifact.taskIndex,
    attempt: artifact.attempt,
    seq: artifact.seq,
    kind: artifact.kind,
    title: artifact.title,
    media_type: artifact.mediaType,
    size: artifact.size,
    hash: artifact.hash,
    score: artifact.score,
    score_parts: artifact.scoreParts,
    simulated: artifact.simulated,
    created_at: at(events.at(-1)?.at ?? after.startedAt),
  }))

/** Whether the loop may find something to do after this: a task is ready, a claim is void, the run came to its end. */
export const mayBeDue = ({ before, after, events }: Append): boolean =>
  before?.status !== after.status ||
  isRunEnded(after.status) ||
  events.some(event => event.type === 'TaskReady' || event.type === 'RetryScheduled' || event.type === 'TaskSucceeded')
