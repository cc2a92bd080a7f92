/**
 * Following runs live: history from Postgres, then what is new, without a gap, a duplicate or a change of order. A process
 * reads each followed run once, however many follow it; batches are *pulled*, so a slow consumer holds back nobody and
 * costs no memory: whoever falls behind the few batches that are kept reads Postgres at its own pace.
 */
import type { Committed, EventStore } from '../db/store.ts'
import type { Batch } from './batch.ts'
import type { Bell } from './bell.ts'
import { type ChangeFilter, createChanges } from './changes.ts'
import { type Pulled, pulled, type Source } from './pulled.ts'
import { quietly } from './quiet-report.ts'
import { createReader } from './reader.ts'
import type { Report } from './redis.ts'
import { createTail, type Tail } from './tail.ts'
import { createWatch, type Watch } from './watch.ts'

export interface Followers {
  /**
   * The events after `after` (a seq, 0 for all), then live, until ENDED. A heartbeat comes at the latest every 10 s. The
   * first `next()` throws OrreryError NOT_FOUND where there is no such run, and BAD_INPUT where `after` lies beyond its head.
   */
  follow(runId: string, after: number): Pulled<Batch>
  /**
   * That runs changed, newest head per run, coalesced while nobody pulls. An empty list means that something may have been
   * missed (the bell was away, more than 1,000 runs waited, or nothing was heard for 15 s): look at everything again.
   */
  changes(filter: ChangeFilter): Pulled<readonly Committed[]>
  /** What a look at something that is no run finds: at once, after its topic rang, and at the latest every 15 s. */
  watch<T>(watch: Watch<T>): Pulled<T>
  /** Runs that are followed now, and by how many. */
  state(): { runs: number; consumers: number }
  close(): Promise<void>
}

export type FollowersDeps = {
  store: EventStore
  bell: Bell
  report?: Report
  /** Milliseconds between two looks at the heads of all followed runs, which cover lost rings; 1,500 unless told. */
  pollMs?: number
  /** Milliseconds between a batch and the heartbeat after it; 10,000 unless told. */
  heartbeatMs?: number
  /** Milliseconds without a ring after which lists are told to look again, and what is watched is looked at; 15,000 unless told. */
  lookAgainMs?: number
}

/** Heads in one query. */
const headsAtOnce = 1_000

export function createFollowers(deps: FollowersDeps): Followers {
  const { store, bell, pollMs = 1_500, heartbeatMs = 10_000, lookAgainMs = 15_000 } = deps
  const report = quietly(deps.report ?? (() => {}))
  const followed = new Map<string, { tail: Tail; consumers: number }>()
  const open = new Set<Pulled<unknown>>()
  let polling = false

  const poll = async () => {
    if (polling) return
    polling = true
    try {
      const ids = [...followed.keys()]
      for (let from = 0; from < ids.length; from += headsAtOnce) {
        const heads = await store.heads(ids.slice(from, from + headsAtOnce))
        for (const [runId, head] of heads) followed.get(runId)?.tail.learn(head)
      }
    } catch (error) {
      report('heads of followed runs', error)
    } finally {
      polling = false
    }
    // The next look must not come too late for a heartbeat that is not due yet.
    for (const { tail } of followed.values()) tail.beat(heartbeatMs - pollMs)
  }
  const timer = setInterval(poll, pollMs)
  timer.unref()

  const stopListening = bell.listen(changes => {
    if (changes.length === 0) void poll()
    for (const { runId, head } of changes) followed.get(runId)?.tail.learn(head)
  })

  const join = (runId: string): Tail => {
    const known = followed.get(runId) ?? { tail: createTail(store, runId, report), consumers: 0 }
    known.consumers++
    followed.set(runId, known)
    return known.tail
  }

  const leave = (runId: string) => {
    const known = followed.get(runId)
    if (known === undefined || --known.consumers > 0) return
    known.tail.close()
    followed.delete(runId)
  }

  const stream = <T>(create: (onClose: () => void) => Source<T>): Pulled<T> => {
    const iterator = pulled(create(() => open.delete(iterator)))
    open.add(iterator)
    return iterator
  }

  return {
    follow: (runId, after) =>
      stream(close => {
        const tail = join(runId)
        const onClose = () => {
          leave(runId)
          close()
        }
        return createReader({ store, tail, after, onClose })
      }),
    changes: filter => stream(onClose => createChanges({ bell, filter, lookAgainMs, onClose })),
    watch: watch => stream(onClose => createWatch(watch, { bell, lookAgainMs, onClose })),
    state: () => ({
      runs: followed.size,
      consumers: [...followed.values()].reduce((sum, one) => sum + one.consumers, 0),
    }),
    async close() {
      clearInterval(timer)
      stopListening()
      await Promise.all([...open].map(iterator => iterator.return?.()))
    },
  }
}
