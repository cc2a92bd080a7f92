/** The whole API on a database of its own, without a port, for tests. */
import { randomBytes } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect, type Sql } from '../db/connect.ts'
import { createPostgresStore } from '../db/events.ts'
import { createFeed } from '../db/feed.ts'
import { createForks } from '../db/fork.ts'
import { createHandle } from '../db/handle.ts'
import { createIdempotency } from '../db/idempotency.ts'
import { createKeys, type Keys } from '../db/keys.ts'
import { readableStore } from '../db/readable-events.ts'
import { type TestDatabase, testDatabase } from '../db/testing.ts'
import type { Json } from '../domain/json.ts'
import type { Agent } from '../domain/ports.ts'
import { parseWorkflow } from '../domain/validate.ts'
import type { WorkflowInput } from '../domain/workflow.ts'
import { type Bell, createMemoryBell } from '../queues/bell.ts'
import { createFollowers } from '../queues/followers.ts'
import { createMemoryLiveOutput } from '../queues/live-output.ts'
import type { ModelGateway } from '../queues/model-gateway.ts'
import { type App, type AppOptions, createApp } from './app.ts'
import { createAssistant } from './assistant/assistant.ts'
import type { Services } from './context.ts'
import { createHealth } from './health.ts'
import { createModelParts } from './models.ts'
import { createLog } from './telemetry.ts'

/** Two tasks in a row, and one beside them that fans out. */
export const simpleWorkflow: WorkflowInput = {
  name: 'simple',
  version: 1,
  title: 'Simple',
  description: 'For tests.',
  variables: [
    { name: 'repo', type: 'string', description: 'Where it is', required: true },
    { name: 'depth', type: 'integer', description: 'How deep', minimum: 1, maximum: 5, default: 2 },
  ],
  steps: [
    { key: 'first', title: 'First', agent: 'test.first' },
    { key: 'second', title: 'Second', agent: 'test.second', needs: ['first'] },
    { key: 'each', title: 'Each', agent: 'test.each', needs: ['first'], forEach: 'tasks.first.output.items' },
  ],
}

const agentNamed = (name: string): Agent => ({
  name,
  title: name,
  description: 'For tests.',
  capabilities: ['test'],
  workerClass: 'light',
  produces: ['Markdown'],
  run: async () => ({ ok: true, output: null, artifacts: [] }),
})

export type TestApp = {
  app: App
  services: Services
  keys: Keys
  /** Under the rights of the running system. */
  sql: Sql
  database: TestDatabase
  organisationId: string
  /** The owner's. */
  key: string
  /** What was logged, one line each. */
  logged: string[]
  /** Sends an operation with the owner's key, or another's. */
  send<Data = Record<string, Json>>(
    query: string,
    variables?: object,
    key?: string,
  ): Promise<{ status: number; data: Data; errors?: { message: string; extensions: { code: string } }[] }>
  /** Listens on loopback. */
  listen(): Promise<{ port: number; url: string }>
  close(): Promise<void>
}

export type TestAppOptions = Partial<AppOptions> & {
  heartbeatMs?: number
  /** Milliseconds without a ring after which what is watched is looked at; 15,000 unless told. */
  lookAgainMs?: number
  /** What its process shares with another one; both its own unless told. */
  shared?: { database: TestDatabase; bell: Bell }
  /** The models that the assistant asks; the simulated ones unless told. */
  gateway?: ModelGateway
}

export async function testApp(given: TestAppOptions = {}): Promise<TestApp> {
  const { heartbeatMs = 10_000, lookAgainMs = 15_000, shared, gateway, ...options } = given
  const database = shared?.database ?? (await testDatabase())
  const sql = connect(database.url)
  const bell = shared?.bell ?? createMemoryBell()
  const store = createPostgresStore(sql)
  const handle = createHandle({ store, onCommitted: bell.ring })
  const followers = createFollowers({ store: readableStore(store, sql), bell, heartbeatMs, lookAgainMs, pollMs: 200 })
  const keys = createKeys(sql, randomBytes(32))
  const organisationId = await keys.organisation('Test')
  const key = await keys.create({ organisationId, name: 'owner', role: 'owner', expiresAt: null })
  const workflow = parseWorkflow(simpleWorkflow)
  const logged: string[] = []
  const known = {
    workflows: new Map([[workflow.name, workflow]]),
    agents: new Map(['test.first', 'test.second', 'test.each'].map(name => [name, agentNamed(name)])),
  }
  const models = createModelParts({})
  const assistant = createAssistant({ ...known, sql, bell, gateway: gateway ?? models.gateway })
  const services: Services = {
    ...known,
    sql,
    handle,
    followers,
    bell,
    liveOutput: createMemoryLiveOutput(),
    feed: createFeed(sql),
    forks: createForks({ sql, store, onCommitted: bell.ring }),
    idempotency: createIdempotency(sql),
    keys,
    health: createHealth({ sql, organisationId, bell, version: '0.0.0', startedAt: Date.now() }),
    models,
    assistant,
    heartbeatMs,
    now: Date.now,
  }
  const app = createApp({
    services,
    keys,
    log: createLog({ level: 'info', readable: false, write: line => logged.push(line) }),
    options: {
      publicUrl: null,
      allowedHosts: [],
      allowedOrigins: ['https://tools.example'],
      bodyBytes: 100 * 1024,
      executionMs: 10_000,
      costPerMinute: 1_000_000,
      subscriptionsPerSocket: 20,
      socketsPerKey: 50,
      clientDirectory: '/nonexistent',
      processMetrics: false,
      ...options,
    },
  })
  const closing: (() => Promise<unknown>)[] = []

  return {
    app,
    services,
    keys,
    sql,
    database,
    organisationId,
    key,
    logged,
    async send(query, variables = {}, as = key) {
      const response = await app.fetch(post({ query, variables }, { authorization: `Bearer ${as}` }))
      return { status: response.status, ...((await response.json()) as { data: never }) }
    },
    async listen() {
      const server = createHttpServer(app.listener).on('upgrade', app.upgrade)
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      closing.push(async () => {
        server.closeAllConnections()
        await new Promise(resolve => server.close(resolve))
      })
      const { port } = server.address() as AddressInfo
      return { port, url: `http://127.0.0.1:${port}` }
    },
    async close() {
      await app.close()
      await assistant.close()
      await Promise.all(closing.map(one => one()))
      await followers.close()
      await handle.close()
      if (shared === undefined) await bell.close()
      await sql.end({ timeout: 1 })
      if (shared === undefined) await database.drop()
    },
  }
}

export const post = (body: unknown, headers: Record<string, string> = {}): Request =>
  new Request('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
