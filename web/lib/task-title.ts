import type { Task } from '../../domain/run/state.ts'

/** A map is titled as its elements are; without the place of the element it names them all. */
export function titleOf(task: Task): string {
  if (task.kind !== 'map') return task.title
  const words = task.title.replace(/[\s:–-]*\{item[^}]*\}/g, '') || task.key.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Of a task by its index; empty where there is none. */
export function titleAt(tasks: readonly Task[], index: number | null): string {
  const task = index === null ? undefined : tasks[index]
  return task === undefined ? '' : titleOf(task)
}

/** Of an element below its map: what the map says already is left out, so that `Analyse: lint` reads `Lint`. */
export function elementTitle(element: Task, map: Task): string {
  const before = titleOf(map)
  const rest = element.title.startsWith(before) ? element.title.slice(before.length).replace(/^[\s:–-]+/, '') : ''
  return rest === '' ? element.title : rest.charAt(0).toUpperCase() + rest.slice(1)
}
