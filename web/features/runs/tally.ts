import { countable } from '../../../domain/run/progress.ts'
import type { Task, TaskStatus } from '../../../domain/run/state.ts'
import { isTaskEnded } from '../../../domain/run/state.ts'
import type { Share } from '../../ui/progress.tsx'

export type Tally = { total: number; ended: number; running: number; failed: number; shares: readonly Share[] }

/** How far the tasks of a run, or of a group, have come. Maps are counted by their elements. */
export function tallyOf(tasks: readonly Task[]): Tally {
  const counts: Partial<Record<TaskStatus, number>> = {}
  let total = 0
  let ended = 0
  for (const task of countable(tasks)) {
    total += 1
    if (isTaskEnded(task.status)) ended += 1
    counts[task.status] = (counts[task.status] ?? 0) + 1
  }
  const of = (...statuses: TaskStatus[]) => statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
  const failed = of('FAILED', 'BLOCKED')
  const shares: Share[] = [
    { tone: 'good', count: of('SUCCEEDED'), word: 'succeeded' },
    { tone: 'bad', count: of('FAILED'), word: 'failed' },
    { tone: 'blocked', count: of('BLOCKED'), word: 'blocked' },
    { tone: 'active', count: of('CLAIMED'), word: 'running' },
    { tone: 'wait', count: of('WAITING'), word: 'waiting' },
    { tone: 'idle', count: of('SKIPPED', 'CANCELLED'), word: 'skipped' },
  ]
  return { total, ended, running: of('CLAIMED'), failed, shares }
}
