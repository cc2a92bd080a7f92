/** The claim under which a worker does a task, and its journal: what every command of a worker is checked against. */
import { OrreryError } from '../errors.ts'
import type { Draft } from './draft.ts'
import { isRunEnded, type Run, type Task } from './state.ts'

export type Claimed = { taskIndex: number; attempt: number; epoch: number }

/** The claim that a worker still holds. Throws STALE_EPOCH where it does not. */
export function held(run: Run, command: { taskIndex: number; epoch: number }): Claimed {
  const task = existing(run, command.taskIndex)
  if (isRunEnded(run.status) || task.status !== 'CLAIMED' || task.epoch !== command.epoch)
    throw stale(task, command.epoch)
  return { taskIndex: task.index, attempt: task.attempt, epoch: task.epoch }
}

/** Throws NOT_FOUND. */
export function existing(run: Run, taskIndex: number): Task {
  const task = run.tasks[taskIndex]
  if (task === undefined) throw new OrreryError('NOT_FOUND', `run ${run.id} has no task ${taskIndex}`)
  return task
}

/** Whether the journal has this call already. Throws CONFLICT where an earlier one is missing. */
export function nextCall(run: Run, { taskIndex, call }: { taskIndex: number; call: number }): 'recorded' | 'next' {
  const { calls } = existing(run, taskIndex)
  if (call > calls) throw new OrreryError('CONFLICT', `call ${call} of task ${taskIndex} comes before call ${calls}`)
  return call < calls ? 'recorded' : 'next'
}

/** Back among the ready ones, with the attempt that it had. */
export function release(draft: Draft, claim: Claimed, reason: string): void {
  const { taskIndex, attempt } = claim
  draft.emit({ type: 'TaskReleased', data: { ...claim, reason } }, { type: 'TaskReady', data: { taskIndex, attempt } })
}

export const stale = (task: Task, epoch: number): OrreryError =>
  new OrreryError(
    'STALE_EPOCH',
    `epoch ${epoch} of task ${task.index} is not valid: the task is ${task.status} at epoch ${task.epoch}`,
  )
