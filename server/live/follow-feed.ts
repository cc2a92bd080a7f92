/** The feed of a project, live. */
import type { FeedBatch } from '../../db/feed.ts'
import { createSignal, type Pulled, pulled } from '../../queues/pulled.ts'
import type { Services } from '../context.ts'

export type FeedFollow = { organisationId: string; projectId: string; after: string | null }

/** Events of one batch. */
const batchSize = 256
/** An event that an open transaction holds back becomes readable without a ring: look again by itself, less and less often. */
const lookMs = { first: 50, most: 1_000 }

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
  let closed = false

  const listen = async () => {
    for await (const _ of changes) {
      pause = lookMs.first
      wake.raise()
    }
  }
  void listen()

  return pulled<FeedBatch>({
    async next() {
      while (!closed) {
        const batch = await feed.read({ ...where, after: cursor, limit: batchSize })
        cursor = batch.cursor
        if (batch.events.length > 0 || performance.now() - saidAt >= heartbeatMs) {
          saidAt = performance.now()
          pause = lookMs.first
          return batch
        }
        await wake.wait(pause)
        pause = Math.min(pause * 2, lookMs.most)
      }
      return undefined
    },
    close() {
      closed = true
      void changes.return?.()
      wake.raise()
    },
  })
}
