/**
 * A task that does nothing, through everything that a task goes through: found due, ticketed, claimed, done, recorded, and
 * the next one made ready. Against one round trip of BullMQ and one durable commit, which nobody can do without.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Queue, Worker } from 'bullmq'
import { createBlobStore } from '../db/blobs.ts'
import { createPostgresStore } from '../db/events.ts'
import { createForks } from '../db/fork.ts'
import { createHandle } from '../db/handle.ts'
import type { By } from '../db/store.ts'
import type { Agent, Sandbox } from '../domain/ports.ts'
import { startOf } from '../domain/run/history.ts'
import { isRunEnded } from '../domain/run/state.ts'
import { parseWorkflow } from '../domain/validate.ts'
import { createRedisBell } from '../queues/bell.ts'
import { createRedisLiveOutput } from '../queues/live-output.ts'
import { createLoop } from '../queues/loop.ts'
import { createRedis } from '../queues/redis.ts'
import { createRedisTickets } from '../queues/tickets.ts'
import { createWorker } from '../queues/worker.ts'
import { type Bench, compare, median, seconds, withServices } from './harness.ts'

type Services = Bench & { redisUrl: string }

const by: By = { actor: { kind: 'engine', id: 'bench', name: 'Bench' } }
const chainLength = 200
/** Tasks at once: of the worker, and of the bare one. */
const concurrency = 4
/** Chains and floors before anything counts: by then everything is compiled. */
const warmUps = 5

/** Each step needs the one before. */
const chain = parseWorkflow({
  name: 'chain',
  version: 1,
  title: 'Chain',
  description: 'One task after the other.',
  steps: Array.from({ length: chainLength }, (_, index) => ({
    key: `step-${index}`,
    title: `Step ${index}`,
    agent: 'nothing',
    workerClass: 'light',
    needs: index === 0 ? [] : [`step-${index - 1}`],
  })),
})

/** `onRun` is called for each task. */
const createNothing = (onRun: () => void): Agent => ({
  name: 'nothing',
  title: 'Nothing',
  description: 'Does nothing.',
  capabilities: [],
  workerClass: 'light',
  produces: [],
  async run() {
    onRun()
    return { ok: true, output: null, artifacts: [] }
  },
})

const noSandbox: Sandbox = {
  driver: 'none',
  check: async () => ({ driver: 'none', available: false, checks: [], reason: 'nothing is run', mend: '' }),
  open: async () => {
    throw new Error('nothing is run')
  },
}

/** Loop and worker of a process, as the product composes them. */
async function startEngine({ sql, redisUrl }: Services) {
  const report = (where: string, error: unknown) => console.error(where, error)
  const redis = createRedis(redisUrl, { prefix: 'bench', report })
  const bell = createRedisBell(redis, report)
  const tickets = createRedisTickets(redis, report)
  const store = createPostgresStore(sql)
  const handle = createHandle({ store, onCommitted: bell.ring })
  const blobsFor = (organisationId: string) => createBlobStore(sql, organisationId)
  const liveOutput = createRedisLiveOutput(redis, report)
  const common = { sql, handle, tickets, bell, blobsFor, report }
  const forks = createForks({ sql, store, onCommitted: bell.ring })
  const loop = createLoop({ ...common, forks, workflows: new Map() })
  const ranAt: number[] = []
  const nothing = createNothing(() => ranAt.push(performance.now()))
  const worker = createWorker({
    ...common,
    agents: new Map([[nothing.name, nothing]]),
    liveOutput,
    sandbox: noSandbox,
    id: `bench-${randomUUID()}`,
    organisationId: startOf(chain).organisationId,
    host: 'bench',
    version: '0',
    classes: { light: concurrency },
    leaseMs: 15_000,
  })
  if (redis.commands.status !== 'ready') await once(redis.commands, 'ready')
  loop.start()
  await worker.start()
  return {
    handle,
    bell,
    /** When each task ran, in milliseconds. */
    ranAt,
    async stop() {
      await worker.drain(1_000)
      await loop.close()
      await tickets.close()
      await liveOutput.close()
      await handle.close()
      await bell.close()
      redis.close()
    },
  }
}

type Engine = Awaited<ReturnType<typeof startEngine>>

/** Milliseconds from one task of a chain to the next. Median of all of them. */
async function chainStep(engine: Engine): Promise<number> {
  const runId = randomUUID()
  engine.ranAt.length = 0
  await Promise.all([endOf(runId, engine), engine.handle.handle(runId, startOf(chain), by)])
  return median(engine.ranAt.slice(1).map((at, index) => at - (engine.ranAt[index] ?? at)))
}

/** Resolves when the chain has come to its end. */
function endOf(runId: string, { handle, bell, ranAt }: Engine): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = bell.listen(async () => {
      // Looking at the run is a query, which the tasks before the last one must not pay.
      const run = ranAt.length < chainLength ? null : await handle.load(runId)
      if (run === null || !isRunEnded(run.status)) return
      stop()
      if (run.status === 'SUCCEEDED') resolve()
      else reject(new Error(`the run is ${run.status}`))
    })
  })
}

/** A worker of BullMQ that does nothing, and how to have a job done by it. */
async function startBare(redisUrl: string) {
  const { hostname: host, port, password } = new URL(redisUrl)
  const connection = { host, port: Number(port), password }
  const queue = new Queue('bare', { connection })
  const worker = new Worker('bare', async () => {}, { connection, concurrency })
  await worker.waitUntilReady()
  return {
    roundTrip: () =>
      new Promise<void>(resolve => {
        worker.once('completed', () => resolve())
        void queue.add('task', {}, { removeOnComplete: true, removeOnFail: true })
      }),
    async stop() {
      await worker.close()
      await queue.close()
    },
  }
}

type Bare = Awaited<ReturnType<typeof startBare>>

/** One committed row of an event. */
const commit = ({ sql }: Services) => sql`
  insert into bare (run_id, seq, organisation_id, project_id, type, v, data, actor, correlation_id, at)
  values (${randomUUID()}, 1, ${randomUUID()}, ${randomUUID()}, 'TaskSucceeded', 1,
    ${sql.json({ taskIndex: 0, attempt: 1, epoch: 1, output: null })}, ${sql.json(by.actor)}, ${randomUUID()}, now())`

/** Milliseconds of a round trip and a commit. Median, one after the other. */
async function floorOf(services: Services, { roundTrip }: Bare): Promise<number> {
  const taken: number[] = []
  for (let count = 0; count < chainLength; count++) {
    const taking = seconds(async () => {
      await roundTrip()
      await commit(services)
    })
    taken.push((await taking) * 1_000)
  }
  return median(taken)
}

await withServices(async services => {
  const engine = await startEngine(services)
  const bare = await startBare(services.redisUrl)
  try {
    for (let count = 0; count < warmUps; count++) {
      await chainStep(engine)
      await floorOf(services, bare)
    }
    await compare({
      name: 'a task that does nothing over a round trip of BullMQ and a durable commit, p50',
      unit: 'ms',
      bound: { kind: 'at most', ratio: 4 },
      subject: () => chainStep(engine),
      floor: () => floorOf(services, bare),
      rounds: 15,
    })
  } finally {
    await bare.stop()
    await engine.stop()
  }
})
