/** What follows from what was decided: tasks become ready, maps expand and join, conditions skip, the run comes to its end. */
import type { Json } from '../json.ts'
import { maxFanOut } from './commands.ts'
import type { Draft } from './draft.ts'
import { isRunEnded, isTaskEnded, type Run, type Task } from './state.ts'
import { holds, interpolate, valueAt } from './values.ts'

/** Emits every consequence until nothing more follows. */
export function advance(draft: Draft): void {
  let before: number
  do {
    before = draft.events.length
    // Elements that a map adds in this round are met in the next one.
    for (const { index, status } of draft.run.tasks) {
      if (status === 'PLANNED') advancePlanned(draft, index)
      else if (status === 'WAITING') joinMap(draft, index)
    }
  } while (draft.events.length > before)
  finishRun(draft)
}

function advancePlanned(draft: Draft, index: number): void {
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
  if (task.kind === 'map') return expandMap(draft, task)
  draft.emit({ type: 'TaskReady', data: { taskIndex: index, attempt: task.attempt + 1 } })
}

function expandMap(draft: Draft, map: Task): void {
  const list = valueAt(draft.run, map.forEach ?? '', map.item)
  if (!Array.isArray(list) || list.length > maxFanOut) {
    const message = Array.isArray(list)
      ? `${map.forEach} holds ${list.length} elements; a fan-out takes at most ${maxFanOut}`
      : `${map.forEach} holds no list to fan out over`
    const error = {
      code: Array.isArray(list) ? 'LIMIT_EXCEEDED' : 'BAD_INPUT',
      message,
      hint: '',
      retryable: false,
    } as const
    return draft.emit({
      type: 'TaskFailed',
      data: { taskIndex: map.index, attempt: map.attempt, epoch: map.epoch, error },
    })
  }
  draft.emit({ type: 'TaskExpanded', data: { taskIndex: map.index, count: list.length } })
  for (const [position, item] of (list as readonly Json[]).entries()) planElement(draft, map, item, position)
}

function planElement(draft: Draft, map: Task, item: Json, position: number): void {
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
      key: `${map.key}/${position}`,
      title: interpolate(map.title, item).slice(0, 4_000),
      kind: 'work',
      uses: interpolate(map.uses, item).slice(0, 200),
      needs: [],
      trigger: 'all-succeeded',
      condition: null,
      forEach: null,
      groupIndex: map.index,
    },
  })
}

/** Fan-in: a map ends when all of its elements have ended. */
function joinMap(draft: Draft, index: number): void {
  const map = taskAt(draft.run, index)
  if (map.kind !== 'map') return
  const elements = draft.run.tasks.filter(task => task.groupIndex === index)
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
    message: `${failed.title}: ${cause.message}`.slice(0, 4_000),
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
