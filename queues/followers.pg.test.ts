/** Following on real Postgres and Redis, from another process than the writer's, with sockets that are cut. */
import { afterEach, expect, test } from 'vitest'
import { createRig, type Rig, step, tester } from '../db/rig.ts'
import type { Batch } from './batch.ts'
import { createRedisBell } from './bell.ts'
import { createFollowers, type Followers } from './followers.ts'
import { createRedis } from './redis.ts'
import { cutLinks } from './redis-rig.ts'
import { testRedis } from './testing.ts'

let rig: Rig
afterEach(() => rig.close())

/** A writer with a bell of its own, and followers with another one: two processes, as far as they can tell. */
async function twoProcesses() {
  const { url, prefix } = await testRedis()
  const redis = [createRedis(url, { prefix }), createRedis(url, { prefix })] as const
  const bells = [createRedisBell(redis[0]), createRedisBell(redis[1])] as const
  rig = await createRig({ onCommitted: bells[0].ring })
  const followers = createFollowers({ store: rig.process().store, bell: bells[1], pollMs: 500 })
  rig.onClose(async () => {
    await Promise.all([followers.close(), ...bells.map(bell => bell.close())])
    for (const one of redis) one.close()
  })
  return { followers, url }
}

/** Makes the run longer by so many events, in flushes of different sizes. */
async function lengthen(runId: string, events: number): Promise<void> {
  for (let made = 0; made < events; ) {
    const size = Math.min(events - made, 2 * (1 + Math.floor(Math.random() * 40)))
    const commands = Array.from({ length: size }, (_, index) => {
      const type = index % 2 === 0 ? 'PauseRun' : 'ResumeRun'
      return rig.handle.handle(runId, { type, reason: '' } as const, { actor: tester })
    })
    made += (await Promise.all(commands)).reduce((sum, one) => sum + one.events.length, 0)
  }
}

/** What one client sees whose socket is cut again and again, after a random number of batches. */
async function client(followers: Followers, runId: string): Promise<{ seqs: number[]; cuts: number }> {
  const seqs: number[] = []
  let cuts = -1
  for (let status: Batch['status'] = 'CATCHING_UP'; status !== 'ENDED'; cuts++) {
    let left = 1 + Math.floor(Math.random() * 8)
    for await (const batch of followers.follow(runId, seqs.at(-1) ?? 0)) {
      seqs.push(...batch.events.map(event => event.seq))
      status = batch.status
      if (status === 'ENDED' || --left === 0) break
      if (Math.random() < 0.2) await new Promise(resolve => setTimeout(resolve, Math.random() * 30))
    }
  }
  return { seqs, cuts }
}

test('two thousand events, random cuts and a lost Redis: everybody sees each event once, in order', async () => {
  const { followers, url } = await twoProcesses()
  const runId = await rig.start([step('a')])
  await lengthen(runId, 100)
  const clients = Array.from({ length: 10 }, () => client(followers, runId))
  await lengthen(runId, 900)
  await cutLinks(url)
  await lengthen(runId, 1_000)
  await rig.handle.handle(runId, { type: 'CancelRun', reason: 'enough' }, { actor: tester })
  const head = (await rig.handle.load(runId))?.head ?? 0
  expect(head).toBeGreaterThan(2_000)
  const expected = Array.from({ length: head }, (_, index) => index + 1)
  for (const { seqs, cuts } of await Promise.all(clients)) {
    expect(seqs).toEqual(expected)
    expect(cuts).toBeGreaterThan(0)
  }
  expect(followers.state()).toEqual({ runs: 0, consumers: 0 })
}, 60_000)

test('a run that is ended in another process ends its followers here', async () => {
  const { followers } = await twoProcesses()
  const runId = await rig.start([step('a')])
  const statuses: string[] = []
  const following = (async () => {
    for await (const batch of followers.follow(runId, 0)) statuses.push(batch.status)
  })()
  await new Promise(resolve => setTimeout(resolve, 100))
  await rig.handle.handle(runId, { type: 'CancelRun', reason: '' }, { actor: tester })
  await following
  expect(statuses.at(-1)).toBe('ENDED')
})
