/** The half of the process that does work: the loop that finds what is due, and a worker that does it. */
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createBubblewrap } from '../agents/sandbox/bubblewrap.ts'
import { createBlobStore } from '../db/blobs.ts'
import { dueDefaults } from '../db/due.ts'
import { createLedger } from '../db/ledger.ts'
import { choose } from '../domain/choose.ts'
import { balanced } from '../domain/routing.ts'
import { createLoop } from '../queues/loop.ts'
import { createWorker } from '../queues/worker.ts'
import { toolPath } from '../setup/tools.mjs'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import type { Log } from './telemetry.ts'
import { version } from './version.ts'

/** Money that was reserved for a call which nobody makes any more counts as spent after this. */
const reservationMs = 15 * 60_000

export type Engine = {
  /** Begins to take work. Resolves when the sandbox was examined; a sandbox that is not usable is told of. */
  start(): Promise<void>
  /** Takes nothing new, lets what runs go on for a while, and gives back what is unfinished then. */
  drain(): Promise<void>
}

export function createEngine(
  { services, sql, bell, tickets, organisationId, report }: Deps,
  config: Config,
  log: Log,
): Engine {
  const { handle, forks, liveOutput, agents, workflows } = services
  const ledger = createLedger({ sql, onSettled: id => bell.ringOf(`spending:${id}`) })
  const { concurrency, sandboxConcurrency, projectConcurrency, leaseMs, heartbeatMs, pollMs, drainMs } = config.worker
  const blobsFor = (id: string) => createBlobStore(sql, id)
  const sandbox = createBubblewrap({
    bwrapPath: toolPath('bwrap') ?? 'bwrap',
    stateDir: join(config.dataDir, 'sandbox'),
    log: (message, details) => log.debug(details, message),
  })
  const worker = createWorker({
    sql,
    handle,
    tickets,
    bell,
    liveOutput,
    agents,
    models: { gateway: services.models.gateway, ledger, choose, preference: balanced },
    sandbox,
    blobsFor,
    organisationId,
    report,
    leaseMs,
    version,
    id: `worker-${hostname()
      .replace(/[^\w-]/g, '-')
      .slice(0, 40)}-${process.pid}-${randomBytes(4).toString('hex')}`,
    host: hostname(),
    // Work that runs code is heavy; the rest mostly waits.
    classes: { sandbox: sandboxConcurrency, light: Math.max(1, concurrency - sandboxConcurrency) },
    beatMs: heartbeatMs,
  })
  const loop = createLoop({
    sql,
    handle,
    forks,
    tickets,
    bell,
    workflows,
    blobsFor,
    report,
    intervalMs: pollMs,
    chores: [{ name: 'reservations', run: () => ledger.expire({ afterMs: reservationMs }) }],
    due: { ...dueDefaults, projectParallel: projectConcurrency },
  })

  return {
    async start() {
      loop.start()
      await worker.start()
      const { available, driver, reason, mend } = await sandbox.check()
      if (available) log.info(`Sandbox: ${driver}`)
      else log.warn(`Sandbox: not usable, so tasks that run code will end as blocked. ${reason} ${mend}`)
    },
    async drain() {
      await worker.drain(drainMs)
      await loop.close()
    },
  }
}
