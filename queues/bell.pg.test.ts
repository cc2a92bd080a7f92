/** One contract for both bells, and what only the one on Redis must do. */
import { Redis } from 'ioredis'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Committed } from '../db/store.ts'
import { type Bell, createMemoryBell, createRedisBell } from './bell.ts'
import { createRedis } from './redis.ts'
import { cutLinks } from './redis-rig.ts'
import { testRedis } from './testing.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const change = (runId: string, head = 1): Committed => ({
  runId,
  organisationId: 'o',
  projectId: 'p',
  head,
  due: false,
})

async function redisBell(shared?: { url: string; prefix: string }, report = () => {}): Promise<Bell> {
  const { url, prefix } = shared ?? (await testRedis())
  const redis = createRedis(url, { prefix })
  const bell = createRedisBell(redis, report)
  closers.push(() => redis.close(), bell.close)
  await vi.waitFor(() => expect(bell.state().up).toBe(true))
  await new Promise(resolve => setTimeout(resolve, 20)) // the subscription follows the connection
  return bell
}

function memoryBell(report = () => {}): Bell {
  const bell = createMemoryBell(report)
  closers.push(bell.close)
  return bell
}

describe.each([
  ['in memory', async (report?: () => void) => memoryBell(report)],
  ['on Redis', async (report?: () => void) => redisBell(undefined, report)],
])('a bell %s', (_, create) => {
  test('tells every listener once, in order, and not before ring has returned', async () => {
    const bell = await create()
    const heard: string[] = []
    bell.listen(changes => heard.push(...changes.map(one => `a${one.runId}`)))
    bell.listen(changes => heard.push(...changes.map(one => `b${one.runId}`)))
    bell.ring([change('1')])
    bell.ring([change('2'), change('3')])
    expect(heard).toEqual([])
    await vi.waitFor(() => expect(heard).toHaveLength(6))
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(heard).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
  })

  test('forgets who stopped listening, and survives a listener that throws', async () => {
    const failures: number[] = []
    const bell = await create(() => failures.push(1))
    const heard: string[] = []
    bell.listen(() => {
      throw new Error('deaf')
    })
    const stop = bell.listen(() => heard.push('gone'))
    bell.listen(() => heard.push('here'))
    stop()
    bell.ring([change('1')])
    await vi.waitFor(() => expect(heard).toEqual(['here']))
    expect(failures).toEqual([1])
  })

  test('tells of a topic once in a turn, to those who listen to it, and not before ring has returned', async () => {
    const failures: number[] = []
    const bell = await create(() => failures.push(1))
    const heard: string[] = []
    bell.listenTo('proposal:1', () => {
      throw new Error('deaf')
    })
    bell.listenTo('proposal:1', () => heard.push('one'))
    bell.listenTo('conversation:1', () => heard.push('other'))
    const stop = bell.listenTo('proposal:1', () => heard.push('gone'))
    stop()
    for (let times = 0; times < 100; times++) bell.ringOf('proposal:1')
    expect(heard).toEqual([])
    await vi.waitFor(() => expect(heard).toEqual(['one']))
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(heard).toEqual(['one'])
    expect(failures).toEqual([1])
  })

  test('says nothing for nothing, and nothing after it was closed', async () => {
    const bell = await create()
    const heard = vi.fn()
    bell.listen(heard)
    bell.listenTo('spending:o', heard)
    bell.ring([])
    await bell.close()
    bell.ring([change('1')])
    bell.ringOf('spending:o')
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(heard).not.toHaveBeenCalled()
  })
})

describe('bells of two processes', () => {
  test('hear each other, also more changes than one message holds', async () => {
    const shared = await testRedis()
    const [one, two] = [await redisBell(shared), await redisBell(shared)]
    const heard: number[] = []
    two.listen(changes => heard.push(...changes.map(change => change.head)))
    one.ring(Array.from({ length: 450 }, (_, index) => change('r', index + 1)))
    await vi.waitFor(() => expect(heard).toHaveLength(450))
    expect(heard).toEqual(Array.from({ length: 450 }, (_, index) => index + 1))
  })

  test('hear each other’s topics, of which a whole turn’s rings are one, and take them for no runs', async () => {
    const shared = await testRedis()
    const [one, two] = [await redisBell(shared), await redisBell(shared)]
    const heard: string[] = []
    const runs = vi.fn()
    two.listen(runs)
    for (const id of ['a', 'b'] as const) two.listenTo(`proposal:${id}`, () => heard.push(id))
    for (let times = 0; times < 1_000; times++) one.ringOf('proposal:a')
    one.ringOf('proposal:b')
    await vi.waitFor(() => expect(heard).toEqual(['a', 'b']))
    expect(runs).not.toHaveBeenCalled()
  })

  test('whoever was cut off is told to look at everything, and hears again', async () => {
    const shared = await testRedis()
    const [one, two] = [await redisBell(shared), await redisBell(shared)]
    const heard: (readonly Committed[])[] = []
    two.listen(changes => heard.push(changes))
    const looks = vi.fn()
    two.listenTo('conversation:1', looks)
    await cutLinks(shared.url)
    await vi.waitFor(() => expect(heard).toContainEqual([]))
    expect(looks).toHaveBeenCalled()
    await vi.waitFor(() => {
      one.ring([change('after')])
      expect(heard.flat().map(one => one.runId)).toContain('after')
    })
  })

  test('nonsense on the channel is reported and disturbs nobody', async () => {
    const shared = await testRedis()
    const report = vi.fn()
    const bell = await redisBell(shared, report)
    const heard = vi.fn()
    bell.listen(heard)
    const admin = new Redis(shared.url)
    closers.push(() => admin.disconnect())
    bell.listenTo('spending:o', heard)
    for (const text of ['', '{', 'null', '{"from":1}'])
      for (const channel of ['bell', 'topics']) await admin.publish(`${shared.prefix}:${channel}`, text)
    await admin.publish(`${shared.prefix}:topics`, '{"from":"x","changes":[null,1,{},"__proto__"]}')
    await vi.waitFor(() => expect(report).toHaveBeenCalledTimes(8))
    expect(heard).not.toHaveBeenCalled()
  })
})

test('without Redis a bell still rings in its own process, says so, and ends nothing', async () => {
  const redis = createRedis('redis://:secret-password@127.0.0.1:9')
  const report = vi.fn()
  const bell = createRedisBell(redis, report)
  closers.push(() => redis.close(), bell.close)
  const heard = vi.fn()
  bell.listen(heard)
  bell.ring([change('1')])
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith([change('1')]))
  await vi.waitFor(() =>
    expect(bell.state()).toMatchObject({ up: false, reason: expect.stringContaining('ECONNREFUSED') }),
  )
  expect(JSON.stringify([bell.state(), report.mock.calls.map(String)])).not.toContain('secret-password')
})
