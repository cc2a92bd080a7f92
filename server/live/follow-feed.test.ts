import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FeedBatch } from '../../db/feed.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { createMemoryBell } from '../../queues/bell.ts'
import { createChanges } from '../../queues/changes.ts'
import { pulled } from '../../queues/pulled.ts'
import type { Services } from '../context.ts'
import { followFeed } from './follow-feed.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const where = { organisationId: 'o', projectId: 'p' }
const heartbeatMs = 10_000

/** A feed of what `written` holds, and everything that its reader was told. */
function following() {
  const bell = createMemoryBell()
  const written: string[] = []
  const told: string[] = []
  const counted = { looks: 0 }
  const feed: Services['feed'] = {
    async read({ after }) {
      counted.looks++
      const from = Number(after ?? 0)
      const events = written.slice(from).map(type => ({ type }) as unknown as RecordedEvent)
      return { events, cursor: String(written.length), more: false }
    },
  }
  const changes = () => pulled(createChanges({ bell, filter: where, lookAgainMs: 15_000, onClose: () => {} }))
  const followers = { changes } as unknown as Services['followers']
  const stream = followFeed({ feed, followers, heartbeatMs }, { ...where, after: null })
  const over = (async () => {
    for await (const batch of stream) told.push(said(batch))
  })()
  const ring = () => bell.ring([{ ...where, runId: 'r', head: 1, due: false }])
  return { counted, told, written, ring, stream, over }
}
const said = ({ events }: FeedBatch): string => events.map(({ type }) => type).join(' ') || 'heartbeat'

test('gives what rings at once, and heartbeats in between', async () => {
  const { told, written, ring } = following()
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual(['heartbeat'])
  written.push('RunStarted')
  ring()
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toEqual(['heartbeat', 'RunStarted'])
  await vi.advanceTimersByTimeAsync(heartbeatMs)
  expect(told).toEqual(['heartbeat', 'RunStarted', 'heartbeat'])
})

test('finds within a second what an open transaction held back when it rang', async () => {
  const { told, written, ring } = following()
  await vi.advanceTimersByTimeAsync(60_000)
  ring()
  await vi.advanceTimersByTimeAsync(20_000)
  written.push('RunStarted')
  await vi.advanceTimersByTimeAsync(1_001)
  expect(told).toContain('RunStarted')
})

test('looks no more often than it says so, where nothing happens', async () => {
  const { counted } = following()
  await vi.advanceTimersByTimeAsync(60_000)
  const before = counted.looks
  await vi.advanceTimersByTimeAsync(60_000)
  // Six heartbeats, and four looks because rings may have been lost.
  expect(counted.looks - before).toBeLessThanOrEqual(11)
})

test('is left at once', async () => {
  const { stream, over } = following()
  await vi.advanceTimersByTimeAsync(60_000)
  await stream.return?.()
  await over
})
