/** A worker process that a test may kill: the parts of the product, put together with agents that count. */
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBubblewrap } from '../../agents/sandbox/bubblewrap.ts'
import { createBlobStore } from '../../db/blobs.ts'
import { connect } from '../../db/connect.ts'
import { createPostgresStore } from '../../db/events.ts'
import { createForks } from '../../db/fork.ts'
import { createHandle } from '../../db/handle.ts'
import { createLedger } from '../../db/ledger.ts'
import { agentRegistry } from '../../domain/agent.ts'
import { choose } from '../../domain/choose.ts'
import { balanced } from '../../domain/routing.ts'
import { createRedisBell } from '../../queues/bell.ts'
import { createRedisLiveOutput } from '../../queues/live-output.ts'
import { createLoop } from '../../queues/loop.ts'
import { createRedis } from '../../queues/redis.ts'
import { createRedisTickets } from '../../queues/tickets.ts'
import { createWorker, type WorkerCrashPoint } from '../../queues/worker.ts'
import { createModelParts } from '../../server/models.ts'
import { toolPath } from '../../setup/tools.mjs'
import { askingTeam, askingWorkflows } from './agents-team.ts'
import { chaosTeam, chaosWorkflows } from './team.ts'

export type WorkerProcessOptions = {
  id: string
  organisationId: string
  database: string
  redis: string
  leaseMs: number
  stepMs: number
  /** The file that configures its models. */
  models: string | null
  /** Dies by SIGKILL when it passes this point for the n-th time. */
  crash: { at: WorkerCrashPoint | 'after-edit'; nth: number } | null
}

const options = JSON.parse(process.env.CHAOS_WORKER ?? '') as WorkerProcessOptions
let passed = 0
const crashAt = (point: string) => {
  if (point === options.crash?.at && ++passed >= options.crash.nth) process.kill(process.pid, 'SIGKILL')
}
const report = (where: string, error: unknown) =>
  console.error(`${options.id} ${where}:`, error instanceof Error ? error.message : error)

const sql = connect(options.database, { max: 6 })
const redis = createRedis(options.redis, { prefix: 'chaos', report })
const bell = createRedisBell(redis, report)
const tickets = createRedisTickets(redis, report)
const liveOutput = createRedisLiveOutput(redis, report)
const store = createPostgresStore(sql, { leaseMs: options.leaseMs })
const handle = createHandle({
  store,
  onCommitted: bell.ring,
  onError: (error, doing) => report(doing, error),
  crashAt,
  patienceMs: 60_000,
})
const blobsFor = (organisationId: string) => createBlobStore(sql, organisationId)
const sandbox = createBubblewrap({
  bwrapPath: toolPath('bwrap') ?? 'bwrap',
  stateDir: join(tmpdir(), 'orrery-chaos-sandbox'),
})
const team = chaosTeam(sql, { stepMs: options.stepMs, afterEdit: () => crashAt('after-edit') })
const agents = agentRegistry([...team, ...askingTeam])
const workflows = new Map([...chaosWorkflows, ...askingWorkflows].map(workflow => [workflow.name, workflow]))

const { gateway } = createModelParts({ ORRERY_MODELS: options.models ?? '' })
const models = { gateway, ledger: createLedger({ sql }), choose, preference: balanced }

const forks = createForks({ sql, store, onCommitted: bell.ring })
const common = { sql, handle, tickets, bell, blobsFor, report }
const loop = createLoop({ ...common, forks, workflows, crashAt, due: { ticketMs: 3_000 } })
const worker = createWorker({
  bell,
  handle,
  sql,
  agents,
  models,
  sandbox,
  blobsFor,
  liveOutput,
  tickets,
  report,
  crashAt,
  id: options.id,
  organisationId: options.organisationId,
  host: hostname(),
  version: 'test',
  classes: { light: 3 },
  leaseMs: options.leaseMs,
})
await worker.start()
loop.start()
console.log('ready')
