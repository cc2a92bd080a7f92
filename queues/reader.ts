/**
 * One consumer of a run. It is at a seq and pulls what comes next:
 *
 *   history ──▶ private reads up to a border of the tail ──▶ the tail's shared batches ──▶ ENDED
 *                 ▲                                              │
 *                 └────────────── LAGGED: fell out of what is kept
 */

import { isTemporary } from '../db/connect.ts'
import type { EventStore } from '../db/store.ts'
import { OrreryError } from '../domain/errors.ts'
import { type Batch, maxBatchEvents, slices } from './batch.ts'
import { createSignal, type Source } from './pulled.ts'
import type { Tail } from './tail.ts'

/** Milliseconds until a private read that failed temporarily is tried again. */
const retryMs = 500

export type ReaderDeps = { store: EventStore; tail: Tail; after: number; onClose(): void }

export function createReader({ store, tail, after, onClose }: ReaderDeps): Source<Batch> {
  const signal = createSignal()
  const stopListening = tail.listen(signal.raise)
  let at = after
  let closed = false
  let finished = false
  let opened = false
  /** Takes shared batches, until it falls behind. */
  let live = false
  let beats = 0

  const open = async () => {
    await tail.ready
    // Another process may know more than this one's tail.
    if (after > tail.head) tail.learn((await patiently(() => store.heads([tail.runId])))?.get(tail.runId) ?? 0)
    if (after > tail.head) {
      throw new OrreryError('BAD_INPUT', `after: ${after} lies beyond the head of the run, which is ${tail.head}`)
    }
    opened = true
  }

  const give = (batch: Batch): Batch => {
    at = batch.events.at(-1)?.seq ?? at
    beats = tail.beats
    finished = batch.status === 'ENDED'
    return batch
  }

  const shared = (batch: Batch): Batch => {
    live = true
    // The run was reopened since the batch was made.
    if (batch.status === 'ENDED' && (batch.events.at(-1)?.seq ?? 0) < tail.read)
      return give({ ...batch, status: 'LIVE' })
    return give(batch)
  }

  const privately = async (border: number): Promise<Batch | undefined> => {
    const lagged = live && at < tail.oldest
    const events = await patiently(() => store.read(tail.runId, at, Math.min(maxBatchEvents, border - at)))
    const [slice] = slices(events ?? [])
    if (slice === undefined) return undefined
    const caughtUp = (slice.events.at(-1)?.seq ?? at) === tail.read
    const status = caughtUp && tail.ended ? 'ENDED' : lagged ? 'LAGGED' : caughtUp ? 'LIVE' : 'CATCHING_UP'
    live = status === 'LIVE'
    return give({ runId: tail.runId, events: slice.events, head: tail.head, status })
  }

  /** The result, however long Postgres is away; undefined where the consumer left meanwhile. */
  const patiently = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    while (!closed) {
      try {
        return await work()
      } catch (error) {
        if (!isTemporary(error)) throw error
        await signal.wait(retryMs)
      }
    }
    return undefined
  }

  /** What can be given now; undefined where there is nothing. */
  const ready = async (): Promise<Batch | undefined> => {
    const batch = tail.batchAfter(at)
    if (batch !== undefined) return shared(batch)
    const border = tail.borderAfter(at)
    if (border !== undefined) return privately(border)
    if (at === tail.read && tail.ended) return give({ runId: tail.runId, events: [], head: tail.head, status: 'ENDED' })
    if (tail.failure !== undefined) throw tail.failure
    if (!live || tail.beats > beats) {
      live = true
      return give(tail.heartbeat)
    }
    return undefined
  }

  return {
    async next() {
      if (!opened && !closed) await open()
      while (!closed && !finished) {
        const batch = await ready()
        if (batch !== undefined) return batch
        await signal.wait()
      }
      return undefined
    },
    close() {
      closed = true
      stopListening()
      signal.raise()
      onClose()
    },
  }
}
