/** The feed of a project, live. */
import type { FeedBatch } from '../../db/feed.ts'
import { createSignal, type Pulled, pulled } from '../../queues/pulled.ts'
import type { Services } from '../context.ts'

export type FeedFollow = { organisationId: string; projectId: string; after: string | null }

/** Events of one batch. */
const batchSize = 256
/** An event that an open transaction holds back becomes readable without a ring: look again by itself, less and less often. */
const lookMs = { first: 50, most: 1_000 }
/** No transaction of ours is open for so long: after this time without a ring, the look of each heartbeat is enough. */
const heldBackMs = 30_000

/** Batches without end; an empty one is a heartbeat, at the latest every `heartbeatMs`. */
export function followFeed(
  { feed, followers, heartbeatMs }: Pick<Services, 'feed' | 'followers' | 'heartbeatMs'>,
  { after, ...where }: FeedFollow,
): Pulled<FeedBatch> {
  const changes = followers.changes(where)
  const wake = createSignal()
  let cursor = after
  let saidAt = Number.NEGATIVE_INFINITY
  let pause = lookMs.first
  let heardAt = performance.now()
  let again = true
  let closed = false

  const hear = () => {
    pause = lookMs.first
    heardAt = performance.now()
  }
  const listen = async () => {
    for await (const changed of changes) {
      if (changed.length > 0) hear()
      wake.raise()
    }
  }
  void listen()

  /** Milliseconds until the next look, where nothing rings. */
  const untilLook = (): number => {
    const now = performance.now()
    const heartbeatIn = Math.max(1, saidAt + heartbeatMs - now)
    return now - heardAt > heldBackMs ? heartbeatIn : Math.min(pause, heartbeatIn)
  }

  return pulled<FeedBatch>({
    async next() {
      for (;;) {
        if (!again) await wake.wait(untilLook())
        pause = Math.min(pause * 2, lookMs.most)
        if (closed) return undefined
        const batch = await feed.read({ ...where, after: cursor, limit: batchSize })
        cursor = batch.cursor
        again = batch.events.length > 0
        if (again) hear()
        if (!again && performance.now() - saidAt < heartbeatMs) continue
        saidAt = performance.now()
        return batch
      }
    },
    close() {
      closed = true
      void changes.return?.()
      wake.raise()
    },
  })
}
