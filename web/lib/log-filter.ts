import type { RecordedEvent } from '../../domain/run/events.ts'
import type { EventLog } from './event-log.ts'

/** Places in the log of the events that match, ascending. */
export type Matches = readonly number[]

/**
 * Filters a log that grows: each event is looked at once, however often it is read. The answer is a new array only when
 * it has other places than before. A look at the past gets those that had happened by then. `from`: the first place
 * that can match, where one knows.
 */
export function createLogFilter(matches: (event: RecordedEvent) => boolean, from = 0): (log: EventLog) => Matches {
  let seen = from
  let found: number[] = []
  let past: { count: number; of: Matches; matches: Matches } | null = null
  return log => {
    const fresh: number[] = []
    for (; seen < log.length; seen++) if (matches(log.at(seen))) fresh.push(seen)
    if (fresh.length > 0) found = found.concat(fresh)
    const count = countBelow(found, log.length)
    if (count === found.length) return found
    if (past?.count !== count || past.of !== found) past = { count, of: found, matches: found.slice(0, count) }
    return past.matches
  }
}

/** How many of ascending numbers are below a limit. */
export function countBelow(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? limit) < limit) low = middle + 1
    else high = middle
  }
  return low
}
