import { useShortcuts } from './hooks.ts'
import { useSelectedTask, useSelectTask } from './run-selection.ts'

/** `j` and `k` walk through the tasks, in the order in which they stand. */
export function useTaskKeys(order: readonly number[]): void {
  const selected = useSelectedTask()
  const select = useSelectTask()
  const move = (step: number) => {
    const place = selected === null ? (step > 0 ? -1 : order.length) : order.indexOf(selected)
    const next = order[Math.min(order.length - 1, Math.max(0, place + step))]
    if (next !== undefined && next !== selected) select(next)
  }
  useShortcuts([
    { keys: 'j', title: 'Next task', group: 'Run', run: () => move(1) },
    { keys: 'k', title: 'Previous task', group: 'Run', run: () => move(-1) },
  ])
}
