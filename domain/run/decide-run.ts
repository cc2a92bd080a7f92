/** Decisions about a run as a whole: what people ask of it. */
import { OrreryError } from '../errors.ts'
import { existing, release } from './claims.ts'
import type { CommandMeta } from './commands.ts'
import type { Draft } from './draft.ts'
import { withDescendants } from './plan.ts'
import { cancelTasks, resetTask } from './reset.ts'
import { isRunEnded, isTaskEnded, type Run } from './state.ts'

export function pauseRun(draft: Draft, reason: string): void {
  if (draft.run.status === 'PAUSED') return
  refuseEnded(draft.run, 'paused')
  draft.emit({ type: 'RunPaused', data: { reason } })
}

export function resumeRun(draft: Draft, reason: string): void {
  refuseEnded(draft.run, 'resumed')
  if (draft.run.status === 'PAUSED') draft.emit({ type: 'RunResumed', data: { reason } })
}

export function cancelRun(draft: Draft, reason: string): void {
  if (draft.run.status === 'CANCELLED') return
  refuseEnded(draft.run, 'cancelled')
  cancelTasks(draft, draft.run.tasks, reason)
  draft.emit({ type: 'RunCancelled', data: { reason } })
}

/** Frees what seems to hang: claims are voided, waits are cut short. What is done stays done. */
export function resetRun(draft: Draft, reason: string): void {
  refuseEnded(draft.run, 'reset')
  draft.emit({ type: 'RunReset', data: { reason } })
  for (const task of draft.run.tasks) {
    const { index: taskIndex, attempt, epoch } = task
    if (task.status === 'CLAIMED') release(draft, { taskIndex, attempt, epoch }, reason)
    else if (task.status === 'WAITING' && task.kind === 'work' && task.waitingFor === null)
      draft.emit({ type: 'TaskReady', data: { taskIndex, attempt: attempt + 1 } })
  }
}

/** Does a task again, and everything that built on it. */
export function retryTask(draft: Draft, taskIndex: number, reason: string, meta: CommandMeta): void {
  const { run } = draft
  const task = existing(run, taskIndex)
  if (!isTaskEnded(task.status))
    throw new OrreryError('CONFLICT', `task ${taskIndex} is ${task.status}: only what has ended can be retried`)
  if (task.fromHandoffId !== null) {
    const giver = task.groupIndex
    throw new OrreryError('CONFLICT', `task ${taskIndex} was handed over by task ${giver}: retry that one instead`)
  }
  const unmet = task.needs.map(need => existing(run, need)).find(need => need.status !== 'SUCCEEDED')
  if (unmet !== undefined && task.trigger === 'all-succeeded') {
    throw new OrreryError(
      'CONFLICT',
      `task ${taskIndex} needs ${unmet.key}, which is ${unmet.status}: retry task ${unmet.index} instead`,
    )
  }
  if (isRunEnded(run.status)) {
    const allowance = run.dueAt === null ? null : run.dueAt - run.startedAt
    draft.emit({ type: 'RunReopened', data: { reason, dueAt: allowance === null ? null : meta.now + allowance } })
  }
  const map = task.groupIndex
  const roots = map === null ? [taskIndex] : [map]
  for (const index of withDescendants(
    run.tasks.map(one => one.needs),
    roots,
  ))
    resetTask(draft, index, map === index, reason)
  if (map === null) return
  // Of a plan's elements, those that build on it are done again as well; and one that was contested from its field on.
  const graph = run.tasks.map(one => (one.groupIndex === map ? one.needs : []))
  const helpers = run.tasks.filter(one => one.groupIndex === map && one.key.startsWith(`${task.key}/`))
  const again = [taskIndex, ...helpers.map(({ index }) => index)]
  for (const index of withDescendants(graph, again)) resetTask(draft, index, false, reason)
}

function refuseEnded(run: Run, verb: string): void {
  if (isRunEnded(run.status)) throw new OrreryError('CONFLICT', `the run is ${run.status} and cannot be ${verb}`)
}
