/** A whole engine for tests: loop and workers on a database of their own, with agents that do what a test tells them. */
import { randomUUID } from 'node:crypto'
import { createBlobStore } from '../db/blobs.ts'
import { createForks, type Forks } from '../db/fork.ts'
import type { HandleDeps } from '../db/handle.ts'
import { createRig, type Rig } from '../db/rig.ts'
import type { Handle } from '../db/store.ts'
import type { Agent, Sandbox, TaskContext, TaskResult } from '../domain/ports.ts'
import type { Workflow } from '../domain/workflow.ts'
import { type Bell, createMemoryBell, createRedisBell } from './bell.ts'
import { createMemoryLiveOutput, type LiveOutput } from './live-output.ts'
import { createLoop, type Loop, type LoopDeps } from './loop.ts'
import { createRedis, type Report } from './redis.ts'
import { testRedis } from './testing.ts'
import { createRedisTickets, type TicketQueue } from './tickets.ts'
import { createMemoryTickets } from './tickets-memory.ts'
import { createWorker, type OrreryWorker, type WorkerDeps } from './worker.ts'

export type Script = (context: TaskContext) => Promise<TaskResult>

export type EngineRig = Rig & {
  readonly forks: Forks
  readonly bell: Bell
  readonly tickets: TicketQueue
  readonly liveOutput: LiveOutput
  readonly redisUrl: string | null
  /** Reports of everything that was lived with. */
  readonly reports: string[]
  addWorker(options?: Partial<WorkerDeps>): Promise<OrreryWorker>
  addLoop(options?: Partial<LoopDeps>): Loop
}

export type EngineOptions = Partial<HandleDeps> & {
  leaseMs?: number
  /** Tickets and bell on Redis rather than in memory. */
  redis?: boolean
  /** By name; a step without a name is done by `test.agent`. */
  agents: Readonly<Record<string, Script>>
  workflows?: readonly Workflow[]
}

export async function createEngineRig({
  redis = false,
  agents,
  workflows = [],
  leaseMs = 15_000,
  ...options
}: EngineOptions): Promise<EngineRig> {
  const reports: string[] = []
  const report: Report = (where, error) => void reports.push(`${where}: ${error}`)
  const links = redis ? await testRedis() : null
  const connection = links === null ? null : createRedis(links.url, { prefix: links.prefix, report })
  const bell = connection === null ? createMemoryBell(report) : createRedisBell(connection, report)
  const rig = await createRig({ leaseMs, onCommitted: bell.ring, ...options })
  const tickets = connection === null ? createMemoryTickets(report) : createRedisTickets(connection, report)
  const liveOutput = createMemoryLiveOutput()
  if (connection !== null) rig.onClose(connection.close)
  rig.onClose(bell.close)
  rig.onClose(tickets.close)
  const blobsFor = (organisationId: string) => createBlobStore(rig.sql, organisationId)
  const forks = createForks({ sql: rig.sql, store: rig.store, onCommitted: bell.ring })
  const byName = new Map(workflows.map(workflow => [workflow.name, workflow]))

  return {
    ...rig,
    forks,
    bell,
    tickets,
    liveOutput,
    reports,
    redisUrl: links?.url ?? null,
    async addWorker(extra = {}) {
      const worker = createWorker({
        handle: rig.handle,
        sql: rig.sql,
        tickets,
        bell,
        liveOutput,
        blobsFor,
        sandbox: noSandbox,
        report,
        leaseMs,
        agents: agentsOf(agents),
        id: `worker-${randomUUID()}`,
        organisationId: rig.organisationId,
        host: 'test',
        version: '0',
        classes: { light: 4 },
        graceMs: 300,
        beatMs: 500,
        ...extra,
      })
      rig.onClose(() => worker.drain(0))
      await worker.start()
      return worker
    },
    addLoop(extra = {}) {
      const loop = createLoop({
        sql: rig.sql,
        handle: rig.handle,
        forks,
        tickets,
        bell,
        blobsFor,
        report,
        workflows: byName,
        ...extra,
      })
      rig.onClose(loop.close)
      loop.start()
      return loop
    },
  }
}

/** Claims a task as a worker would, without doing it. */
export const claim = (handle: Handle, runId: string, taskIndex: number, epoch: number, worker = 'rival') =>
  handle.handle(
    runId,
    { type: 'ClaimTask', taskIndex, epoch, worker },
    { actor: { kind: 'agent', id: worker, name: worker } },
  )

export const done: Script = async () => ({ ok: true, output: {}, artifacts: [] })

const agentsOf = (scripts: Readonly<Record<string, Script>>): ReadonlyMap<string, Agent> =>
  new Map(
    Object.entries(scripts).map(([name, run]) => [
      name,
      { name, title: name, description: '', capabilities: [], workerClass: 'light', produces: [], run } satisfies Agent,
    ]),
  )

const noSandbox: Sandbox = {
  driver: 'none',
  check: async () => ({ driver: 'none', available: false, checks: [], reason: 'a test needs none', mend: '' }),
  open: async () => {
    throw new Error('a test needs no sandbox')
  },
}
