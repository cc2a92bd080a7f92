import { countable, type Progress, progressOf } from '../../domain/run/progress.ts'
import type { Task, TaskStatus } from '../../domain/run/state.ts'
import type { Share } from '../ui/progress.tsx'

export type Tally = Progress & { shares: readonly Share[] }

const parts: readonly [Share['tone'], string, readonly TaskStatus[]][] = [
  ['good', 'succeeded', ['SUCCEEDED']],
  ['bad', 'failed', ['FAILED']],
  ['blocked', 'blocked', ['BLOCKED']],
  ['active', 'running', ['CLAIMED']],
  ['wait', 'waiting', ['WAITING']],
  ['idle', 'skipped or cancelled', ['SKIPPED', 'CANCELLED']],
]

/** How far the tasks of a run, or of a group, have come, and how many are in which state. Maps are counted by their elements. */
export function tallyOf(tasks: readonly Task[]): Tally {
  const counts: Partial<Record<TaskStatus, number>> = {}
  for (const { status } of countable(tasks)) counts[status] = (counts[status] ?? 0) + 1
  const shares = parts.map(([tone, word, statuses]) => ({
    tone,
    word,
    count: statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0),
  }))
  return { ...progressOf(tasks), shares }
}
