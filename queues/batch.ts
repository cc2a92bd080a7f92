/** The unit in which a run is followed: what one read returned, within bounds. */
import type { RecordedEvent } from '../domain/run/events.ts'

/**
 * CATCHING_UP: history, and more of it follows at once · LIVE: up to the head, as it comes · LAGGED: the consumer fell
 * behind and reads from Postgres again (said once, CATCHING_UP follows) · ENDED: the last batch, with or after the
 * terminal event.
 */
export type BatchStatus = 'CATCHING_UP' | 'LIVE' | 'LAGGED' | 'ENDED'

/**
 * Events in order, at most 256 of them or 1 MiB, and the newest seq that was known. An empty batch is a heartbeat. Live
 * batches are one and the same object for every consumer of the process: what is derived from one (its execution, its
 * JSON) can be kept beside it in a WeakMap.
 */
export type Batch = {
  readonly runId: string
  readonly events: readonly RecordedEvent[]
  readonly head: number
  readonly status: BatchStatus
}

export const maxBatchEvents = 256
export const maxBatchBytes = 1024 * 1024

/** A piece of the log within the bounds of a batch, and about how many bytes it is as JSON. */
export type Slice = { events: readonly RecordedEvent[]; bytes: number }

/** Events as slices, in order. One event alone is a slice, however large. */
export function slices(events: readonly RecordedEvent[]): Slice[] {
  const result: Slice[] = []
  let from = 0
  let bytes = 0
  for (const [index, event] of events.entries()) {
    const size = JSON.stringify(event.data).length + 400
    if (index > from && (bytes + size > maxBatchBytes || index - from === maxBatchEvents)) {
      result.push({ events: events.slice(from, index), bytes })
      from = index
      bytes = 0
    }
    bytes += size
  }
  if (from < events.length) result.push({ events: events.slice(from), bytes })
  return result
}

/** Whether a run that ends with this event has come to its end (it may be reopened later). */
export const isTerminal = (event: RecordedEvent | undefined): boolean =>
  event?.type === 'RunSucceeded' || event?.type === 'RunFailed' || event?.type === 'RunCancelled'
