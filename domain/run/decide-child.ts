/** Decisions about a task that is a run of its own. */
import { type Failure, OrreryError } from '../errors.ts'
import { existing } from './claims.ts'
import type { Command } from './commands.ts'
import type { Draft } from './draft.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

export function startChild(draft: Draft, command: Of<'StartChild'>): void {
  const { run } = draft
  const task = existing(run, command.taskIndex)
  if (task.childRunId === command.childRunId) return
  if (run.status !== 'PENDING' && run.status !== 'RUNNING')
    throw new OrreryError('CONFLICT', `the run is ${run.status}: nothing new is begun in it`)
  if (task.kind !== 'run' || task.status !== 'READY' || task.epoch + 1 !== command.epoch) {
    throw new OrreryError(
      'STALE_EPOCH',
      `task ${task.index} is ${task.status} at epoch ${task.epoch}: it takes no sub-run for epoch ${command.epoch}`,
    )
  }
  draft.emit({
    type: 'ChildRunStarted',
    data: { taskIndex: task.index, attempt: task.attempt, epoch: command.epoch, childRunId: command.childRunId },
  })
}

/** The sub-run came to its end. One that the task no longer waits for decides nothing. */
export function finishChild(draft: Draft, command: Of<'FinishChild'>): void {
  const task = existing(draft.run, command.taskIndex)
  if (task.status !== 'WAITING' || task.childRunId !== command.childRunId) return
  const { index: taskIndex, attempt, epoch } = task
  if (command.status === 'SUCCEEDED') {
    return draft.emit({
      type: 'TaskSucceeded',
      data: { taskIndex, attempt, epoch, output: { runId: command.childRunId, status: command.status } },
    })
  }
  const error: Failure = command.failure ?? {
    code: 'TASK_FAILED',
    message: `the sub-run ended ${command.status}`,
    hint: '',
    retryable: false,
  }
  draft.emit({ type: 'TaskFailed', data: { taskIndex, attempt, epoch, error: { ...error, retryable: false } } })
}
