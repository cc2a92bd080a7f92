/** The composition root: every part that owns something is made here, once, and ended in the opposite order. */
import { setTimeout as sleep } from 'node:timers/promises'
import { developmentTeam, repositoryTeam } from '../agents/registry.ts'
import { createSearchEndpoint } from '../agents/tools/search-endpoint.ts'
import { developmentWorkflows } from '../agents/workflows/load.ts'
import { repositoryAudit } from '../agents/workflows/repository-audit.ts'
import { connect, isTemporary, type Sql } from '../db/connect.ts'
import { createPostgresStore } from '../db/events.ts'
import { createFeed } from '../db/feed.ts'
import { createForks } from '../db/fork.ts'
import { createHandle } from '../db/handle.ts'
import { createIdempotency } from '../db/idempotency.ts'
import { createKeys, type Keys } from '../db/keys.ts'
import { migrate } from '../db/migrate.ts'
import { readableStore } from '../db/readable-events.ts'
import { agentRegistry } from '../domain/agent.ts'
import { OrreryError } from '../domain/errors.ts'
import { parseWorkflow } from '../domain/validate.ts'
import { type Bell, createMemoryBell, createRedisBell } from '../queues/bell.ts'
import { createFollowers } from '../queues/followers.ts'
import { createMemoryLiveOutput, createRedisLiveOutput } from '../queues/live-output.ts'
import { createRedis, type Report } from '../queues/redis.ts'
import { createRedisTickets, type TicketQueue } from '../queues/tickets.ts'
import { createMemoryTickets } from '../queues/tickets-memory.ts'
import { createAssistant } from './assistant/assistant.ts'
import { readPepper } from './auth/owner.ts'
import type { Config } from './config.ts'
import type { Services } from './context.ts'
import { createHealth } from './health.ts'
import { keepWorkflows } from './keep-workflows.ts'
import { createModelParts } from './models.ts'
import type { Servers } from './servers.ts'
import type { Log } from './telemetry.ts'
import { version } from './version.ts'

export type Deps = {
  services: Services
  /** For the engine. Requests have connections of their own, so that neither can starve the other. */
  sql: Sql
  keys: Keys
  bell: Bell
  tickets: TicketQueue
  organisationId: string
  report: Report
  /** Where things came from, for people: `Postgres: embedded`. */
  summary: readonly string[]
  /** Ends everything that was made here; the servers go on. */
  close(): Promise<void>
}

type Closing = (() => Promise<unknown> | unknown)[]

/** Waits for Postgres for as long as it takes. Throws OrreryError where the configuration cannot work. */
export async function createDeps(config: Config, servers: Servers, log: Log): Promise<Deps> {
  const closing: Closing = []
  const close = async () => {
    for (const end of closing.splice(0).reverse()) {
      await Promise.resolve()
        .then(end)
        .catch(error => log.warn(`while stopping: ${error}`))
    }
  }
  try {
    return { ...(await build({ config, servers, log, closing })), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Building = { config: Config; servers: Servers; log: Log; closing: Closing }

async function build(building: Building): Promise<Omit<Deps, 'close'>> {
  const { config, log, closing } = building
  const report = createReport(log)
  const models = createModelParts(process.env)
  const database = await openDatabase(building)
  const lanes = await openLanes(building, report)
  const { sql, reads } = database
  const { bell, tickets, liveOutput } = lanes

  const store = createPostgresStore(sql, { leaseMs: config.worker.leaseMs })
  const handle = createHandle({ store, onCommitted: bell.ring, onError: (error, doing) => report(doing, error) })
  closing.push(() => handle.close())
  const followers = createFollowers({
    store: readableStore(store, sql),
    bell,
    report,
    heartbeatMs: config.http.streamHeartbeatMs,
  })
  closing.push(() => followers.close())

  const keys = createKeys(reads, await readPepper(config.dataDir))
  const organisationId = await keys.organisation('Home')
  const workflows = [repositoryAudit, ...developmentWorkflows()].map(parseWorkflow)
  const { fetchHosts: hosts, search } = config.network
  const network = { hosts, searchEngine: search === null ? null : createSearchEndpoint(search) }
  const { gitHosts, gitCredentials } = config
  const credentialsFor = (host: string) => gitCredentials.get(host.toLowerCase()) ?? null
  const known = {
    workflows: new Map(workflows.map(workflow => [workflow.name, workflow])),
    agents: agentRegistry([...repositoryTeam({ gitHosts }), ...developmentTeam({ network, gitHosts, credentialsFor })]),
  }
  await keepWorkflows(reads, organisationId, workflows)
  const assistant = createAssistant({ ...known, sql: reads, bell, gateway: models.gateway, report })
  closing.push(() => assistant.close())
  const services: Services = {
    ...known,
    sql: reads,
    handle,
    forks: createForks({ sql, store, onCommitted: bell.ring }),
    followers,
    bell,
    liveOutput,
    feed: createFeed(reads),
    idempotency: createIdempotency(reads),
    keys,
    health: createHealth({ sql: reads, organisationId, bell, version, startedAt: Date.now() }),
    models,
    assistant,
    heartbeatMs: config.http.streamHeartbeatMs,
    now: Date.now,
  }
  return { services, sql, keys, bell, tickets, organisationId, report, summary: [database.summary, lanes.summary] }
}

type Database = { sql: Sql; reads: Sql; summary: string }

async function openDatabase({ config, servers, log, closing }: Building): Promise<Database> {
  const { url } = await servers.postgres
  await patiently(() => migrate(url), log)
  const forRequests = config.role === 'worker' ? 1 : Math.floor(config.databasePool / 2)
  const sql = connect(url, { max: config.databasePool - forRequests })
  const bounded = withTimeout(url, config.http.executionMs)
  const reads = connect(bounded, { max: forRequests, applicationName: 'orrery requests' })
  closing.push(
    () => sql.end({ timeout: 5 }),
    () => reads.end({ timeout: 5 }),
  )
  return { sql, reads, summary: config.databaseUrl === null ? 'Postgres: embedded' : 'Postgres: as DATABASE_URL says' }
}

/** Postgres itself ends a statement that outlives the request it was for. */
function withTimeout(url: string, ms: number): string {
  const address = new URL(url)
  address.searchParams.set('statement_timeout', String(ms))
  return address.href
}

type Lanes = Pick<Services, 'liveOutput'> & { bell: Bell; tickets: TicketQueue; summary: string }

/** Bell, tickets and live output: on Redis, or in memory where there is none and nobody else needs them. */
async function openLanes({ config, servers, closing }: Building, report: Report): Promise<Lanes> {
  const redis = await servers.redis
  const lanes = redis === null ? memoryLanes(config, report) : redisLanes(redis.url, config, report, closing)
  closing.push(
    () => lanes.bell.close(),
    () => lanes.tickets.close(),
    () => lanes.liveOutput.close(),
  )
  return lanes
}

function memoryLanes({ role }: Config, report: Report): Lanes {
  if (role !== 'all') {
    throw new OrreryError(
      'BAD_INPUT',
      `ORRERY_ROLE=${role} needs a Redis, and this machine has none. Install redis-server or set REDIS_URL.`,
    )
  }
  return {
    bell: createMemoryBell(report),
    tickets: createMemoryTickets(report),
    liveOutput: createMemoryLiveOutput(),
    summary: 'Redis: none found, so this process works alone, with a stand-in in its memory; nothing is lost by that',
  }
}

function redisLanes(url: string, { redisUrl }: Config, report: Report, closing: Closing): Lanes {
  const redis = createRedis(url, { report })
  closing.push(() => redis.close())
  return {
    bell: createRedisBell(redis, report),
    tickets: createRedisTickets(redis, report),
    liveOutput: createRedisLiveOutput(redis, report),
    summary: redisUrl === null ? 'Redis: embedded' : 'Redis: as REDIS_URL says',
  }
}

/** Each attempt waits longer, up to 2 s. A database that is not there yet is waited for; one that refuses us is told of. */
async function patiently(work: () => Promise<void>, log: Log): Promise<void> {
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    try {
      return await work()
    } catch (error) {
      if (!isTemporary(error)) throw error
      log.warn(`Postgres does not answer yet (${error instanceof Error ? error.message : error}); trying again.`)
      await sleep(pause)
    }
  }
}

/** The same failure again and again is told once a minute. */
function createReport(log: Log): Report {
  const toldAt = new Map<string, number>()
  return (where, error) => {
    const message = error instanceof Error ? error.message : String(error)
    const name = `${where}: ${message}`
    const now = Date.now()
    if (now - (toldAt.get(name) ?? 0) < 60_000) return
    if (toldAt.size > 1_000) toldAt.clear()
    toldAt.set(name, now)
    log.warn(name)
  }
}
