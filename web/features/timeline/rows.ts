/** The rows of the timeline: the outline of the tasks, and below those that are opened each of their calls. */
import type { OutlineRow } from '../../lib/outline.ts'

export type Row =
  | {
      readonly kind: 'task'
      readonly task: number
      readonly outline: OutlineRow
      readonly calls: number
      readonly open: boolean
    }
  /** `place` of the call among those of its task. */
  | { readonly kind: 'call'; readonly task: number; readonly place: number; readonly depth: number }

export type Rows = { readonly count: number; at(index: number): Row | undefined; ofTask(task: number): number }

/** Nothing is made for a call until its row is asked for: a task may have made tens of thousands. */
export function rowsOf(
  outline: readonly OutlineRow[],
  opened: ReadonlySet<number>,
  callsOf: (task: number) => number,
): Rows {
  const starts: number[] = []
  let count = 0
  for (const row of outline) {
    starts.push(count)
    count += 1 + (opened.has(row.index) ? callsOf(row.index) : 0)
  }
  const placeOf = (index: number): number => {
    let [low, high] = [0, starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= index) low = middle + 1
      else high = middle
    }
    return low - 1
  }
  return {
    count,
    at(index) {
      const place = placeOf(index)
      const row = outline[place]
      if (row === undefined || index < 0 || index >= count) return undefined
      const below = index - (starts[place] ?? 0)
      if (below > 0) return { kind: 'call', task: row.index, place: below - 1, depth: row.depth + 1 }
      return { kind: 'task', task: row.index, outline: row, calls: callsOf(row.index), open: opened.has(row.index) }
    },
    ofTask(task) {
      const place = outline.findIndex(row => row.index === task)
      return place < 0 ? -1 : (starts[place] ?? -1)
    },
  }
}
