/**
 * One run, a thousand subscribers who ask for the same: messages per second of CPU that the server spends, against bare
 * `ws` that sends strings of the same length, and against yoga with graphql-ws as their documentation shows them. The
 * subscribers live in a process of their own, so their CPU does not count.
 */
import { fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { execute, subscribe } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocket, WebSocketServer } from 'ws'
import { createPostgresStore } from '../db/events.ts'
import { createFeed } from '../db/feed.ts'
import { createHandle } from '../db/handle.ts'
import { createIdempotency } from '../db/idempotency.ts'
import { createKeys } from '../db/keys.ts'
import type { By } from '../db/store.ts'
import { toGlobalId } from '../domain/ids.ts'
import { startOf, workflows } from '../domain/run/history.ts'
import { createMemoryBell } from '../queues/bell.ts'
import { createFollowers } from '../queues/followers.ts'
import { createMemoryLiveOutput } from '../queues/live-output.ts'
import { createApp } from '../server/app.ts'
import { createContext, type Services } from '../server/context.ts'
import { createHealth } from '../server/health.ts'
import { createSchema } from '../server/schema/schema.ts'
import { createLog } from '../server/telemetry.ts'
import { type Bench, compare, withPostgres } from './harness.ts'

const subscribers = 1_000
const batches = 300
/** Yoga takes a minute of CPU for fewer. */
const batchesOfStock = 10
/** Events of one batch: what a worker's breath of two calls is. */
const eventsOfBatch = 4

const by: By = { actor: { kind: 'engine', id: 'bench', name: 'Bench' } }
const document = `subscription ($runId: ID!) { runEvents(runId: $runId, after: 0) { status head events {
  __typename seq at type taskIndex ... on ToolCallStarted { call tool summary } ... on ToolCallFinished { call tool output exitCode durationMs } } } }`

type Subject = {
  port: number
  close(): Promise<void>
  produce: () => Promise<void>
  headers: object
  variables: object
}

/** Messages that the server sends per second of its CPU, while `produce` lets it send `batches` to every subscriber. */
async function perCpuSecond(subject: Subject): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), ['subscribers'], { execArgv: process.execArgv })
  const told = (word: string) =>
    new Promise<number>(resolve =>
      child.on(
        'message',
        (message: { word: string; count: number }) => message.word === word && resolve(message.count),
      ),
    )
  const [ready, done] = [told('ready'), told('done')]
  child.send({ port: subject.port, headers: subject.headers, variables: subject.variables })
  await ready
  const before = process.cpuUsage()
  await subject.produce()
  const messages = await done
  const { user, system } = process.cpuUsage(before)
  child.kill()
  await subject.close()
  return messages / ((user + system) / 1e6)
}

/** The other process: a thousand sockets that count. Each is done when it has seen the last event. */
function beSubscribers(): void {
  process.once('message', ({ port, headers, variables }: { port: number; headers: object; variables: object }) => {
    let [live, ended, count] = [0, 0, 0]
    for (let index = 0; index < subscribers; index++) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
        perMessageDeflate: false,
      })
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: headers })))
      socket.on('message', (data: Buffer) => {
        if (data.includes('"connection_ack"'))
          socket.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query: document, variables } }))
        else if (data.includes('"LIVE"') && live < subscribers) {
          if (++live === subscribers) setTimeout(() => process.send?.({ word: 'ready', count: 0 }), 500)
        } else {
          count++
          if (data.includes('"ENDED"') && ++ended === subscribers) process.send?.({ word: 'done', count })
        }
      })
    }
  })
}

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function rig({ sql }: Bench, count: number) {
  const bell = createMemoryBell()
  const store = createPostgresStore(sql)
  const handle = createHandle({ store, onCommitted: bell.ring })
  const followers = createFollowers({ store, bell })
  const keys = createKeys(sql, randomBytes(32))
  const organisationId = await keys.organisation('Bench')
  const key = await keys.create({ organisationId, name: 'bench', expiresAt: null })
  const services: Services = {
    sql,
    handle,
    followers,
    liveOutput: createMemoryLiveOutput(),
    feed: createFeed(sql),
    idempotency: createIdempotency(sql),
    workflows: new Map(),
    agents: new Map(),
    heartbeatMs: 10_000,
    now: Date.now,
    health: createHealth({ sql, organisationId, bell, version: '0', startedAt: 0 }),
  }
  const runId = randomUUID()
  await handle.handle(runId, { ...startOf(workflows.single), organisationId }, by)
  await handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'bench' }, by)
  /** Batches as a worker makes them, each waited for so that it is one; then the end. */
  const produce = async () => {
    for (let batch = 0; batch < count; batch++) {
      const calls = Array.from({ length: eventsOfBatch / 2 }, (_, index) => batch * (eventsOfBatch / 2) + index)
      await Promise.all(
        calls.flatMap(call => {
          const common = { taskIndex: 0, epoch: 1, call, tool: 'shell' }
          return [
            handle.handle(
              runId,
              { type: 'StartToolCall', ...common, summary: `step ${call} of the work that is to be done here` },
              by,
            ),
            handle.handle(
              runId,
              {
                type: 'FinishToolCall',
                ...common,
                output: { text: 'x'.repeat(400) },
                exitCode: 0,
                durationMs: 12,
                outputHash: null,
                treeHash: null,
              },
              by,
            ),
          ]
        }),
      )
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    await handle.handle(runId, { type: 'CancelRun', reason: 'done' }, by)
  }
  const close = async () => {
    await followers.close()
    await handle.close()
  }
  return { services, keys, key, organisationId, runId, produce, close }
}

async function ours(bench: Bench): Promise<number> {
  const { services, keys, key, runId, produce, close } = await rig(bench, batches)
  const app = createApp({
    services,
    keys,
    log: createLog({ level: 'silent', readable: false }),
    options: {
      publicUrl: null,
      allowedHosts: [],
      allowedOrigins: [],
      bodyBytes: 100_000,
      executionMs: 10_000,
      costPerMinute: 1e9,
      subscriptionsPerSocket: 20,
      socketsPerKey: 10_000,
      clientDirectory: '/nonexistent',
      processMetrics: false,
    },
  })
  const server = createServer(app.listener).on('upgrade', app.upgrade)
  const port = await listening(server)
  return perCpuSecond({
    port,
    produce,
    headers: { authorization: `Bearer ${key}` },
    variables: { runId: toGlobalId('Run', runId) },
    close: async () => {
      await app.close()
      await close()
      server.close()
    },
  })
}

/** As the documentation of yoga and graphql-ws shows it: every subscriber has its own execution of every batch. */
async function stock(bench: Bench): Promise<number> {
  const { services, organisationId, runId, produce, close } = await rig(bench, batchesOfStock)
  const server = createServer()
  const sockets = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false })
  const principal = { kind: 'key', keyId: '0', publicId: '0', name: 'bench', organisationId, expiresAt: null } as const
  // biome-ignore lint/correctness/useHookAtTopLevel: not a hook of React
  useServer(
    { schema: createSchema(), execute, subscribe, context: () => createContext(services, principal, 'bench') as never },
    sockets,
  )
  const port = await listening(server)
  return perCpuSecond({
    port,
    produce,
    headers: {},
    variables: { runId: toGlobalId('Run', runId) },
    close: async () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      await close()
      server.close()
    },
  })
}

/** Bare `ws`: the same handshake, then strings of the length of our messages to all sockets, as often as there are batches. */
async function raw(): Promise<number> {
  const server = createServer()
  const sockets = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false })
  const all: WebSocket[] = []
  sockets.on('connection', socket => {
    socket.on('message', (data: Buffer) => {
      if (data.includes('connection_init')) return socket.send('{"type":"connection_ack"}')
      all.push(socket)
      socket.send('{"status":"LIVE"}')
    })
  })
  const port = await listening(server)
  const message = (status: string) =>
    JSON.stringify({
      id: randomUUID(),
      type: 'next',
      payload: { data: { runEvents: { status, head: 1, events: 'x'.repeat(lengthOfBatch) } } },
    })
  const produce = async () => {
    for (let batch = 0; batch < batches; batch++) {
      const text = message('NEXT')
      for (const socket of all) socket.send(text)
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    for (const socket of all) socket.send(message('ENDED'))
  }
  return perCpuSecond({
    port,
    produce,
    headers: {},
    variables: {},
    close: async () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      server.close()
    },
  })
}

/** Characters of the events of one batch, as the document above asks for them. */
const lengthOfBatch = JSON.stringify(
  Array.from({ length: eventsOfBatch / 2 }, () => [
    {
      __typename: 'ToolCallStarted',
      seq: 1_000,
      at: new Date(0).toISOString(),
      type: 'ToolCallStarted',
      taskIndex: 0,
      call: 100,
      tool: 'shell',
      summary: 'step 100 of the work that is to be done here',
    },
    {
      __typename: 'ToolCallFinished',
      seq: 1_001,
      at: new Date(0).toISOString(),
      type: 'ToolCallFinished',
      taskIndex: 0,
      call: 100,
      tool: 'shell',
      output: { text: 'x'.repeat(400) },
      exitCode: 0,
      durationMs: 12,
    },
  ]).flat(),
).length

if (process.argv[2] === 'subscribers') beSubscribers()
else {
  await withPostgres(async bench => {
    const unit = 'messages per CPU-second'
    await compare({
      name: 'fan-out to 1,000 subscribers over bare ws',
      unit,
      bound: { kind: 'at least', ratio: 0.6 },
      subject: () => ours(bench),
      floor: raw,
    })
    await compare({
      name: 'fan-out to 1,000 subscribers over stock yoga',
      unit,
      bound: { kind: 'at least', ratio: 5 },
      subject: () => ours(bench),
      floor: () => stock(bench),
    })
  })
}
