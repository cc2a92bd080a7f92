/**
 * The newest part of one run, read once for all consumers of a process. It keeps a few batches; borders between batches
 * are where consumers that caught up by themselves can join.
 *
 *        kept batches
 *   ────┬──────┬───┬────────┬─────
 *       │      │   │        read ── head
 *       └── borders: `after` of each batch, and `read`
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isTemporary } from '../db/connect.ts'
import type { EventStore } from '../db/store.ts'
import { OrreryError } from '../domain/errors.ts'
import { type Batch, isTerminal, maxBatchEvents, slices } from './batch.ts'
import type { Report } from './redis.ts'

/** What a tail keeps at most: batches, and bytes of them (of one batch at least). */
const keptBatches = 64
const keptBytes = 2 * 1024 * 1024

export type Tail = {
  readonly runId: string
  /** The newest seq that was heard of. */
  readonly head: number
  /** The seq up to which batches were made. */
  readonly read: number
  /** The event at `read` is a terminal one. */
  readonly ended: boolean
  /** Heartbeats so far, and the newest of them. */
  readonly beats: number
  readonly heartbeat: Batch
  /** Resolves when head and end are known. Throws NOT_FOUND. */
  readonly ready: Promise<void>
  /** Whoever is at an older seq has fallen out of what is kept. */
  readonly oldest: number
  /** The kept batch that begins right after this seq. */
  batchAfter(seq: number): Batch | undefined
  /** The first border beyond this seq; undefined where `seq` is at or beyond `read`. */
  borderAfter(seq: number): number | undefined
  /** Hears of a head; reads on where it is new. */
  learn(head: number): void
  /** Makes a heartbeat where nothing was said for so many milliseconds. */
  beat(quietMs: number): void
  /** Called after each batch and heartbeat, and after a failure. */
  listen(listener: () => void): () => void
  /** What forbids to read on, for example a newer vocabulary. */
  readonly failure: unknown
  close(): void
}

/** Milliseconds until a read that failed temporarily is tried again. */
const retryMs = 500

export function createTail(store: EventStore, runId: string, report: Report): Tail {
  const kept: { after: number; batch: Batch; bytes: number }[] = []
  const listeners = new Set<() => void>()
  let head = 0
  let read = 0
  let ended = false
  let beats = 0
  let heartbeat: Batch = { runId, events: [], head: 0, status: 'LIVE' }
  let saidAt = performance.now()
  let failure: unknown
  let reading = false
  let closed = false

  const tell = () => {
    saidAt = performance.now()
    for (const listener of listeners) listener()
  }

  const start = async (): Promise<void> => {
    const found = await lookUp().catch(error => {
      if (closed || !isTemporary(error)) throw error
      report(`following run ${runId}`, error)
    })
    if (found === undefined) return sleep(retryMs).then(start)
    const { known, last } = found
    head = Math.max(head, known)
    read = known
    ended = isTerminal(last)
    heartbeat = { ...heartbeat, head }
    if (head > read) void readOn()
  }

  const lookUp = async () => {
    const known = (await store.heads([runId])).get(runId)
    if (known === undefined) throw new OrreryError('NOT_FOUND', `there is no run ${runId}`)
    const [last] = await store.read(runId, known - 1, 1)
    return { known, last }
  }

  const push = (after: number, batch: Batch, bytes: number) => {
    kept.push({ after, batch, bytes })
    let total = kept.reduce((sum, one) => sum + one.bytes, 0)
    while (kept.length > keptBatches || (total > keptBytes && kept.length > 1)) total -= kept.shift()?.bytes ?? 0
  }

  const readOn = async () => {
    if (reading) return
    reading = true
    try {
      while (read < head) {
        const events = await store.read(runId, read, maxBatchEvents)
        // A head that nobody wrote: someone rang who should not have. Postgres is right.
        if (events.length === 0) head = read
        head = Math.max(head, events.at(-1)?.seq ?? 0)
        for (const slice of slices(events)) {
          const last = slice.events.at(-1)
          ended = isTerminal(last) && last?.seq === head
          push(read, { runId, events: slice.events, head, status: ended ? 'ENDED' : 'LIVE' }, slice.bytes)
          read = last?.seq ?? read
        }
        tell()
      }
    } catch (error) {
      report(`following run ${runId}`, error)
      if (!isTemporary(error)) {
        failure = error
        tell()
      }
    } finally {
      reading = false
    }
  }

  const ready = start()
  // Whoever follows is told; nobody may be left to be.
  ready.catch(() => {})
  return {
    runId,
    ready,
    get head() {
      return head
    },
    get read() {
      return read
    },
    get ended() {
      return ended
    },
    get beats() {
      return beats
    },
    get heartbeat() {
      return heartbeat
    },
    get failure() {
      return failure
    },
    get oldest() {
      return kept[0]?.after ?? read
    },
    batchAfter: seq => kept.find(one => one.after === seq)?.batch,
    borderAfter: seq => (seq >= read ? undefined : (kept.find(one => one.after > seq)?.after ?? read)),
    learn(known) {
      if (known > head) head = known
      if (read > 0 && head > read) void readOn()
    },
    beat(quietMs) {
      if (performance.now() - saidAt < quietMs) return
      heartbeat = { runId, events: [], head, status: 'LIVE' }
      beats++
      tell()
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      closed = true
    },
  }
}
