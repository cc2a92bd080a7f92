/** How far a run has come, counted in one way for lists, page and command line. */
import { isTaskEnded, type Task } from './state.ts'

/** An element of a map that was expanded anew since: history, and no part of what is to be done. */
export const isSuperseded = (task: Task): boolean => task.groupIndex === null && task.key.includes('/')

/** Tasks that stand for work of their own, of a run or of a part of it: an expanded map is counted by its elements. */
export function countable(tasks: readonly Task[]): Task[] {
  const expanded = new Set(tasks.map(task => task.groupIndex))
  return tasks.filter(task => !isSuperseded(task) && !(task.kind === 'map' && expanded.has(task.index)))
}

export type Progress = { total: number; ended: number; failed: number; claimed: number }

export function progressOf(tasks: readonly Task[]): Progress {
  const progress: Progress = { total: 0, ended: 0, failed: 0, claimed: 0 }
  for (const task of countable(tasks)) {
    progress.total += 1
    if (isTaskEnded(task.status)) progress.ended += 1
    if (task.status === 'FAILED' || task.status === 'BLOCKED') progress.failed += 1
    if (task.status === 'CLAIMED') progress.claimed += 1
  }
  return progress
}
