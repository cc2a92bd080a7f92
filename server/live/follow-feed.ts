/** The feed of a project, live. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedBatch } from '../../db/feed.ts'
import type { Services } from '../context.ts'

export type FeedFollow = { organisationId: string; projectId: string; after: string | null }

/** Events of one batch. */
const batchSize = 256
const heartbeatMs = 10_000
/** An event that an open transaction holds back becomes readable without a ring: look again by itself. */
const lookMs = { first: 50, most: 1_000 }

/** Batches without end; an empty one is a heartbeat. */
export async function* followFeed(
  { feed, followers }: Pick<Services, 'feed' | 'followers'>,
  { after, ...where }: FeedFollow,
): AsyncGenerator<FeedBatch> {
  const changes = followers.changes(where)
  let rung = changes.next()
  try {
    let cursor = after
    let saidAt = 0
    for (let pause = lookMs.first; ; ) {
      const batch = await feed.read({ ...where, after: cursor, limit: batchSize })
      cursor = batch.cursor
      if (batch.events.length > 0 || Date.now() - saidAt >= heartbeatMs) {
        saidAt = Date.now()
        yield batch
      }
      if (batch.more) continue
      if (batch.events.length > 0) pause = lookMs.first
      const rang = await Promise.race([rung.then(() => true), sleep(pause, false)])
      if (rang) rung = changes.next()
      pause = rang ? lookMs.first : Math.min(pause * 2, lookMs.most)
    }
  } finally {
    await changes.return?.()
  }
}
