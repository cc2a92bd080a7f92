/** The product's own app in a process of its own, on a database and a bell that others ring. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from '../db/connect.ts'
import { createPostgresStore } from '../db/events.ts'
import { createFeed } from '../db/feed.ts'
import { createForks } from '../db/fork.ts'
import { createHandle } from '../db/handle.ts'
import { createIdempotency } from '../db/idempotency.ts'
import { createKeys } from '../db/keys.ts'
import { createRedisBell } from '../queues/bell.ts'
import { createFollowers } from '../queues/followers.ts'
import { createRedisLiveOutput } from '../queues/live-output.ts'
import { createRedis } from '../queues/redis.ts'
import { createApp } from '../server/app.ts'
import { createAssistant } from '../server/assistant/assistant.ts'
import { createHealth } from '../server/health.ts'
import { createModelParts } from '../server/models.ts'
import { createLog } from '../server/telemetry.ts'
import { answer } from './delivery-process.ts'

export type ServerInput = {
  organisationId: string
  database: string
  redis: string
  pepper: Uint8Array
  /** Where the built page lies; none unless told. */
  clientDirectory: string | null
}

/** Answers with the port. */
async function listen({ organisationId, database, redis, pepper, clientDirectory }: ServerInput): Promise<number> {
  const report = (where: string, error: unknown) => console.error(where, error)
  const sql = connect(database, { max: 6 })
  const links = createRedis(redis, { prefix: 'bench', report })
  const bell = createRedisBell(links, report)
  const store = createPostgresStore(sql)
  const models = createModelParts({})
  const app = createApp({
    services: {
      sql,
      handle: createHandle({ store, onCommitted: bell.ring }),
      followers: createFollowers({ store, bell, report }),
      bell,
      liveOutput: createRedisLiveOutput(links, report),
      feed: createFeed(sql),
      forks: createForks({ sql, store, onCommitted: bell.ring }),
      idempotency: createIdempotency(sql),
      keys: createKeys(sql, pepper),
      workflows: new Map(),
      agents: new Map(),
      health: createHealth({ sql, organisationId, bell, version: 'bench', startedAt: Date.now() }),
      models,
      assistant: createAssistant({ sql, bell, gateway: models.gateway, agents: new Map(), workflows: new Map() }),
      heartbeatMs: 10_000,
      now: Date.now,
    },
    keys: createKeys(sql, pepper),
    log: createLog({ level: 'error', readable: false, write: line => console.error(line) }),
    options: {
      publicUrl: null,
      allowedHosts: [],
      allowedOrigins: [],
      bodyBytes: 100 * 1024,
      executionMs: 30_000,
      costPerMinute: 1_000_000_000,
      subscriptionsPerSocket: 20,
      socketsPerKey: 2_000,
      clientDirectory: clientDirectory ?? '/nonexistent',
      processMetrics: false,
    },
  })
  const server = createServer(app.listener).on('upgrade', app.upgrade)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

answer({ listen })
