/** Ends tasks that have not ended, and lets ended ones begin again. */
import { existing } from './claims.ts'
import { withdrawApprovals } from './decide-approval.ts'
import type { Draft } from './draft.ts'
import { isTaskEnded, type Task } from './state.ts'

export function cancelTasks(draft: Draft, tasks: readonly Task[], reason: string): void {
  for (const task of tasks) {
    if (!isTaskEnded(task.status)) draft.emit({ type: 'TaskCancelled', data: { taskIndex: task.index, reason } })
  }
  withdrawApprovals(draft, reason)
}

export function resetTask(draft: Draft, taskIndex: number, expanded: boolean, reason: string): void {
  const task = existing(draft.run, taskIndex)
  if (task.status === 'PLANNED') return
  if (task.kind === 'map' && !expanded) {
    cancelTasks(
      draft,
      draft.run.tasks.filter(one => one.groupIndex === taskIndex),
      reason,
    )
  }
  draft.emit({ type: 'TaskReset', data: { taskIndex, expanded, reason } })
}
