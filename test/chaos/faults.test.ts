/**
 * Faults in a cluster of two APIs, three workers, a Postgres and a Redis of its own. `npm test` injects each fault once;
 * `npm run soak` hundreds of them, drawn from a seed: `SOAK_SEED=7 SOAK_ROUNDS=300 npm run soak`.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { draw } from '../../domain/run/retry.ts'
import { type Subscriber, startRun, subscribe } from './client.ts'
import { type Cluster, createCluster, leaseMs } from './cluster.ts'
import { violations } from './invariants.ts'

const soak = process.env.SOAK !== undefined
const seed = Number(process.env.SOAK_SEED ?? 1)
const rounds = Number(process.env.SOAK_ROUNDS ?? 200)

let cluster: Cluster
const acknowledged: string[] = []
const subscribers: Subscriber[] = []
beforeAll(async () => {
  cluster = await createCluster({ workers: 3, apis: 2 })
}, 60_000)
afterAll(async () => {
  for (const subscriber of subscribers) subscriber.close()
  await cluster?.close()
}, 60_000)

type Fault = { name: string; inject(random: number): Promise<void> }
const crashes = ['before-append', 'after-append', 'after-publish', 'before-ack', 'after-effect'] as const

const faults: Fault[] = [
  { name: 'kill -9 of a worker', inject: random => revive(`worker-${Math.floor(random * 3)}`) },
  { name: 'kill -9 of an API', inject: random => revive(`api-${Math.floor(random * 2)}`) },
  { name: 'kill -9 of Postgres', inject: async () => cluster.killPostgres() },
  { name: 'kill -9 of Redis', inject: async () => cluster.killRedis() },
  { name: 'FLUSHALL', inject: flushAll },
  {
    name: 'cut sockets',
    inject: async () => {
      for (const subscriber of subscribers.slice(-3)) subscriber.cut()
    },
  },
  {
    name: 'a worker stopped beyond its lease, then continued',
    inject: async random => {
      const name = `worker-${Math.floor(random * 3)}`
      await cluster.kill(name, 'SIGSTOP')
      await sleep(leaseMs * 1.5)
      await cluster.kill(name, 'SIGCONT')
    },
  },
  ...crashes.map(at => ({
    name: `a worker that dies ${at}`,
    inject: async (random: number) => {
      const name = `worker-${Math.floor(random * 3)}`
      await cluster.kill(name)
      await cluster.start(name, { at, nth: 1 + Math.floor(random * 7) })
    },
  })),
  {
    name: 'an API that dies after its append',
    inject: async random => {
      const name = `api-${Math.floor(random * 2)}`
      await cluster.kill(name)
      await cluster.start(name, { at: random < 0.5 ? 'after-append' : 'before-append', nth: 1 })
    },
  },
]

async function revive(name: string): Promise<void> {
  await cluster.kill(name)
  await cluster.start(name)
}

async function flushAll(): Promise<void> {
  const redis = new Redis(cluster.redisUrl, { maxRetriesPerRequest: 1, retryStrategy: null })
  redis.on('error', () => {})
  await redis.flushall().catch(() => {})
  redis.disconnect()
}

/** Two runs while the fault strikes; then everything is whole again, and everything must come to its end. */
async function survive(fault: Fault, random: number): Promise<void> {
  const starts = [startRun(cluster, randomUUID()), startRun(cluster, randomUUID())]
  await sleep(100 + random * 400)
  await fault.inject(random)
  for (const runId of await supervised(Promise.all(starts))) {
    acknowledged.push(runId)
    subscribers.push(subscribe(cluster, runId))
  }
  await sleep(200)
  await startAll()
  const late = sleep(30_000).then(() =>
    Promise.reject(new Error(`not at an end 30 s after ${fault.name}\n${cluster.complaints()}`)),
  )
  await Promise.race([Promise.all(subscribers.slice(-2).map(one => one.ended)), late])
}

const startAll = () =>
  Promise.all(['worker-0', 'worker-1', 'worker-2', 'api-0', 'api-1'].map(name => cluster.start(name)))

/** Starts whoever has died until the work is done: two APIs that are to die at their next append may do so one after the other. */
async function supervised<T>(work: Promise<T>): Promise<T> {
  let over = false
  const done = work.finally(() => {
    over = true
  })
  while (!over) {
    await Promise.race([done.catch(() => {}), sleep(500)])
    if (!over) await startAll()
  }
  return done
}

const expectWhole = async () =>
  expect(await violations(cluster.sql, { acknowledged, seen: subscribers.map(one => one.seen) })).toEqual([])

if (soak) {
  it(`survives ${rounds} faults drawn from seed ${seed}`, async () => {
    for (let round = 0; round < rounds; round++) {
      const fault = faults[Math.floor(draw(seed, round) * faults.length)]
      if (fault === undefined) continue
      console.log(`round ${round} of seed ${seed}: ${fault.name}`)
      await survive(fault, draw(seed + 1, round))
      if (round % 20 === 19) await expectWhole()
    }
    await expectWhole()
  })
} else {
  it.each(faults.map(fault => [fault.name, fault] as const))(
    'survives %s',
    async (_, fault) => {
      await survive(fault, draw(seed, faults.indexOf(fault)))
      await expectWhole()
    },
    60_000,
  )
}
