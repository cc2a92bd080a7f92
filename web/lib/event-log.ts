import type { RecordedEvent } from '../../domain/run/events.ts'

/**
 * The events of a run up to a moment. It is a window onto one array that only ever grows, so a new log per frame costs
 * nothing, and an old one goes on showing what it showed. Event `seq` stands at `seq - 1`: a run is dense.
 */
export type EventLog = {
  readonly length: number
  at(index: number): RecordedEvent
}

export const emptyLog: EventLog = windowOnto([], 0)

/** `at` throws RangeError outside 0 … length - 1. */
export function windowOnto(events: readonly RecordedEvent[], length: number): EventLog {
  return {
    length,
    at(index) {
      const event = index < length ? events[index] : undefined
      if (event === undefined) throw new RangeError(`there is no event at ${index} of ${length}`)
      return event
    },
  }
}

/** The log as it was after its first `length` events. */
export function upTo(log: EventLog, length: number): EventLog {
  return {
    length: Math.min(length, log.length),
    at(index) {
      if (index >= length) throw new RangeError(`there is no event at ${index} of ${length}`)
      return log.at(index)
    },
  }
}
