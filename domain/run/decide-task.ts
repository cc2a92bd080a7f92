/** Decisions about one task and the claim under which a worker does it. */
import { type Failure, OrreryError } from '../errors.ts'
import { type Command, type CommandMeta, maxLosses, type StoredArtifact } from './commands.ts'
import type { Draft } from './draft.ts'
import { backoff, draw } from './retry.ts'
import { isRunEnded, type Run, type Task } from './state.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

export function claimTask(draft: Draft, command: Of<'ClaimTask'>, meta: CommandMeta): void {
  const { run } = draft
  const task = existing(run, command.taskIndex)
  if (task.status === 'CLAIMED' && task.epoch === command.epoch && task.worker === command.worker) return
  if (run.status !== 'PENDING' && run.status !== 'RUNNING')
    throw new OrreryError('CONFLICT', `the run is ${run.status}: nothing new is begun in it`)
  if (task.status !== 'READY' || task.epoch + 1 !== command.epoch) throw stale(task, command.epoch)
  if (task.kind !== 'work')
    throw new OrreryError('CONFLICT', `task ${task.index} is a ${task.kind}: it is decided, not worked on`)
  const claimed = run.tasks.reduce((sum, one) => sum + (one.status === 'CLAIMED' ? 1 : 0), 0)
  if (claimed >= run.maxParallel)
    throw new OrreryError('LIMIT_REACHED', `${claimed} tasks of this run are at work, and ${run.maxParallel} may be`, {
      retryable: true,
    })
  draft.emit({
    type: 'TaskClaimed',
    data: {
      taskIndex: task.index,
      attempt: task.attempt,
      epoch: command.epoch,
      worker: command.worker,
      dueAt: meta.now + task.timeoutMs,
    },
  })
}

export function startToolCall(draft: Draft, command: Of<'StartToolCall'>): void {
  const { call, tool, summary } = command
  draft.emit({ type: 'ToolCallStarted', data: { ...held(draft.run, command), call, tool, summary } })
}

export function finishToolCall(draft: Draft, command: Of<'FinishToolCall'>): void {
  const { call, tool, output, exitCode, durationMs, outputHash, treeHash } = command
  const claim = held(draft.run, command)
  const task = existing(draft.run, command.taskIndex)
  if (call < task.calls) return
  if (call > task.calls)
    throw new OrreryError('CONFLICT', `call ${call} of task ${task.index} comes before call ${task.calls}`)
  draft.emit({
    type: 'ToolCallFinished',
    data: { ...claim, call, tool, output, exitCode, durationMs, outputHash, treeHash },
  })
}

export function finishTask(draft: Draft, command: Of<'FinishTask'>): void {
  const task = existing(draft.run, command.taskIndex)
  if (task.status === 'SUCCEEDED' && task.epoch === command.epoch) return
  const claim = held(draft.run, command)
  emitArtifacts(draft, task, command.artifacts)
  draft.emit({ type: 'TaskSucceeded', data: { ...claim, output: command.output } })
}

export function failTask(draft: Draft, command: Of<'FailTask'>, meta: CommandMeta): void {
  const task = existing(draft.run, command.taskIndex)
  const told = task.epoch === command.epoch && ['FAILED', 'BLOCKED', 'WAITING'].includes(task.status)
  if (told) return
  const claim = held(draft.run, command)
  emitArtifacts(draft, task, command.artifacts)
  if (command.blocked) return draft.emit({ type: 'TaskBlocked', data: { ...claim, error: command.failure } })
  failAttempt(draft, task, command.failure, meta)
}

/** Another try where the policy has one left and the failure allows it; otherwise the end of the task. */
export function failAttempt(draft: Draft, task: Task, error: Failure, meta: CommandMeta): void {
  const { index: taskIndex, attempt, epoch } = task
  if (!error.retryable || attempt >= task.retry.maxAttempts) {
    return draft.emit({ type: 'TaskFailed', data: { taskIndex, attempt, epoch, error } })
  }
  const dueAt = meta.now + backoff(task.retry, attempt, draw(meta.seed, taskIndex))
  draft.emit(
    { type: 'TaskAttemptFailed', data: { taskIndex, attempt, epoch, error } },
    { type: 'RetryScheduled', data: { taskIndex, attempt: attempt + 1, dueAt } },
  )
}

export function releaseTask(draft: Draft, command: Of<'ReleaseTask'>): void {
  const task = existing(draft.run, command.taskIndex)
  if (task.status === 'READY' && task.epoch === command.epoch) return
  release(draft, held(draft.run, command), command.reason)
}

/** Back among the ready ones, with the attempt that it had. */
export function release(
  draft: Draft,
  claim: { taskIndex: number; attempt: number; epoch: number },
  reason: string,
): void {
  const { taskIndex, attempt } = claim
  draft.emit({ type: 'TaskReleased', data: { ...claim, reason } }, { type: 'TaskReady', data: { taskIndex, attempt } })
}

/** Whoever comes second, or too late, decides nothing. */
export function expireLease(draft: Draft, command: Of<'ExpireLease'>): void {
  const task = existing(draft.run, command.taskIndex)
  if (task.status !== 'CLAIMED' || task.epoch !== command.epoch) return
  const { index: taskIndex, attempt, epoch } = task
  draft.emit({ type: 'LeaseExpired', data: { taskIndex, attempt, epoch, worker: task.worker ?? 'unknown' } })
  if (task.losses + 1 < maxLosses) return draft.emit({ type: 'TaskReady', data: { taskIndex, attempt } })
  const message = `${maxLosses} workers in a row were lost while they did this task`
  const hint = 'Look at the workers’ memory and logs, then retry the task.'
  draft.emit({
    type: 'TaskFailed',
    data: { taskIndex, attempt, epoch, error: { code: 'WORKER_LOST', message, hint, retryable: false } },
  })
}

/** The claim that a worker still holds. Throws STALE_EPOCH where it does not. */
function held(
  run: Run,
  command: { taskIndex: number; epoch: number },
): { taskIndex: number; attempt: number; epoch: number } {
  const task = existing(run, command.taskIndex)
  if (isRunEnded(run.status) || task.status !== 'CLAIMED' || task.epoch !== command.epoch)
    throw stale(task, command.epoch)
  return { taskIndex: task.index, attempt: task.attempt, epoch: task.epoch }
}

function emitArtifacts(draft: Draft, task: Task, artifacts: readonly StoredArtifact[]): void {
  for (const artifact of artifacts) {
    draft.emit({ type: 'ArtifactCreated', data: { ...artifact, taskIndex: task.index, attempt: task.attempt } })
  }
}

/** Throws NOT_FOUND. */
export function existing(run: Run, taskIndex: number): Task {
  const task = run.tasks[taskIndex]
  if (task === undefined) throw new OrreryError('NOT_FOUND', `run ${run.id} has no task ${taskIndex}`)
  return task
}

const stale = (task: Task, epoch: number): OrreryError =>
  new OrreryError(
    'STALE_EPOCH',
    `epoch ${epoch} of task ${task.index} is not valid: the task is ${task.status} at epoch ${task.epoch}`,
  )
