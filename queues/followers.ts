/**
 * Following runs live: history from Postgres, then what is new, without a gap, a duplicate or a change of order. A process
 * reads each followed run once, however many follow it; batches are *pulled*, so a slow consumer holds back nobody and
 * costs no memory: whoever falls behind the few batches that are kept reads Postgres at its own pace.
 */

import type { Committed } from '../db/store.ts'
import type { RecordedEvent } from '../domain/run/events.ts'

/**
 * CATCHING_UP: history, more is to come at once · LIVE: at the head as it was known · LAGGED: the consumer fell behind and
 * reads from Postgres again (said once, then CATCHING_UP) · ENDED: the terminal event was delivered; the last batch.
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

/** Which commits a list wants to hear of. Absent: all. */
export type ChangeFilter = { organisationId?: string; projectId?: string; runIds?: readonly string[] }

/** A stream that is pulled. `return()` ends it at once, also while a `next()` is waiting. */
export type Pulled<T> = AsyncIterableIterator<T>

export interface Followers {
  /**
   * The events after `after` (a seq, 0 for all), then live, until ENDED. A heartbeat comes at the latest every 10 s. The
   * first `next()` throws OrreryError NOT_FOUND where there is no such run, and BAD_INPUT where `after` lies beyond its head.
   */
  follow(runId: string, after: number): Pulled<Batch>
  /**
   * That runs changed, newest head per run, coalesced while nobody pulls. At most 1,000 runs wait; beyond that, and after
   * the bell was away, comes an empty list, which means: look at everything again.
   */
  changes(filter: ChangeFilter): Pulled<readonly Committed[]>
  /** Runs that are followed now, and by how many. */
  state(): { runs: number; consumers: number }
  close(): Promise<void>
}
