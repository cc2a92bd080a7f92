/**
 * The rows that follow from a decision: what lists show and what the loop looks for. Computed from the states before and
 * after, so that whatever `evolve` says is what is written; only rows that differ are.
 */
import { isRunEnded, isTaskEnded, type Run, type Task } from '../domain/run/state.ts'
import { runTimer, type Timer, taskTimer } from '../domain/run/timers.ts'
import type { Append } from './store.ts'

/** Milliseconds since 1970 as Postgres reads them in JSON. */
const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

export function runRow({ before, after, events }: Append) {
  const ended = after.tasks.filter(task => isTaskEnded(task.status))
  return {
    id: after.id,
    expected: before?.head ?? 0,
    organisation_id: after.organisationId,
    project_id: after.projectId,
    head: after.head,
    status: after.status,
    workflow: after.workflow,
    workflow_version: after.workflowVersion,
    title: after.title,
    priority: after.priority,
    max_parallel: after.maxParallel,
    parent_run_id: after.parentRunId,
    parent_task_index: after.parentTaskIndex,
    correlation_id: after.correlationId,
    error: after.error,
    task_count: after.tasks.length,
    tasks_ended: ended.length,
    tasks_failed: ended.filter(task => task.status === 'FAILED' || task.status === 'BLOCKED').length,
    started_at: at(after.startedAt),
    updated_at: at(events.at(-1)?.at ?? after.startedAt),
    ended_at: at(after.endedAt),
  }
}

function taskRow(run: Run, task: Task) {
  return {
    run_id: run.id,
    index: task.index,
    organisation_id: run.organisationId,
    project_id: run.projectId,
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
  before === undefined || shown.some(field => before[field] !== after[field])

/** Pairs of a task before (if it was there) and after, where they are not the same object. */
function changedTasks({ before, after }: Append): { was: Task | undefined; is: Task }[] {
  return after.tasks.flatMap((is, index) => (before?.tasks[index] === is ? [] : [{ was: before?.tasks[index], is }]))
}

export const taskRows = (append: Append) =>
  changedTasks(append)
    .filter(({ was, is }) => differs(was, is))
    .map(({ is }) => taskRow(append.after, is))

/** Timers to set and names of timers that were overtaken. */
export function timerRows(append: Append) {
  const run = append.after
  const changes = changedTasks(append).map(({ was, is }) => ({
    old: was === undefined ? null : taskTimer(was),
    now: taskTimer(is),
  }))
  changes.push({ old: append.before === null ? null : runTimer(append.before), now: runTimer(run) })
  const same = (a: Timer | null, b: Timer | null) => a?.name === b?.name && a?.dueAt === b?.dueAt
  const changed = changes.filter(({ old, now }) => !same(old, now))
  return {
    set: changed.flatMap(({ now }) =>
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
    gone: changed.flatMap(({ old, now }) =>
      old === null || old.name === now?.name ? [] : [{ run_id: run.id, name: old.name }],
    ),
  }
}

/** Leases that begin with a claim, and those that ended with it. */
export function leaseRows(append: Append) {
  const run = append.after
  const changed = changedTasks(append)
  const isClaimed = (task: Task | undefined) => task?.status === 'CLAIMED'
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

export const artifactRows = ({ before, after, events }: Append) =>
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
    created_at: at(events.at(-1)?.at ?? after.startedAt),
  }))

/** Whether the loop may find something to do after this: a task is ready, a claim is void, the run came to its end. */
export const mayBeDue = ({ before, after, events }: Append): boolean =>
  before?.status !== after.status ||
  isRunEnded(after.status) ||
  events.some(event => event.type === 'TaskReady' || event.type === 'RetryScheduled' || event.type === 'TaskSucceeded')
