/**
 * A run as a fold of its events. Plain JSON, so that it can be kept as a snapshot and read by a browser. This file
 * imports types only: the same `evolve` runs in server, worker, replay, tests and page.
 */
import type { Failure } from '../errors.ts'
import type { Json } from '../json.ts'
import type { Condition, RetryPolicy, Trigger } from '../workflow.ts'
import type { EventData, RecordedEvent } from './events.ts'

export type RunStatus = 'PENDING' | 'RUNNING' | 'PAUSED' | 'WAITING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
export type TaskStatus =
  | 'PLANNED'
  | 'READY'
  | 'CLAIMED'
  | 'WAITING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'SKIPPED'
  | 'BLOCKED'
  | 'CANCELLED'

export const runStatuses: readonly RunStatus[] = [
  'PENDING',
  'RUNNING',
  'PAUSED',
  'WAITING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
]
export const taskStatuses: readonly TaskStatus[] = [
  'PLANNED',
  'READY',
  'CLAIMED',
  'WAITING',
  'SUCCEEDED',
  'FAILED',
  'SKIPPED',
  'BLOCKED',
  'CANCELLED',
]

const endedRuns: readonly RunStatus[] = ['SUCCEEDED', 'FAILED', 'CANCELLED']
const endedTasks: readonly TaskStatus[] = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'BLOCKED', 'CANCELLED']
export const isRunEnded = (status: RunStatus): boolean => endedRuns.includes(status)
export const isTaskEnded = (status: TaskStatus): boolean => endedTasks.includes(status)

export type Task = {
  index: number
  key: string
  title: string
  kind: 'work' | 'map' | 'run'
  uses: string
  workerClass: string
  needs: readonly number[]
  trigger: Trigger
  condition: Condition | null
  forEach: string | null
  input: Json
  retry: RetryPolicy
  timeoutMs: number
  priority: number
  optional: boolean
  /** The map that this task is an element of. */
  groupIndex: number | null
  item: Json
  status: TaskStatus
  /** The current or last try, from 1; 0 before the first. */
  attempt: number
  /** Claims so far. The fencing number of the current one while CLAIMED. */
  epoch: number
  worker: string | null
  /** Leases of this attempt that ran out: a task that kills its workers must end. */
  losses: number
  /** Tool calls that have a recorded result. */
  calls: number
  /** Milliseconds since 1970. */
  readyAt: number | null
  startedAt: number | null
  endedAt: number | null
  /** When the current claim, or the wait for a retry, ends by itself. */
  dueAt: number | null
  output: Json
  error: Failure | null
  /** Why it was skipped, cancelled, released or reset. */
  reason: string | null
  childRunId: string | null
  /** The newest event about this task: what the next one was caused by. */
  lastSeq: number
}

export type Run = {
  id: string
  organisationId: string
  projectId: string
  /** The newest seq that is folded in. */
  head: number
  status: RunStatus
  workflow: string
  workflowVersion: number
  title: string
  variables: Json
  priority: number
  maxParallel: number
  dueAt: number | null
  parentRunId: string | null
  parentTaskIndex: number | null
  depth: number
  correlationId: string
  startedAt: number
  endedAt: number | null
  error: Failure | null
  /** Task i stands at index i. */
  tasks: readonly Task[]
  artifacts: readonly Artifact[]
}

export type Artifact = {
  id: string
  taskIndex: number
  attempt: number
  kind: string
  title: string
  mediaType: string
  size: number
  hash: string
  seq: number
}

/** The next state. Total over the vocabulary: a new event type does not compile until it stands here. */
export function evolve(run: Run | null, event: RecordedEvent): Run {
  if (event.type === 'RunStarted') return started(event, event.data)
  if (run === null) throw new Error(`${event.type} at seq ${event.seq} comes before RunStarted`)
  const next = { ...run, head: event.seq }
  switch (event.type) {
    case 'TaskPlanned':
      return { ...next, tasks: [...run.tasks, planned(event.data, event.seq)] }
    case 'TaskReady':
      return withTask(next, event, task => ({
        ...task,
        status: 'READY',
        attempt: event.data.attempt,
        worker: null,
        dueAt: null,
        readyAt: event.at,
        losses: event.data.attempt === task.attempt ? task.losses : 0,
        calls: event.data.attempt === task.attempt ? task.calls : 0,
      }))
    case 'TaskClaimed': {
      const { epoch, worker, dueAt } = event.data
      const begun = run.status === 'PENDING' ? { ...next, status: 'RUNNING' as const } : next
      return withTask(begun, event, task => ({ ...task, status: 'CLAIMED', epoch, worker, dueAt, startedAt: event.at }))
    }
    case 'ToolCallStarted':
      return withTask(next, event, task => task)
    case 'ToolCallFinished':
      return withTask(next, event, task => ({ ...task, calls: Math.max(task.calls, event.data.call + 1) }))
    case 'ArtifactCreated': {
      const { artifactId, ...rest } = event.data
      return { ...next, artifacts: [...run.artifacts, { id: artifactId, ...rest, seq: event.seq }] }
    }
    case 'TaskSucceeded':
      return withTask(next, event, task => ({
        ...ended(task, event.at),
        status: 'SUCCEEDED',
        output: event.data.output,
        error: null,
      }))
    case 'TaskAttemptFailed':
      return withTask(next, event, task => ({
        ...task,
        status: 'WAITING',
        worker: null,
        dueAt: null,
        error: event.data.error,
      }))
    case 'RetryScheduled':
      return withTask(next, event, task => ({ ...task, dueAt: event.data.dueAt }))
    case 'TaskFailed':
      return withTask(next, event, task => ({ ...ended(task, event.at), status: 'FAILED', error: event.data.error }))
    case 'TaskBlocked':
      return withTask(next, event, task => ({ ...ended(task, event.at), status: 'BLOCKED', error: event.data.error }))
    case 'TaskSkipped':
      return withTask(next, event, task => ({ ...ended(task, event.at), status: 'SKIPPED', reason: event.data.reason }))
    case 'TaskCancelled':
      return withTask(next, event, task => ({
        ...ended(task, event.at),
        status: 'CANCELLED',
        reason: event.data.reason,
      }))
    case 'TaskReleased':
      return withTask(next, event, task => ({
        ...task,
        status: 'WAITING',
        worker: null,
        dueAt: null,
        reason: event.data.reason,
      }))
    case 'LeaseExpired':
      return withTask(next, event, task => ({
        ...task,
        status: 'WAITING',
        worker: null,
        dueAt: null,
        losses: task.losses + 1,
      }))
    case 'TaskExpanded':
      return withTask(next, event, task => ({ ...task, status: 'WAITING', startedAt: event.at }))
    case 'ChildRunStarted': {
      const { epoch, childRunId } = event.data
      const begun = run.status === 'PENDING' ? { ...next, status: 'RUNNING' as const } : next
      return withTask(begun, event, task => ({ ...task, status: 'WAITING', epoch, childRunId, startedAt: event.at }))
    }
    case 'TaskReset':
      if (event.data.expanded)
        return withTask(next, event, task => ({ ...task, status: 'WAITING', endedAt: null, output: null, error: null }))
      return withTask(detachGroup(next, event.data.taskIndex), event, task => ({
        ...task,
        status: 'PLANNED',
        worker: null,
        losses: 0,
        calls: 0,
        readyAt: null,
        startedAt: null,
        endedAt: null,
        dueAt: null,
        output: null,
        error: null,
        reason: event.data.reason,
        childRunId: null,
      }))
    case 'RunPaused':
      return { ...next, status: 'PAUSED' }
    case 'RunResumed':
      return { ...next, status: active(run) }
    case 'RunReopened':
      return { ...next, status: active(run), dueAt: event.data.dueAt, endedAt: null, error: null }
    case 'RunReset':
      return next
    case 'RunSucceeded':
      return { ...next, status: 'SUCCEEDED', endedAt: event.at }
    case 'RunFailed':
      return { ...next, status: 'FAILED', endedAt: event.at, error: event.data.error }
    case 'RunCancelled':
      return { ...next, status: 'CANCELLED', endedAt: event.at }
    default:
      return unknown(event)
  }
}

/** The state after all of them, from any state on. */
export function fold(run: Run | null, events: Iterable<RecordedEvent>): Run | null {
  let state = run
  for (const event of events) state = evolve(state, event)
  return state
}

function started(event: RecordedEvent, data: EventData<'RunStarted'>): Run {
  return {
    ...data,
    id: event.runId,
    head: event.seq,
    status: 'PENDING',
    correlationId: event.correlationId,
    startedAt: event.at,
    endedAt: null,
    error: null,
    tasks: [],
    artifacts: [],
  }
}

function planned(data: EventData<'TaskPlanned'>, seq: number): Task {
  const { taskIndex, ...step } = data
  return {
    ...step,
    index: taskIndex,
    status: 'PLANNED',
    attempt: 0,
    epoch: 0,
    worker: null,
    losses: 0,
    calls: 0,
    readyAt: null,
    startedAt: null,
    endedAt: null,
    dueAt: null,
    output: null,
    error: null,
    reason: null,
    childRunId: null,
    lastSeq: seq,
  }
}

/** PENDING until the first claim. */
const active = (run: Run): RunStatus => (run.tasks.some(task => task.epoch > 0) ? 'RUNNING' : 'PENDING')

const ended = (task: Task, at: number): Task => ({ ...task, worker: null, dueAt: null, endedAt: at })

function withTask(run: Run, event: { seq: number; data: { taskIndex: number } }, change: (task: Task) => Task): Run {
  const task = run.tasks[event.data.taskIndex]
  if (task === undefined)
    throw new Error(`event ${event.seq} is about task ${event.data.taskIndex}, which was never planned`)
  return { ...run, tasks: run.tasks.with(event.data.taskIndex, { ...change(task), lastSeq: event.seq }) }
}

/** A map that is reset expands anew: what it expanded to before stays as history, outside the group. */
function detachGroup(run: Run, mapIndex: number): Run {
  if (run.tasks[mapIndex]?.kind !== 'map') return run
  return {
    ...run,
    tasks: run.tasks.map(task => (task.groupIndex === mapIndex ? { ...task, groupIndex: null, optional: true } : task)),
  }
}

function unknown(event: never): never {
  throw new Error(`unknown event type ${(event as { type: string }).type}`)
}
