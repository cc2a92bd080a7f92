/** A Redis per test file: a numbered database of its own on the server that `test/global-setup.ts` started. */
import { Redis } from 'ioredis'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** null where the machine has no Redis. */
    redis: { url: string } | null
  }
}

export type TestRedis = {
  /** Leads to an empty database that nobody else uses: `FLUSHDB` is yours, `FLUSHALL` is not. */
  readonly url: string
  /** Channels of publish and subscribe are common to all databases of a server: put this before their names. */
  readonly prefix: string
  /** Empties the database. */
  release(): Promise<void>
}

/** The server is started with 4,096 databases; number 0 holds the counter. */
const databases = 4_095

/** @throws Error that says how to get a Redis, where there is none. */
export async function testRedis(): Promise<TestRedis> {
  const server = inject('redis')
  if (!server) throw new Error('This test needs Redis. Install redis-server (6.2 or newer) and run it again.')
  const counter = new Redis(server.url)
  try {
    const number = ((await counter.incr('test-databases')) % databases) + 1
    await counter.select(number)
    await counter.flushdb()
    return {
      url: `${server.url}/${number}`,
      prefix: `test${number}`,
      release: () => flush(`${server.url}/${number}`),
    }
  } finally {
    counter.disconnect()
  }
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url)
  try {
    await redis.flushdb()
  } finally {
    redis.disconnect()
  }
}
