import type { RecordedEvent } from '../../domain/run/events.ts'
import type { EventLog } from './event-log.ts'

/** Places in the log of the events that match, ascending. */
export type Matches = readonly number[]

/**
 * Filters a log that grows: each event is looked at once, however often it is read. The answer is a new array only when
 * something was added to it.
 */
export function createLogFilter(matches: (event: RecordedEvent) => boolean): (log: EventLog) => Matches {
  let seen = 0
  let found: number[] = []
  return log => {
    const fresh: number[] = []
    for (; seen < log.length; seen++) if (matches(log.at(seen))) fresh.push(seen)
    if (fresh.length > 0) found = found.concat(fresh)
    return found
  }
}
