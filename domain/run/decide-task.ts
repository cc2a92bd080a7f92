/** Decisions about one task and the claim under which a worker does it. */
import { type Failure, OrreryError } from '../errors.ts'
import { existing, held, nextCall, release, stale } from './claims.ts'
import { type Command, type CommandMeta, maxLosses, type StoredArtifact } from './commands.ts'
import { acceptHandoff } from './decide-handoff.ts'
import type { Draft } from './draft.ts'
import { backoff, draw } from './retry.ts'
import { sendBack, verdictOf } from './send-back.ts'
import type { Task } from './state.ts'

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
  if (task.fromHandoffId !== null) acceptHandoff(draft, task, command.epoch)
}

export function startToolCall(draft: Draft, command: Of<'StartToolCall'>): void {
  const { call, tool, summary } = command
  draft.emit({ type: 'ToolCallStarted', data: { call, tool, summary, ...held(draft.run, command) } })
}

export function finishToolCall(draft: Draft, command: Of<'FinishToolCall'>): void {
  const { call, tool, output, exitCode, durationMs, outputHash, treeHash } = command
  const claim = held(draft.run, command)
  if (nextCall(draft.run, command) === 'recorded') return
  draft.emit({
    type: 'ToolCallFinished',
    data: { call, tool, output, exitCode, durationMs, outputHash, treeHash, ...claim },
  })
}

export function finishTask(draft: Draft, command: Of<'FinishTask'>, meta: CommandMeta): void {
  const task = existing(draft.run, command.taskIndex)
  // PLANNED again where it sent work back.
  const told =
    task.epoch === command.epoch && (task.status === 'SUCCEEDED' || (task.status === 'PLANNED' && task.round > 0))
  if (told) return
  const claim = held(draft.run, command)
  emitArtifacts(draft, task, command.artifacts)
  const low = belowGate(task, command.artifacts)
  if (low !== null) return failAttempt(draft, task, low, meta)
  const verdict = verdictOf(draft.run, task, command.output)
  if (verdict.kind === 'exhausted') {
    const message = `after ${verdict.rounds} more ${verdict.rounds === 1 ? 'round' : 'rounds'} it still is not good enough`
    const error = {
      code: 'TASK_FAILED',
      message,
      hint: 'Read what it found, then retry the task.',
      retryable: false,
    } as const
    return draft.emit({ type: 'TaskFailed', data: { ...claim, error } })
  }
  draft.emit({ type: 'TaskSucceeded', data: { output: command.output, ...claim } })
  if (verdict.kind === 'back') sendBack(draft, task, verdict)
}

/** Why the artifacts do not pass the gate of their step; null where they do. */
function belowGate({ gate }: Task, artifacts: readonly StoredArtifact[]): Failure | null {
  if (gate === null) return null
  const score = artifacts.findLast(({ kind }) => kind === gate.kind)?.score ?? null
  if (score !== null && score >= gate.minScore) return null
  const message = `its ${gate.kind} scores ${score ?? 'nothing'}, and ${gate.minScore} is asked for`
  return { code: 'TASK_FAILED', message, hint: 'The parts of the score say what is missing.', retryable: true }
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
  if (!error.retryable || attempt - task.attemptBase >= task.retry.maxAttempts) {
    return draft.emit({ type: 'TaskFailed', data: { taskIndex, attempt, epoch, error } })
  }
  const dueAt = meta.now + backoff(task.retry, attempt - task.attemptBase, draw(meta.seed, taskIndex))
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

function emitArtifacts(draft: Draft, task: Task, artifacts: readonly StoredArtifact[]): void {
  for (const artifact of artifacts) {
    const made = { score: null, scoreParts: null, simulated: false, ...artifact }
    draft.emit({ type: 'ArtifactCreated', data: { ...made, taskIndex: task.index, attempt: task.attempt } })
  }
}
