/** What follows from what was decided: tasks become ready, maps expand and join, conditions skip, the run comes to its end. */
import type { CommandMeta } from './commands.ts'
import { afterApproval, gateId, gatesOf, isYes, requestGate, withdrawApprovals } from './decide-approval.ts'
import { afterHandoff } from './decide-handoff.ts'
import type { Draft } from './draft.ts'
import { expandMap, joinMap } from './expand.ts'
import { isRunEnded, isTaskEnded, type Run, type Task } from './state.ts'
import { holds } from './values.ts'

/** Emits every consequence until nothing more follows. */
export function advance(draft: Draft, meta: CommandMeta): void {
  let before: number
  do {
    before = draft.events.length
    // Elements that a map adds in this round are met in the next one.
    for (const { index, status } of draft.run.tasks) {
      if (status === 'PLANNED') advancePlanned(draft, index, meta)
      else if (status === 'WAITING') advanceWaiting(draft, index, meta)
    }
  } while (draft.events.length > before)
  withdrawApprovals(draft, 'nobody waits for it any more')
  finishRun(draft)
}

/** Someone whom it waited for may be done: people, another task, or its own elements. */
function advanceWaiting(draft: Draft, index: number, meta: CommandMeta): void {
  const task = taskAt(draft.run, index)
  if (task.waitingFor === null) return joinMap(draft, task)
  if (task.waitingFor.approvalId === null) return afterHandoff(draft, task)
  const approval = draft.run.approvals.find(one => one.id === task.waitingFor?.approvalId)
  // Of several gates before a start, the next one is asked at when this one is open.
  if (approval?.before && isYes(approval)) return begin(draft, task, meta)
  afterApproval(draft, task)
}

/** Past its gates, a task is ready, expands, or waits at the next gate. */
function begin(draft: Draft, task: Task, meta: CommandMeta): void {
  const { run } = draft
  const closed = gatesOf(run, task).find(gate => {
    const approval = run.approvals.find(one => one.id === gateId(run, task, gate))
    return approval === undefined || !isYes(approval)
  })
  if (closed !== undefined) return requestGate(draft, task, closed, meta)
  if (task.kind === 'map') return expandMap(draft, task)
  const attempt = task.resumes ? task.attempt : task.attempt + 1
  draft.emit({ type: 'TaskReady', data: { taskIndex: task.index, attempt } })
}

function advancePlanned(draft: Draft, index: number, meta: CommandMeta): void {
  const { run } = draft
  const task = taskAt(run, index)
  // Most of a large graph waits, and is walked with every decision: nothing is made for it.
  if (!task.needs.every(need => isTaskEnded(taskAt(run, need).status))) return
  const missing = task.needs.map(need => taskAt(run, need)).find(need => need.status !== 'SUCCEEDED')
  if (task.trigger === 'all-succeeded' && missing !== undefined) {
    return draft.emit({
      type: 'TaskSkipped',
      data: { taskIndex: index, reason: `${missing.key} ended ${missing.status}` },
    })
  }
  if (task.condition !== null && !holds(run, task.condition, task)) {
    return draft.emit({ type: 'TaskSkipped', data: { taskIndex: index, reason: 'its condition does not hold' } })
  }
  begin(draft, task, meta)
}

function finishRun(draft: Draft): void {
  const { run } = draft
  if (isRunEnded(run.status) || !run.tasks.every(task => isTaskEnded(task.status))) return
  const failed = run.tasks.find(
    task => !task.optional && task.groupIndex === null && (task.status === 'FAILED' || task.status === 'BLOCKED'),
  )
  if (failed === undefined) return draft.emit({ type: 'RunSucceeded', data: {} })
  const cause = failed.error ?? { message: failed.status, hint: '' }
  const error = {
    code: 'TASK_FAILED',
    // The title of a map is a template for those of its elements.
    message: `${failed.kind === 'map' ? failed.key : failed.title}: ${cause.message}`.slice(0, 4_000),
    hint: cause.hint,
    retryable: false,
  } as const
  draft.emit({ type: 'RunFailed', data: { error } })
}

export function taskAt(run: Run, index: number): Task {
  const task = run.tasks[index]
  if (task === undefined) throw new Error(`task ${index} is not planned`)
  return task
}
