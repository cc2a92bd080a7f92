/** How far a run has come, counted in one way for lists, page and command line. */
import { isTaskEnded, type Task } from './state.ts'

/** An element of a map that was expanded anew since: history, and no part of what is to be done. */
export const isSuperseded = (task: Task): boolean => task.groupIndex === null && task.key.includes('/')

/** Whether a task stands for work of its own, of a run or of a part of it: an expanded map is counted by its elements. */
function counting(tasks: readonly Task[]): (task: Task) => boolean {
  const expanded = new Set<number>()
  for (const { groupIndex } of tasks) if (groupIndex !== null) expanded.add(groupIndex)
  return task => !(task.kind === 'map' && expanded.has(task.index)) && !isSuperseded(task)
}

export const countable = (tasks: readonly Task[]): Task[] => tasks.filter(counting(tasks))

export type Progress = { total: number; ended: number; failed: number; claimed: number }

export function progressOf(tasks: readonly Task[]): Progress {
  const progress: Progress = { total: 0, ended: 0, failed: 0, claimed: 0 }
  const counts = counting(tasks)
  for (const task of tasks) {
    if (!counts(task)) continue
    progress.total += 1
    if (isTaskEnded(task.status)) progress.ended += 1
    if (task.status === 'FAILED' || task.status === 'BLOCKED') progress.failed += 1
    if (task.status === 'CLAIMED') progress.claimed += 1
  }
  return progress
}
