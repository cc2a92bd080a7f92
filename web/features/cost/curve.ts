/** What was spent over the time of a run, as points of a picture: one for each charge, as many as can be told apart. */
import type { EventLog } from '../../lib/event-log.ts'
import type { Matches } from '../../lib/log-filter.ts'

/** Spent up to and with the event `seq`, in micro-dollars. */
export type Point = { readonly at: number; readonly spentMicros: number; readonly seq: number }

/**
 * `places` are those of the events that charged something, and of the one with which the run was forked: what was charged
 * before it was paid by another run. At most `most` points, the last always among them.
 */
export function curveOf(log: EventLog, places: Matches, most = 400): readonly Point[] {
  const points: Point[] = []
  const every = Math.max(1, Math.ceil(places.length / most))
  let spentMicros = 0
  for (const [index, place] of places.entries()) {
    const event = log.at(place)
    if (event.type === 'RunForked') {
      points.length = 0
      spentMicros = 0
    }
    if (event.type !== 'ModelCallFinished' && event.type !== 'ModelCallFailed') continue
    spentMicros += event.data.costMicros
    if ((index + 1) % every === 0 || index === places.length - 1)
      points.push({ at: event.at, spentMicros, seq: event.seq })
  }
  return points
}
