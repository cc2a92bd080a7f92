/** Dynamic fan-out: a map becomes a task for each element of its list, and ends when all of them have. */
import { type Choosing, planContest } from './contest.ts'
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
  const { list } = elements
  draft.emit({ type: 'TaskExpanded', data: { taskIndex: map.index, count: list.length } })
  // Helpers come first, so that elements stand one after the other, where those that need them look.
  const helpers = list.reduce((sum, { candidates }) => sum + helpersFor(candidates), 0)
  const first = draft.run.tasks.length + helpers
  const needsOf = ({ needs }: PlanElement) => needs.map(position => first + position)
  const contests = list.map(element =>
    element.candidates === 0 ? null : planContest(draft, map, { ...element, needs: needsOf(element) }),
  )
  for (const [position, element] of list.entries())
    planElement(draft, map, { ...element, needs: needsOf(element) }, contests[position] ?? {})
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
  // Where an element was contested, the helper without which it could not be is what failed first.
  const first = members.find(task => task.status !== 'SUCCEEDED' && !task.optional)
  const why = `first ${first?.title}: ${first?.error?.message ?? first?.status}`
  const message = `${lost.length} of ${elements.length} elements did not succeed; ${why}`
  const error = {
    code: 'TASK_FAILED',
    message: message.slice(0, 4_000),
    hint: first?.error?.hint ?? '',
    retryable: false,
  } as const
  draft.emit({ type: 'TaskFailed', data: { taskIndex, attempt, epoch, error } })
}
