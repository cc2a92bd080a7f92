/** The values that a workflow's paths stand for: `variables.repo`, `tasks.checkout.output.commit`, `item.name`, `needs.0.output`. */
import type { Json } from '../json.ts'
import type { Condition } from '../workflow.ts'
import type { Run, Task } from './state.ts'

/** What a path can reach. */
type Values = Pick<Run, 'variables' | 'tasks'>
/** Who asks: its element of a list, and the tasks that it needs, which have no other name where they were planned in a run. */
type Place = Pick<Task, 'item' | 'needs'>

/** Where no task asks. */
const nowhere: Place = { item: null, needs: [] }

/**
 * What stands at a path; null where nothing does. Of tasks `status` and `output` can be reached, and of a fan-out
 * `elements`: the outputs of its elements in their order, null for each that did not succeed.
 */
export function valueAt(run: Values, path: string, { item, needs }: Place = nowhere): Json {
  const [root, ...rest] = path.split('.')
  switch (root) {
    case 'variables':
      return descend(run.variables, rest)
    case 'item':
      return descend(item, rest)
    case 'tasks': {
      const [key, field, ...inner] = rest
      const task = run.tasks.find(one => one.key === key && one.groupIndex === null)
      return task === undefined ? null : ofTask(run, task, [field, ...inner])
    }
    case 'needs': {
      const [place, ...inner] = rest
      const task = run.tasks[needs[Number(place)] ?? -1]
      return task === undefined ? null : ofTask(run, task, inner)
    }
    default:
      return null
  }
}

function ofTask(run: Values, task: Task, [field, ...inner]: readonly (string | undefined)[]): Json {
  if (field === 'status') return task.status
  if (field === 'elements') return elementsOf(run, task)
  return field === 'output'
    ? descend(
        task.output,
        inner.flatMap(name => name ?? []),
      )
    : null
}

const elementsOf = ({ tasks }: Values, map: Task): Json =>
  tasks.filter(one => isElement(map, one)).map(one => (one.status === 'SUCCEEDED' ? one.output : null))

/** Whether a task stands for an element of the map: of a plan, helpers of a step that is contested are part of it as well. */
export const isElement = (map: Task, { groupIndex, fromHandoffId, item }: Task): boolean =>
  groupIndex === map.index && fromHandoffId === null && !(map.graph && item === null)

function descend(value: Json, names: readonly string[]): Json {
  let at = value
  for (const name of names) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return null
    at = (at as { readonly [key: string]: Json })[name] ?? null
  }
  return at
}

export function holds(run: Values, condition: Condition, place: Place = nowhere): boolean {
  if ('all' in condition) return condition.all.every(one => holds(run, one, place))
  if ('any' in condition) return condition.any.some(one => holds(run, one, place))
  if ('not' in condition) return !holds(run, condition.not, place)
  const value = valueAt(run, condition.path, place)
  switch (condition.op) {
    case 'exists':
      return value !== null
    case 'equals':
      return JSON.stringify(value) === JSON.stringify(condition.value)
    case 'contains':
      return (
        (Array.isArray(value) || typeof value === 'string') &&
        (value as { includes(part: Json): boolean }).includes(condition.value)
      )
    case 'greater':
      return typeof value === 'number' && typeof condition.value === 'number' && value > condition.value
    case 'less':
      return typeof value === 'number' && typeof condition.value === 'number' && value < condition.value
  }
}

/** The input with every reference to the element replaced by what stands in it: for a task that does not carry the element. */
export function bindItem(value: Json, item: Json): Json {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(one => bindItem(one, item))
  const record = value as { readonly [key: string]: Json }
  const path = typeof record.$ref === 'string' ? record.$ref.split('.') : []
  if (path[0] === 'item') return descend(item, path.slice(1))
  return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, bindItem(inner, item)]))
}

/** The task's input with every `{"$ref": path}` replaced by what stands there now. */
export function resolveInput(run: Run, task: Task): Json {
  const resolve = (value: Json): Json => {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(resolve)
    const record = value as { readonly [key: string]: Json }
    if (typeof record.$ref === 'string') return valueAt(run, record.$ref, task)
    return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, resolve(inner)]))
  }
  return resolve(task.input)
}

/** `{item}` and `{item.name}` in a text, replaced by the element. */
export function interpolate(text: string, item: Json): string {
  return text.replace(/\{item((?:\.[\w-]+)*)\}/g, (_, path: string) => {
    const value = descend(
      item,
      path.split('.').filter(name => name !== ''),
    )
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
}
