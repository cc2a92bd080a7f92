/** What follows from what was decided: tasks become ready, maps expand and join, conditions skip, the run comes to its end. */
import type { CommandMeta } from './commands.ts'
import { afterApproval, gateId, gatesOf, isYes, requestGate, withdrawApprovals } from './decide-approval.ts'
import { afterHandoff } from './decide-handoff.ts'
import type { Draft } from './draft.ts'
import { type PlanElement, planElements } from './elements.ts'
import { isRunEnded, isTaskEnded, type Run, type Task } from './state.ts'
import { holds, interpolate } from './values.ts'

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
  if (task.waitingFor === null) return joinMap(draft, index)
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
  const task = taskAt(draft.run, index)
  const needs = task.needs.map(need => taskAt(draft.run, need))
  if (!needs.every(need => isTaskEnded(need.status))) return
  const missing = needs.find(need => need.status !== 'SUCCEEDED')
  if (task.trigger === 'all-succeeded' && missing !== undefined) {
    return draft.emit({
      type: 'TaskSkipped',
      data: { taskIndex: index, reason: `${missing.key} ended ${missing.status}` },
    })
  }
  if (task.condition !== null && !holds(draft.run, task.condition, task.item)) {
    return draft.emit({ type: 'TaskSkipped', data: { taskIndex: index, reason: 'its condition does not hold' } })
  }
  begin(draft, task, meta)
}

function expandMap(draft: Draft, map: Task): void {
  const elements = planElements(draft.run, map)
  if ('error' in elements) {
    const { index: taskIndex, attempt, epoch } = map
    return draft.emit({ type: 'TaskFailed', data: { taskIndex, attempt, epoch, error: elements.error } })
  }
  draft.emit({ type: 'TaskExpanded', data: { taskIndex: map.index, count: elements.list.length } })
  const first = draft.run.tasks.length
  for (const element of elements.list) planElement(draft, map, element, first)
}

function planElement(draft: Draft, map: Task, { item, name, needs }: PlanElement, first: number): void {
  const { workerClass, input, retry, timeoutMs, priority, optional } = map
  draft.emit({
    type: 'TaskPlanned',
    data: {
      workerClass,
      input,
      retry,
      timeoutMs,
      priority,
      optional,
      item,
      taskIndex: draft.run.tasks.length,
      key: `${map.key}/${name}`,
      title: interpolate(map.title, item).slice(0, 4_000),
      kind: 'work',
      uses: interpolate(map.uses, item).slice(0, 200),
      needs: needs.map(position => first + position),
      trigger: 'all-succeeded',
      condition: null,
      forEach: null,
      groupIndex: map.index,
      graph: false,
      approval: null,
      back: null,
      gate: map.gate,
      budgetShare: null,
      fromHandoffId: null,
    },
  })
}

/** Fan-in: a map ends when all of its elements have ended. */
function joinMap(draft: Draft, index: number): void {
  const map = taskAt(draft.run, index)
  if (map.kind !== 'map') return
  const elements = draft.run.tasks.filter(task => task.groupIndex === index && task.fromHandoffId === null)
  if (!elements.every(task => isTaskEnded(task.status))) return
  const failed = elements.filter(task => task.status !== 'SUCCEEDED')
  const { attempt, epoch } = map
  const first = failed[0]
  if (first === undefined || map.optional) {
    const output = { count: elements.length, succeeded: elements.length - failed.length, failed: failed.length }
    return draft.emit({ type: 'TaskSucceeded', data: { taskIndex: index, attempt, epoch, output } })
  }
  const message = `${failed.length} of ${elements.length} elements did not succeed; first ${first.title}: ${first.error?.message ?? first.status}`
  const error = {
    code: 'TASK_FAILED',
    message: message.slice(0, 4_000),
    hint: first.error?.hint ?? '',
    retryable: false,
  } as const
  draft.emit({ type: 'TaskFailed', data: { taskIndex: index, attempt, epoch, error } })
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
