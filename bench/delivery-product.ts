/** The product under measurement: a server in a process of its own, and runs that are written from this one. */
import { randomBytes, randomUUID } from 'node:crypto'
import { createPostgresStore } from '../db/events.ts'
import { createHandle } from '../db/handle.ts'
import { createKeys } from '../db/keys.ts'
import type { By, EventStore, Handled } from '../db/store.ts'
import { toGlobalId } from '../domain/ids.ts'
import { startOf, workflows } from '../domain/run/history.ts'
import { type Bell, createRedisBell } from '../queues/bell.ts'
import { createRedis } from '../queues/redis.ts'
import { type BenchProcess, startProcess } from './delivery-process.ts'
import type { ServerInput } from './delivery-server.ts'
import type { Bench } from './harness.ts'

const by: By = { actor: { kind: 'agent', id: 'bench', name: 'Bench' } }

/** A run whose only task makes one tool call after the other. */
export type Talk = {
  /** The operation that follows it from here on. */
  subscribe: object
  /** The newest seq. */
  head(): number
  /** One more event: a call begins, or it ends. */
  say(): Promise<Handled>
  close(): Promise<void>
}

export type Product = {
  server: BenchProcess
  port: number
  key: string
  organisationId: string
  /** What a browser that has signed in shows as its cookie. */
  session(): Promise<string>
  store: EventStore
  /** Says that a run went on. */
  ring: Bell['ring']
  /** Starts a run. What it appends goes through `store`. */
  talk(store: EventStore): Promise<Talk>
  stop(): Promise<void>
}

type ProductInput = Bench & { redisUrl: string; clientDirectory?: string }

export async function startProduct({ sql, url, redisUrl, clientDirectory }: ProductInput): Promise<Product> {
  const pepper = randomBytes(32)
  const keys = createKeys(sql, pepper)
  const organisationId = await keys.organisation('Bench')
  const key = await keys.create({ organisationId, name: 'bench', expiresAt: null })
  const links = createRedis(redisUrl, { prefix: 'bench', report: console.error })
  const bell = createRedisBell(links, console.error)
  const server = startProcess('./delivery-server.ts')
  const input: ServerInput = {
    organisationId,
    database: url,
    redis: redisUrl,
    pepper,
    clientDirectory: clientDirectory ?? null,
  }
  const port = await server.ask<number>('listen', input)

  return {
    server,
    port,
    key,
    organisationId,
    async session() {
      const grant = await keys.verify(key)
      if (grant === null) throw new Error('the key that was just made is not known')
      return keys.openSession(grant, 3_600_000)
    },
    ring: bell.ring,
    store: createPostgresStore(sql),
    async talk(store) {
      const handle = createHandle({ store, onCommitted: bell.ring })
      const runId = randomUUID()
      const task = { taskIndex: 0, epoch: 1 }
      await handle.handle(runId, { ...startOf(workflows.single), organisationId, timeoutMs: 86_400_000 }, by)
      const claimed = await handle.handle(runId, { ...task, type: 'ClaimTask', worker: 'bench' }, by)
      let head = claimed.run.head
      let said = 0
      const note = (handled: Handled): Handled => {
        head = Math.max(head, handled.run.head)
        return handled
      }
      return {
        subscribe: { query, variables: { runId: toGlobalId('Run', runId), after: head } },
        head: () => head,
        async say() {
          const call = Math.floor(said / 2)
          return note(await handle.handle(runId, { ...task, ...(said++ % 2 === 0 ? begin : end), call }, by))
        },
        close: handle.close,
      }
    },
    async stop() {
      await server.stop()
      await bell.close()
      links.close()
    },
  }
}

/** What the page asks for. */
const query = `
  subscription RunEvents($runId: ID!, $after: Int!) {
    runEvents(runId: $runId, after: $after) {
      status
      head
      events { __typename type runId seq at actor { kind id name } correlationId causationSeq data }
    }
  }`

const begin = { type: 'StartToolCall', tool: 'shell', summary: 'npm test' } as const
const end = {
  type: 'FinishToolCall',
  tool: 'shell',
  output: { passed: 12 },
  exitCode: 0,
  durationMs: 812,
  outputHash: null,
  treeHash: null,
} as const
