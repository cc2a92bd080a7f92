/**
 * A run as a fold of its events. This file imports only types, and parts that do the same: one `evolve` runs in server,
 * worker, replay, tests and page.
 */
import type { Adjustments } from '../fork.ts'
import { type Approval, closeApproval, escalated, requested, voted } from './approvals.ts'
import type { EventData, RecordedEvent } from './events.ts'
import { forked } from './forked.ts'
import type { HandoffState, Run, RunStatus, Task, TaskStatus } from './shape.ts'

export type { Artifact, HandoffState, Message, Run, RunStatus, Task, TaskStatus } from './shape.ts'

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
/** When it began to do something of its own, in milliseconds since 1970: a fork when it was forked. */
export const begunAt = ({ forkedFrom, startedAt }: Pick<Run, 'forkedFrom' | 'startedAt'>): number =>
  forkedFrom?.at ?? startedAt
export const isTaskEnded = (status: TaskStatus): boolean => endedTasks.includes(status)

/** The next state. Total over the vocabulary: a new event type does not compile until it stands here. */
export function evolve(run: Run | null, event: RecordedEvent): Run {
  if (event.type === 'RunStarted') return started(event, event.data)
  if (run === null) throw new Error(`${event.type} at seq ${event.seq} comes before RunStarted`)
  const next = applied(run, event)
  return next.openApprovals > 0 || next.status === 'WAITING' ? waited(next) : next
}

/** A run waits for people while one of them is asked and nothing else can go on. */
function waited(run: Run): Run {
  if (run.status !== 'WAITING' && run.status !== 'RUNNING' && run.status !== 'PENDING') return run
  const busy = run.tasks.some(task => task.status === 'READY' || task.status === 'CLAIMED')
  const status = run.openApprovals > 0 && !busy ? 'WAITING' : active(run)
  return status === run.status ? run : { ...run, status }
}

function applied(run: Run, event: Exclude<RecordedEvent, { type: 'RunStarted' }>): Run {
  switch (event.type) {
    case 'TaskPlanned':
      return { ...run, head: event.seq, tasks: [...run.tasks, planned(event.data, event.seq)] }
    case 'TaskReady':
      return withTask(run, event, task => readied(task, event.data.attempt, event.at))
    case 'TaskClaimed': {
      const { epoch, worker, dueAt } = event.data
      return withTask(run, event, () => ({ status: 'CLAIMED', epoch, worker, dueAt, startedAt: event.at }), begun(run))
    }
    case 'ToolCallStarted':
      return withTask(run, event, () => ({}))
    case 'ToolCallFinished':
      return withTask(run, event, task => ({ calls: Math.max(task.calls, event.data.call + 1) }))
    case 'ArtifactCreated': {
      const { artifactId, ...rest } = event.data
      return { ...run, head: event.seq, artifacts: [...run.artifacts, { id: artifactId, ...rest, seq: event.seq }] }
    }
    case 'TaskSucceeded':
      return withTask(run, event, () => ({
        ...ended(event.at),
        status: 'SUCCEEDED',
        output: event.data.output,
        error: null,
      }))
    case 'TaskAttemptFailed':
      // Until RetryScheduled says when: at once.
      return withTask(run, event, () => ({ ...unclaimed, dueAt: event.at, error: event.data.error }))
    case 'RetryScheduled':
      return withTask(run, event, () => ({ dueAt: event.data.dueAt }))
    case 'TaskFailed':
      return withTask(run, event, () => ({ ...ended(event.at), status: 'FAILED', error: event.data.error }))
    case 'TaskBlocked':
      return withTask(run, event, () => ({ ...ended(event.at), status: 'BLOCKED', error: event.data.error }))
    case 'TaskSkipped':
      return withTask(run, event, () => ({ ...ended(event.at), status: 'SKIPPED', reason: event.data.reason }))
    case 'TaskCancelled':
      return withTask(run, event, () => ({ ...ended(event.at), status: 'CANCELLED', reason: event.data.reason }))
    case 'TaskReleased':
      return withTask(run, event, () => ({ ...unclaimed, reason: event.data.reason }))
    case 'LeaseExpired':
      return withTask(run, event, task => ({ ...unclaimed, losses: task.losses + 1 }))
    case 'TaskExpanded':
      // What it waited for before, at its gate, is past: from here on it waits for its elements.
      return withTask(run, event, () => ({ status: 'WAITING', startedAt: event.at, waitingFor: null, dueAt: null }))
    case 'ChildRunStarted': {
      const { epoch, childRunId } = event.data
      return withTask(run, event, () => ({ status: 'WAITING', epoch, childRunId, startedAt: event.at }), begun(run))
    }
    case 'TaskReset':
      if (event.data.expanded)
        return withTask(run, event, () => ({ status: 'WAITING', endedAt: null, output: null, error: null }))
      return withTask(detachGroup(run, event.data.taskIndex), event, task => ({
        ...fresh,
        attemptBase: task.attempt,
        resets: task.resets + 1,
        reason: event.data.reason,
      }))
    case 'ModelRouted':
    case 'ModelFellBack':
    case 'ModelCallStarted':
      return withTask(run, event, () => ({}))
    case 'ModelCallFinished':
      return spent(run, event, { calls: event.data.call + 1 })
    case 'ModelCallFailed':
      return spent(run, event, {})
    case 'TaskSuspended': {
      const { forApprovalId: approvalId, forTaskIndex, dueAt } = event.data
      return withTask(run, event, () => ({ ...unclaimed, dueAt, waitingFor: { approvalId, taskIndex: forTaskIndex } }))
    }
    case 'ApprovalRequested':
      return withTask({ ...run, ...opened(run, requested(event.data, event)) }, event, () => ({}))
    case 'ApprovalVoted':
      return { ...run, head: event.seq, approvals: voted(run.approvals, event.data, event.actor) }
    case 'ApprovalEscalated': {
      const { approvalId, dueAt } = event.data
      const tasks = run.tasks.map(task => (task.waitingFor?.approvalId === approvalId ? { ...task, dueAt } : task))
      return { ...run, head: event.seq, tasks, approvals: escalated(run.approvals, event.data) }
    }
    case 'ApprovalAnswered':
    case 'ApprovalExpired':
    case 'ApprovalWithdrawn':
      return {
        ...run,
        head: event.seq,
        approvals: closeApproval(run.approvals, event),
        openApprovals: run.openApprovals - 1,
      }
    case 'HandoffOffered': {
      const { handoffId: id, taskIndex: fromTaskIndex, call, attempt, agent, hops } = event.data
      const offered: HandoffState = { id, fromTaskIndex, call, attempt, agent, hops, status: 'OFFERED', reason: '' }
      return withTask({ ...run, handoffs: [...run.handoffs, offered] }, event, () => ({}))
    }
    case 'HandoffAccepted':
      return withTask(handoffIn(run, event.data.handoffId, 'ACCEPTED', ''), event, () => ({}))
    case 'HandoffRefused':
      return withTask(handoffIn(run, event.data.handoffId, 'REFUSED', event.data.reason), event, () => ({}))
    case 'HandoffTimedOut':
      return withTask(handoffIn(run, event.data.handoffId, 'TIMED_OUT', event.data.reason), event, () => ({}))
    case 'MessageSent': {
      const { messageId: id, sender, recipient, priority, message } = event.data
      const kept = [...run.messages, { id, sender, recipient, priority, message, seq: event.seq }]
      return withTask({ ...run, messages: kept }, event, () => ({}))
    }
    case 'MessageHandled': {
      const { messageId } = event.data
      return withTask({ ...run, messages: run.messages.filter(({ id }) => id !== messageId) }, event, () => ({}))
    }
    case 'TaskSentBack':
      return sentBack(run, event, event.data)
    case 'ChangeMerged': {
      const { trunkCommit: commit, trunkHash: hash, baseCommit: base } = event.data
      return withTask({ ...run, trunk: { commit, hash, base } }, event, () => ({}))
    }
    case 'MergeConflicted': {
      const { taskIndex, commit, trunkCommit } = event.data
      return withTask({ ...run, conflicts: [...run.conflicts, { taskIndex, commit, trunkCommit }] }, event, () => ({}))
    }
    case 'RunPaused':
      return { ...run, head: event.seq, status: 'PAUSED' }
    case 'RunResumed':
      return { ...run, head: event.seq, status: active(run) }
    case 'RunReopened':
      return { ...run, head: event.seq, status: active(run), dueAt: event.data.dueAt, endedAt: null, error: null }
    case 'RunReset':
      return { ...run, head: event.seq }
    case 'RunForked':
      return forked(run, event, active(run))
    case 'RunSucceeded':
      return { ...run, head: event.seq, status: 'SUCCEEDED', endedAt: event.at }
    case 'RunFailed':
      return { ...run, head: event.seq, status: 'FAILED', endedAt: event.at, error: event.data.error }
    case 'RunCancelled':
      return { ...run, head: event.seq, status: 'CANCELLED', endedAt: event.at }
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
    spentMicros: 0,
    inheritedMicros: 0,
    forkedFrom: null,
    adjustments: data.adjustments as Adjustments | null,
    approvals: [],
    openApprovals: 0,
    messages: [],
    handoffs: [],
    trunk: null,
    conflicts: [],
  }
}

const opened = (run: Run, approval: Approval): Pick<Run, 'approvals' | 'openApprovals'> => ({
  approvals: [...run.approvals, approval],
  openApprovals: run.openApprovals + 1,
})

const handoffIn = (run: Run, id: string, status: HandoffState['status'], reason: string): Run => ({
  ...run,
  handoffs: run.handoffs.map(one => (one.id === id ? { ...one, status, reason } : one)),
})

/** What a model call cost, on its task and on the run. */
function spent(
  run: Run,
  event: RecordedEvent & { type: 'ModelCallFinished' | 'ModelCallFailed' },
  change: Partial<Task>,
): Run {
  const { costMicros } = event.data
  return withTask({ ...run, spentMicros: run.spentMicros + costMicros }, event, task => ({
    ...change,
    spentMicros: task.spentMicros + costMicros,
  }))
}

/** Both tasks are in a new round; the one that is done again keeps what it made and what was found wrong with it. */
function sentBack(run: Run, event: { seq: number; data: { taskIndex: number } }, data: EventData<'TaskSentBack'>): Run {
  const { taskIndex, toTaskIndex, round } = data
  const judge = run.tasks[taskIndex]
  const again = run.tasks[toTaskIndex]
  if (judge === undefined || again === undefined)
    throw new Error(`event ${event.seq} sends back what was never planned`)
  const revised = { ...again, round, previous: again.output, findings: judge.output }
  return withTask({ ...run, tasks: run.tasks.with(toTaskIndex, revised) }, event, () => ({ round }))
}

/** What a task is before its first attempt, and again after a reset. */
const fresh = {
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
  reason: null,
  childRunId: null,
  childFrom: null,
  resumes: false,
  waitingFor: null,
} as const satisfies Partial<Task>

function planned(data: EventData<'TaskPlanned'>, seq: number): Task {
  const { taskIndex, ...step } = data
  const none = {
    attempt: 0,
    attemptBase: 0,
    resets: 0,
    epoch: 0,
    round: 0,
    previous: null,
    findings: null,
    spentMicros: 0,
  }
  return { ...step, ...fresh, ...none, index: taskIndex, lastSeq: seq }
}

/** A new attempt counts its lost leases and its tool calls from the beginning. */
const readied = (task: Task, attempt: number, at: number): Partial<Task> => ({
  status: 'READY',
  attempt,
  worker: null,
  dueAt: null,
  waitingFor: null,
  resumes: false,
  readyAt: at,
  ...(attempt === task.attempt ? {} : { losses: 0, calls: 0 }),
})

/** Between two claims: what comes next is decided with the same command. */
const unclaimed = { status: 'WAITING', worker: null, dueAt: null } as const satisfies Partial<Task>

/** PENDING until the first claim. */
const active = (run: Run): RunStatus => (run.tasks.some(task => task.epoch > 0) ? 'RUNNING' : 'PENDING')

/** The first claim sets a run going. */
const begun = (run: Run): RunStatus => (run.status === 'PENDING' ? 'RUNNING' : run.status)

const ended = (at: number) => ({ worker: null, dueAt: null, waitingFor: null, endedAt: at }) satisfies Partial<Task>

/** The run with one task changed. Copies run and task once: this is where replaying a long run spends its time. */
function withTask(
  run: Run,
  event: { seq: number; data: { taskIndex: number } },
  change: (task: Task) => Partial<Task>,
  status: RunStatus = run.status,
): Run {
  const task = run.tasks[event.data.taskIndex]
  if (task === undefined)
    throw new Error(`event ${event.seq} is about task ${event.data.taskIndex}, which was never planned`)
  return {
    ...run,
    head: event.seq,
    status,
    tasks: run.tasks.with(task.index, { ...task, ...change(task), lastSeq: event.seq }),
  }
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
