/** Followers on the store in memory: every path by which an event can reach a consumer. */
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryStore } from '../db/memory.ts'
import type { Append, Committed, EventStore } from '../db/store.ts'
import { OrreryError } from '../domain/errors.ts'
import type { RecordedEvent, RunEvent } from '../domain/run/events.ts'
import type { Batch } from './batch.ts'
import { type Bell, createMemoryBell } from './bell.ts'
import { createFollowers, type Followers, type FollowersDeps } from './followers.ts'

const runId = '0199c1d2-0000-7000-8000-000000000001'
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of closers.splice(0)) await close()
})

/** A run whose events are only numbers: what matters here is their order. */
function log(store: EventStore, bell: Bell | null) {
  let head = 0
  const append = async (count: number, last: RunEvent = { type: 'RunPaused', data: { reason: '' } }) => {
    const events = Array.from({ length: count }, (_, index): RecordedEvent => {
      const event: RunEvent = index === count - 1 ? last : { type: 'RunPaused', data: { reason: 'x'.repeat(40) } }
      const actor = { kind: 'engine', id: 'test', name: 'test' } as const
      return { ...event, runId, seq: head + index + 1, at: 0, actor, correlationId: 'c', causationSeq: null }
    })
    const before = head === 0 ? null : { id: runId, head }
    await store.append([
      { before, after: { id: runId, head: head + count }, events, commands: [] } as unknown as Append,
    ])
    head += count
    bell?.ring([{ runId, organisationId: 'o', projectId: 'p', head, due: false }])
  }
  return { append, head: () => head }
}

function setup(options: Partial<FollowersDeps> & { deaf?: boolean } = {}) {
  const store = options.store ?? createMemoryStore()
  const bell = createMemoryBell()
  const followers = createFollowers({ bell, pollMs: 20, ...options, store })
  closers.push(followers.close)
  return { store, bell, followers, run: log(store, options.deaf ? null : bell) }
}

const ended: RunEvent = { type: 'RunSucceeded', data: {} }

/** Pulls until the end, or until it returns true. */
async function collect(
  followers: Followers,
  after: number,
  until: (batches: Batch[]) => boolean = () => false,
): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of followers.follow(runId, after)) {
    batches.push(batch)
    if (until(batches)) break
  }
  return batches
}

const seqs = (batches: readonly Batch[]) => batches.flatMap(batch => batch.events.map(event => event.seq))
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('following a run', () => {
  test('gives history in bounded batches, then live ones, then the end', async () => {
    const { run, followers } = setup()
    await run.append(600)
    const result = collect(followers, 0)
    await vi.waitFor(() => expect(followers.state()).toEqual({ runs: 1, consumers: 1 }))
    await new Promise(resolve => setTimeout(resolve, 10))
    await run.append(5)
    await new Promise(resolve => setTimeout(resolve, 10))
    await run.append(2, ended)
    const batches = await result
    expect(seqs(batches)).toEqual(range(1, 607))
    expect(Math.max(...batches.map(batch => batch.events.length))).toBe(256)
    expect(batches.map(batch => batch.status)).toEqual(['CATCHING_UP', 'CATCHING_UP', 'LIVE', 'LIVE', 'ENDED'])
    expect(batches.at(-1)?.head).toBe(607)
    expect(followers.state()).toEqual({ runs: 0, consumers: 0 })
  })

  test('of an ended run gives its history and ends; from its head, only the end', async () => {
    const { run, followers } = setup()
    await run.append(300, ended)
    const batches = await collect(followers, 0)
    expect(batches.map(batch => [batch.events.length, batch.status])).toEqual([
      [256, 'CATCHING_UP'],
      [44, 'ENDED'],
    ])
    expect(await collect(followers, 300)).toEqual([{ runId, events: [], head: 300, status: 'ENDED' }])
  })

  test('at the head says so at once', async () => {
    const { run, followers } = setup()
    await run.append(3)
    expect(await collect(followers, 3, () => true)).toEqual([{ runId, events: [], head: 3, status: 'LIVE' }])
  })

  test('of a reopened run goes on', async () => {
    const { run, followers } = setup()
    await run.append(3, ended)
    await run.append(1, { type: 'RunReopened', data: { reason: 'again', dueAt: null } })
    const result = collect(followers, 0)
    await new Promise(resolve => setTimeout(resolve, 10))
    await run.append(1, ended)
    expect((await result).map(batch => [seqs([batch]), batch.status])).toEqual([
      [[1, 2, 3, 4], 'LIVE'],
      [[5], 'ENDED'],
    ])
  })

  test('that does not exist, or from beyond its head, is refused', async () => {
    const { run, followers } = setup()
    await expect(collect(followers, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await run.append(2)
    await expect(collect(followers, 3)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    expect(followers.state()).toEqual({ runs: 0, consumers: 0 })
  })

  test('needs no bell: lost rings are found by looking', async () => {
    const { run, followers } = setup({ deaf: true })
    await run.append(2)
    const result = collect(followers, 0)
    await run.append(2)
    await new Promise(resolve => setTimeout(resolve, 40))
    await run.append(2, ended)
    expect(seqs(await result)).toEqual(range(1, 6))
  })

  test('believes no ring that Postgres does not confirm', async () => {
    const { run, bell, followers } = setup()
    await run.append(2)
    const result = collect(followers, 0)
    await new Promise(resolve => setTimeout(resolve, 5))
    bell.ring([{ runId, organisationId: 'o', projectId: 'p', head: 99, due: false }])
    await new Promise(resolve => setTimeout(resolve, 5))
    await run.append(1, ended)
    expect(seqs(await result)).toEqual([1, 2, 3])
  })

  test('heartbeats are empty batches with the head', async () => {
    const { run, followers } = setup({ heartbeatMs: 60 })
    await run.append(2)
    const before = performance.now()
    const batches = await collect(followers, 0, all => all.length === 3)
    expect(batches.slice(1)).toEqual([
      { runId, events: [], head: 2, status: 'LIVE' },
      { runId, events: [], head: 2, status: 'LIVE' },
    ])
    expect(performance.now() - before).toBeGreaterThan(60)
  })

  test('ends at once when the consumer leaves', async () => {
    const { run, followers } = setup()
    await run.append(1)
    const stream = followers.follow(runId, 0)
    await stream.next()
    const waiting = stream.next()
    await stream.return?.()
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(followers.state()).toEqual({ runs: 0, consumers: 0 })
  })

  test('an unknown vocabulary is an error for whoever needs it, after what is known', async () => {
    const store = createMemoryStore()
    const broken: EventStore = {
      ...store,
      async read(id, after, limit) {
        if (after >= 2) throw new OrreryError('UPGRADE_REQUIRED', 'newer')
        return store.read(id, after, limit)
      },
    }
    const { followers, run } = setup({ store: broken })
    await run.append(2)
    const stream = followers.follow(runId, 0)
    expect(seqs([(await stream.next()).value])).toEqual([1, 2])
    await run.append(1)
    await expect(stream.next()).rejects.toMatchObject({ code: 'UPGRADE_REQUIRED' })
  })

  test('a temporary failure of Postgres is waited out', async () => {
    const store = createMemoryStore()
    let away = true
    const gone = () => Object.assign(new Error('away'), { code: 'CONNECTION_CLOSED' })
    const shaky: EventStore = {
      ...store,
      heads: async ids => (away ? Promise.reject(gone()) : store.heads(ids)),
      read: async (id, after, limit) => (away ? Promise.reject(gone()) : store.read(id, after, limit)),
    }
    const { followers, run } = setup({ store: shaky })
    await run.append(3)
    const result = collect(followers, 0)
    await new Promise(resolve => setTimeout(resolve, 30))
    away = false
    await new Promise(resolve => setTimeout(resolve, 600))
    away = true
    await run.append(1, ended)
    await new Promise(resolve => setTimeout(resolve, 30))
    away = false
    expect(seqs(await result)).toEqual([1, 2, 3, 4])
  })
})

describe('many consumers of one run', () => {
  test('get the very same live batches, from one read', async () => {
    const store = createMemoryStore()
    let reads = 0
    const counted: EventStore = {
      ...store,
      read(...args) {
        reads++
        return store.read(...args)
      },
    }
    const { followers, run } = setup({ store: counted })
    await run.append(1)
    const streams = range(1, 50).map(() => followers.follow(runId, 1))
    await Promise.all(streams.map(stream => stream.next()))
    reads = 0
    const next = streams.map(stream => stream.next())
    await run.append(10)
    const batches = (await Promise.all(next)).map(one => one.value as Batch)
    expect(new Set(batches).size).toBe(1)
    expect(seqs(batches.slice(0, 1))).toEqual(range(2, 11))
    expect(reads).toBe(1)
    expect(followers.state()).toEqual({ runs: 1, consumers: 50 })
  })

  test('a slow one lags, reads for itself, and joins the others again', async () => {
    const { followers, run } = setup()
    await run.append(1)
    const slow = followers.follow(runId, 0)
    const fast = collect(followers, 0, batches => seqs(batches).length === 301)
    expect((await slow.next()).value).toMatchObject({ status: 'LIVE' })
    for (let count = 0; count < 300; count++) {
      await run.append(1)
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(seqs(await fast)).toEqual(range(1, 301))
    const rest: Batch[] = []
    while (seqs(rest).length < 300) rest.push((await slow.next()).value)
    expect(seqs(rest)).toEqual(range(2, 301))
    expect(rest[0]?.status).toBe('LAGGED')
    expect(rest.filter(batch => batch.status === 'LAGGED')).toHaveLength(1)
    expect(rest.at(-1)?.status).toBe('LIVE')
  })

  test('whatever the pace, the cuts and the joining, each sees 1, 2, 3 … once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 20 }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (appends, paces) => {
          const { followers, run } = setup()
          await run.append(1)
          const total = 1 + appends.reduce((sum, one) => sum + one, 0) + 1
          const consumers = paces.map(async pace => {
            const seen: number[] = []
            for (let turn = 0; seen.length < total; turn++) {
              await new Promise(resolve => setImmediate(resolve))
              // The socket is cut after some batches; the consumer comes back with what it saw last.
              let left = 1 + (pace[turn % pace.length] ?? 0)
              for await (const batch of followers.follow(runId, seen.at(-1) ?? 0)) {
                seen.push(...seqs([batch]))
                if (batch.status === 'ENDED' || --left === 0) break
                for (let wait = pace[(turn + left) % pace.length] ?? 0; wait > 0; wait--)
                  await new Promise(resolve => setImmediate(resolve))
              }
            }
            return seen
          })
          for (const count of appends) {
            await run.append(count)
            await new Promise(resolve => setImmediate(resolve))
          }
          await run.append(1, ended)
          for (const seen of await Promise.all(consumers)) expect(seen).toEqual(range(1, total))
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('changes for lists', () => {
  const change = (id: string, head: number, projectId = 'p'): Committed => ({
    runId: id,
    organisationId: 'o',
    projectId,
    head,
    due: head === 1,
  })

  test('come filtered, newest head per run, coalesced while nobody pulls', async () => {
    const { bell, followers } = setup()
    const stream = followers.changes({ projectId: 'p' })
    bell.ring([change('a', 1), change('b', 1, 'other')])
    bell.ring([change('a', 3), change('c', 2)])
    bell.ring([change('a', 2)])
    await new Promise(resolve => setImmediate(() => setImmediate(resolve)))
    expect((await stream.next()).value).toEqual([{ ...change('a', 3), due: true }, change('c', 2)])
  })

  test('say “look again” after a lost bell, an overflow and a long silence', async () => {
    const { bell, followers } = setup({ lookAgainMs: 30 })
    const stream = followers.changes({})
    expect((await stream.next()).value).toEqual([])
    bell.ring(range(1, 1_200).map(number => change(`run ${number}`, 1)))
    expect((await stream.next()).value).toEqual([])
    const only = followers.changes({ runIds: ['b'], organisationId: 'o' })
    bell.ring([change('a', 1), change('b', 1)])
    expect((await only.next()).value).toEqual([change('b', 1)])
  })

  test('end with the followers', async () => {
    const { followers } = setup()
    const waiting = followers.changes({}).next()
    await followers.close()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })
})
