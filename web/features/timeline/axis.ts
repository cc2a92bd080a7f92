/**
 * From time to place. A silence in which no task was at work is drawn as a narrow fold, so that an hour of waiting for a
 * person does not press the minutes of work together. Lengths on the axis are milliseconds as they are drawn.
 */
import type { Gap } from './spans.ts'

/** A silence that is drawn shorter than it was. */
export type Fold = { readonly from: number; readonly to: number; readonly at: number; readonly width: number }
export type Axis = {
  /** Where a time stands, 0 … length. */
  place(time: number): number
  time(place: number): number
  readonly length: number
  readonly folds: readonly Fold[]
}

/** Shares of the time in which somebody was at work: what a silence must last to be folded, and what its fold takes. */
const [foldedFrom, foldWidth] = [0.06, 0.025]
const leastSilenceMs = 2_000

/** Milliseconds since 1970. `fold: false` draws every time as long as it was. */
export function createAxis({
  from,
  to,
  gaps,
  fold,
}: {
  from: number
  to: number
  gaps: readonly Gap[]
  fold: boolean
}): Axis {
  const whole = Math.max(1_000, to - from)
  const silent = gaps.reduce((sum, gap) => sum + (gap.to - gap.from), 0)
  const busy = Math.max(1_000, whole - silent)
  const least = Math.max(leastSilenceMs, busy * foldedFrom)
  const width = Math.round(busy * foldWidth)
  const folds: Fold[] = []
  let saved = 0
  for (const gap of fold ? gaps : []) {
    const lasted = gap.to - gap.from
    if (lasted < least) continue
    folds.push({ ...gap, at: gap.from - from - saved, width })
    saved += lasted - width
  }
  return {
    folds,
    length: whole - saved,
    place(time) {
      const before = folds[lastBefore(folds, one => one.from < time)]
      if (before === undefined) return time - from
      const inside = Math.min(1, (time - before.from) / (before.to - before.from))
      return before.at + inside * before.width + Math.max(0, time - before.to)
    },
    time(place) {
      const before = folds[lastBefore(folds, one => one.at < place)]
      if (before === undefined) return from + place
      const inside = Math.min(1, (place - before.at) / before.width)
      return before.from + inside * (before.to - before.from) + Math.max(0, place - before.at - before.width)
    },
  }
}

/** Index of the last for which it holds, where it holds for the first ones; -1 where it holds for none. */
function lastBefore(folds: readonly Fold[], holds: (fold: Fold) => boolean): number {
  let [low, high] = [0, folds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(folds[middle] as Fold)) low = middle + 1
    else high = middle
  }
  return low - 1
}

const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000]
const longSteps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1_440, 2_880, 7_200, 14_400].map(minutes => minutes * 60_000)

/** Times to be written at the axis, in milliseconds since the run began: round ones, and none too near to the next. */
export function ticksOf(
  axis: Axis,
  view: { from: number; to: number },
  { count, start }: { count: number; start: number },
): number[] {
  const wanted = (view.to - view.from) / Math.max(1, count)
  const step = [...steps, ...longSteps].find(one => one >= wanted) ?? 86_400_000
  const ticks: number[] = []
  let last = Number.NEGATIVE_INFINITY
  const first = Math.max(0, Math.ceil((axis.time(view.from) - start) / step) * step)
  for (let offset = first; ticks.length < 60; offset += step) {
    const place = axis.place(start + offset)
    if (place > view.to) break
    const fold = axis.folds.find(one => start + offset > one.from && start + offset < one.to)
    // Times within a fold are nowhere; go on behind it.
    if (fold !== undefined) offset = Math.floor((fold.to - start) / step) * step
    else if (place - last >= wanted * 0.6) {
      ticks.push(offset)
      last = place
    }
  }
  return ticks
}
