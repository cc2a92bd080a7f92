/** Dynamic fan-out: a map becomes a task for each element of its list, and ends when all of them have. */
import { type Choosing, choosing, planHelpers, type Seats, seatsFrom } from './contest.ts'
import type { Draft } from './draft.ts'
import { helpersFor, type PlanElement, planElements } from './elements.ts'
import { isTaskEnded, type Task } from './state.ts'
import { interpolate, isElement } from './values.ts'

export function expandMap(draft: Draft, map: Task): void {
  const elements = planElements(draft.run, map)
  if ('error' in elements) {
    const { index: taskIndex, attempt, epoch } = map
    return draft.emit({ type: 'TaskFailed', data: { taskIndex, attempt, epoch, error: elements.error } })
  }
  draft.emit({ type: 'TaskExpanded', data: { taskIndex: map.index, count: elements.list.length } })
  const placed = place(elements.list, draft.run.tasks.length)
  for (const { element, seats } of placed) planElement(draft, map, element, seats === null ? {} : choosing(seats))
  for (const { element, seats } of placed) if (seats !== null) planHelpers(draft, map, element, seats)
}

/** Elements stand one after the other from `first` on, so that their needs are indices; helpers of those that are contested follow. */
function place(list: readonly PlanElement[], first: number): { element: PlanElement; seats: Seats | null }[] {
  let next = first + list.length
  return list.map(element => {
    const seats = element.candidates === 0 ? null : seatsFrom(next, element.candidates)
    next += helpersFor(element.candidates)
    return { element: { ...element, needs: element.needs.map(position => first + position) }, seats }
  })
}

/** `instead`: what is different where the element is contested. */
function planElement(draft: Draft, map: Task, { item, name, needs }: PlanElement, instead: Partial<Choosing>): void {
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
      needs: [...needs],
      taskIndex: draft.run.tasks.length,
      key: `${map.key}/${name}`,
      title: interpolate(map.title, item).slice(0, 4_000),
      kind: 'work',
      uses: interpolate(map.uses, item).slice(0, 200),
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
      ...instead,
    },
  })
}

/** Fan-in: a map ends when all of its elements have ended. */
export function joinMap(draft: Draft, map: Task): void {
  if (map.kind !== 'map') return
  const members = draft.run.tasks.filter(task => task.groupIndex === map.index && task.fromHandoffId === null)
  if (!members.every(task => isTaskEnded(task.status))) return
  const elements = members.filter(task => isElement(map, task))
  const lost = elements.filter(task => task.status !== 'SUCCEEDED')
  const { index: taskIndex, attempt, epoch } = map
  if (lost.length === 0 || map.optional) {
    const output = { count: elements.length, succeeded: elements.length - lost.length, failed: lost.length }
    return draft.emit({ type: 'TaskSucceeded', data: { taskIndex, attempt, epoch, output } })
  }
  const first = lost[0]
  // One that was contested is skipped where its field could not be opened: that is why.
  const field = members.find(task => first?.error === null && task.key === `${first.key}/field`)
  const cause = field?.error ?? first?.error
  const why = `first ${first?.title}: ${cause?.message ?? first?.status}`
  const message = `${lost.length} of ${elements.length} elements did not succeed; ${why}`
  const error = {
    code: 'TASK_FAILED',
    message: message.slice(0, 4_000),
    hint: cause?.hint ?? '',
    retryable: false,
  } as const
  draft.emit({ type: 'TaskFailed', data: { taskIndex, attempt, epoch, error } })
}
