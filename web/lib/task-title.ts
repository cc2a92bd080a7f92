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
