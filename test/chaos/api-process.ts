/** An API process that a test may kill: the product's own app on a port of its own. */
import { createServer } from 'node:http'
import { connect } from '../../db/connect.ts'
import { createPostgresStore } from '../../db/events.ts'
import { createFeed } from '../../db/feed.ts'
import { createForks } from '../../db/fork.ts'
import { type CrashPoint, createHandle } from '../../db/handle.ts'
import { createIdempotency } from '../../db/idempotency.ts'
import { createKeys } from '../../db/keys.ts'
import { createRedisBell } from '../../queues/bell.ts'
import { createFollowers } from '../../queues/followers.ts'
import { createRedisLiveOutput } from '../../queues/live-output.ts'
import { createRedis } from '../../queues/redis.ts'
import { createApp } from '../../server/app.ts'
import { createAssistant } from '../../server/assistant/assistant.ts'
import { createHealth } from '../../server/health.ts'
import { createModelParts } from '../../server/models.ts'
import { createLog } from '../../server/telemetry.ts'
import { askingWorkflows } from './agents-team.ts'
import { chaosWorkflows } from './team.ts'

export type ApiProcessOptions = {
  port: number
  organisationId: string
  database: string
  redis: string
  /** Hex: both processes must know the same keys. */
  pepper: string
  crash: { at: CrashPoint; nth: number } | null
}

const options = JSON.parse(process.env.CHAOS_API ?? '') as ApiProcessOptions
let passed = 0
const crashAt = (point: CrashPoint) => {
  if (point === options.crash?.at && ++passed >= options.crash.nth) process.kill(process.pid, 'SIGKILL')
}
const report = (where: string, error: unknown) =>
  console.error(`api ${options.port} ${where}:`, error instanceof Error ? error.message : error)

const sql = connect(options.database, { max: 6 })
const redis = createRedis(options.redis, { prefix: 'chaos', report })
const bell = createRedisBell(redis, report)
const store = createPostgresStore(sql)
const handle = createHandle({
  store,
  onCommitted: bell.ring,
  onError: (error, doing) => report(doing, error),
  crashAt,
  patienceMs: 60_000,
})
const models = createModelParts({})
const keys = createKeys(sql, Buffer.from(options.pepper, 'hex'))
const app = createApp({
  services: {
    sql,
    handle,
    followers: createFollowers({ store, bell, report }),
    bell,
    liveOutput: createRedisLiveOutput(redis, report),
    feed: createFeed(sql),
    forks: createForks({ sql, store, onCommitted: bell.ring }),
    idempotency: createIdempotency(sql),
    workflows: new Map([...chaosWorkflows, ...askingWorkflows].map(workflow => [workflow.name, workflow])),
    agents: new Map(),
    health: createHealth({ sql, organisationId: options.organisationId, bell, version: 'test', startedAt: Date.now() }),
    models,
    keys,
    assistant: createAssistant({ sql, bell, gateway: models.gateway, agents: new Map(), workflows: new Map() }),
    heartbeatMs: 2_000,
    now: Date.now,
  },
  keys,
  log: createLog({ level: 'error', readable: false, write: line => console.error(line) }),
  options: {
    publicUrl: null,
    allowedHosts: [],
    allowedOrigins: [],
    bodyBytes: 100 * 1024,
    executionMs: 30_000,
    costPerMinute: 10_000_000,
    subscriptionsPerSocket: 20,
    socketsPerKey: 50,
    clientDirectory: '/nonexistent',
    processMetrics: false,
  },
})
const server = createServer(app.listener).on('upgrade', app.upgrade)
server.listen(options.port, '127.0.0.1', () => console.log('ready'))
