import type { Task } from '../../domain/run/state.ts'

/** A map is titled as its elements are; without the place of the element it names them all. */
export function titleOf(task: Task): string {
  if (task.kind !== 'map') return task.title
  return task.title.replace(/[\s:–-]*\{item[^}]*\}/g, '') || inWords(task.key)
}

/** `dead-code` → `Dead code`. */
const inWords = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1).replaceAll('-', ' ')

/** Of a task by its index; empty where there is none. */
export function titleAt(tasks: readonly Task[], index: number | null): string {
  const task = index === null ? undefined : tasks[index]
  return task === undefined ? '' : titleOf(task)
}

/** Of an element below its map: what the map says already is left out, so that `Analyse: dead-code` reads `Dead code`. */
export function elementTitle(element: Task, map: Task): string {
  const before = titleOf(map)
  const rest = element.title.startsWith(before) ? element.title.slice(before.length).replace(/^[\s:–-]+/, '') : ''
  if (rest === '') return element.title
  // Only what is a key is put into words: `node:test` and `src/index.ts` are names and stay as they are.
  return /^[a-z]+(-[a-z]+)*$/.test(rest) ? inWords(rest) : rest
}
