/** The values that a workflow's paths stand for: `variables.repo`, `tasks.checkout.output.commit`, `item.name`. */
import type { Json } from '../json.ts'
import type { Condition } from '../workflow.ts'
import type { Run, Task } from './state.ts'

/** What a path can reach. */
type Values = Pick<Run, 'variables' | 'tasks'>

/**
 * What stands at a path; null where nothing does. Of tasks `status` and `output` can be reached, and of a fan-out
 * `elements`: the outputs of its elements in their order, null for each that did not succeed.
 */
export function valueAt(run: Values, path: string, item: Json): Json {
  const [root, ...rest] = path.split('.')
  switch (root) {
    case 'variables':
      return descend(run.variables, rest)
    case 'item':
      return descend(item, rest)
    case 'tasks': {
      const [key, field, ...inner] = rest
      const task = run.tasks.find(one => one.key === key && one.groupIndex === null)
      if (task === undefined) return null
      if (field === 'status') return task.status
      if (field === 'elements') return elementsOf(run, task)
      return field === 'output' ? descend(task.output, inner) : null
    }
    default:
      return null
  }
}

const elementsOf = ({ tasks }: Values, map: Task): Json =>
  tasks
    .filter(one => one.groupIndex === map.index && one.fromHandoffId === null)
    .map(one => (one.status === 'SUCCEEDED' ? one.output : null))

function descend(value: Json, names: readonly string[]): Json {
  let at = value
  for (const name of names) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return null
    at = (at as { readonly [key: string]: Json })[name] ?? null
  }
  return at
}

export function holds(run: Values, condition: Condition, item: Json): boolean {
  if ('all' in condition) return condition.all.every(one => holds(run, one, item))
  if ('any' in condition) return condition.any.some(one => holds(run, one, item))
  if ('not' in condition) return !holds(run, condition.not, item)
  const value = valueAt(run, condition.path, item)
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

/** The task's input with every `{"$ref": path}` replaced by what stands there now. */
export function resolveInput(run: Run, task: Task): Json {
  const resolve = (value: Json): Json => {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(resolve)
    const record = value as { readonly [key: string]: Json }
    if (typeof record.$ref === 'string') return valueAt(run, record.$ref, task.item)
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
