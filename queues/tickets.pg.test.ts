/** One contract for tickets on BullMQ and in memory, and what Redis may do to the former. */
import { Redis } from 'ioredis'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createRedis } from './redis.ts'
import { cutLinks } from './redis-rig.ts'
import { testRedis } from './testing.ts'
import { createRedisTickets, type Ticket, type TicketDesk, type TicketQueue } from './tickets.ts'
import { createMemoryTickets } from './tickets-memory.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const ticket = (taskIndex: number, epoch = 1, workerClass = 'light'): Ticket => ({
  runId: '0199c1d2-0000-7000-8000-000000000001',
  taskIndex,
  epoch,
  workerClass,
})
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

type Create = (
  report?: (where: string, error: unknown) => void,
  shared?: { url: string; prefix: string },
) => Promise<TicketQueue>

const onRedis: Create = async (report, shared) => {
  const { url, prefix } = shared ?? (await testRedis())
  const redis = createRedis(url, { prefix })
  const tickets = createRedisTickets(redis, report)
  closers.push(() => redis.close(), tickets.close)
  await vi.waitFor(() => expect(tickets.state().up).toBe(true))
  return tickets
}
const inMemory: Create = async report => createMemoryTickets(report)

function open(
  tickets: TicketQueue,
  concurrency: number,
  work: (ticket: Ticket) => Promise<void>,
  workerClass = 'light',
): TicketDesk {
  const desk = tickets.process(workerClass, concurrency, work)
  closers.push(desk.close)
  return desk
}

describe.each([
  ['on Redis', onRedis],
  ['in memory', inMemory],
] as const)('tickets %s', (_, create) => {
  test('reach a desk of their class, in order', async () => {
    const tickets = await create()
    const seen: number[] = []
    const others: number[] = []
    open(tickets, 1, async one => void seen.push(one.taskIndex))
    open(tickets, 1, async one => void others.push(one.taskIndex), 'a:b')
    await tickets.enqueue([ticket(1), ticket(2), ticket(3), ticket(4, 1, 'a:b')])
    await vi.waitFor(() => expect([...seen, ...others]).toHaveLength(4))
    expect([seen, others]).toEqual([[1, 2, 3], [4]])
  })

  test('wait for a desk, and are counted', async () => {
    const tickets = await create()
    await tickets.enqueue([ticket(1), ticket(2)])
    expect(await tickets.counts('light')).toEqual({ waiting: 2, active: 0 })
    let release = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    open(tickets, 1, () => gate)
    await vi.waitFor(async () => expect(await tickets.counts('light')).toEqual({ waiting: 1, active: 1 }))
    release()
    await vi.waitFor(async () => expect(await tickets.counts('light')).toEqual({ waiting: 0, active: 0 }))
  })

  test('of one id are one while it waits or is at work; afterwards the id is free again', async () => {
    const tickets = await create()
    let calls = 0
    let release = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    await tickets.enqueue([ticket(1), ticket(1)])
    await tickets.enqueue([ticket(1)])
    open(tickets, 5, async () => {
      calls++
      await gate
    })
    await vi.waitFor(() => expect(calls).toBe(1))
    await tickets.enqueue([ticket(1)])
    await pause(100)
    expect(calls).toBe(1)
    release()
    await vi.waitFor(async () => expect(await tickets.counts('light')).toEqual({ waiting: 0, active: 0 }))
    await tickets.enqueue([ticket(1)])
    await vi.waitFor(() => expect(calls).toBe(2))
    await tickets.enqueue([ticket(1, 2)])
    await vi.waitFor(() => expect(calls).toBe(3))
  })

  test('keep to the concurrency', async () => {
    const tickets = await create()
    let under = 0
    let most = 0
    let done = 0
    open(tickets, 3, async () => {
      most = Math.max(most, ++under)
      await pause(10)
      under--
      done++
    })
    await tickets.enqueue(Array.from({ length: 12 }, (_, index) => ticket(index)))
    await vi.waitFor(() => expect(done).toBe(12), 5_000)
    expect(most).toBe(3)
  })

  test('that fail are reported, gone, and may come again', async () => {
    const report = vi.fn()
    const tickets = await create(report)
    let calls = 0
    open(tickets, 1, async () => {
      calls++
      throw new Error('broken')
    })
    await tickets.enqueue([ticket(1)])
    await vi.waitFor(() =>
      expect(report).toHaveBeenCalledWith('ticket', expect.objectContaining({ message: 'broken' })),
    )
    await pause(100)
    expect(calls).toBe(1)
    await tickets.enqueue([ticket(1)])
    await vi.waitFor(() => expect(calls).toBe(2))
  })

  test('a stopped desk takes nothing new', async () => {
    const tickets = await create()
    let calls = 0
    const desk = open(tickets, 1, async () => void calls++)
    await tickets.enqueue([ticket(1)])
    await vi.waitFor(() => expect(calls).toBe(1))
    await desk.stop()
    await tickets.enqueue([ticket(2)])
    await pause(150)
    expect(calls).toBe(1)
    open(tickets, 1, async () => void calls++)
    await vi.waitFor(() => expect(calls).toBe(2), 5_000)
  })
})

describe('on Redis', () => {
  test('a flush in the middle forgets tickets and breaks nothing: they are queued again', async () => {
    const shared = await testRedis()
    const report = vi.fn()
    const tickets = await onRedis(report, shared)
    let release = () => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    const seen: number[] = []
    open(tickets, 1, async one => {
      seen.push(one.taskIndex)
      if (one.taskIndex === 1) await gate
    })
    await tickets.enqueue([ticket(1), ticket(2)])
    await vi.waitFor(() => expect(seen).toEqual([1]))
    const admin = new Redis(shared.url)
    closers.push(() => admin.disconnect())
    await admin.flushdb()
    release()
    await tickets.enqueue([ticket(2), ticket(3)])
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]), 5_000)
    expect(report).not.toHaveBeenCalled()
  })

  test('an idle desk still hears of tickets after a flush', async () => {
    const shared = await testRedis()
    const tickets = await onRedis(undefined, shared)
    const seen: number[] = []
    open(tickets, 1, async one => void seen.push(one.taskIndex))
    await pause(100)
    const admin = new Redis(shared.url)
    closers.push(() => admin.disconnect())
    await admin.flushdb()
    await tickets.enqueue([ticket(1)])
    await vi.waitFor(() => expect(seen).toEqual([1]), 4_000)
  })

  test('a cut connection is mended by itself', async () => {
    const shared = await testRedis()
    const tickets = await onRedis(undefined, shared)
    const seen: number[] = []
    open(tickets, 1, async one => void seen.push(one.taskIndex))
    await pause(50)
    await cutLinks(shared.url)
    await vi.waitFor(() => tickets.enqueue([ticket(1)]), 5_000)
    await vi.waitFor(() => expect(seen).toEqual([1]), 5_000)
  })

  test('queueing fails at once while Redis is away', async () => {
    const redis = createRedis('redis://127.0.0.1:9')
    const tickets = createRedisTickets(redis)
    closers.push(() => redis.close())
    await expect(tickets.enqueue([ticket(1)])).rejects.toThrow('Redis is away')
  })
})
