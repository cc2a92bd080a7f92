/**
 * A worker: takes tickets, claims their tasks, does them, and says how they ended.
 *
 *   ticket ──ClaimTask──▶ claim ──▶ agent ──┬─ FinishTask, FailTask
 *     │        │                            ├─ ReleaseTask   (this worker is being stopped)
 *     │        └─ refused: nothing to do    └─ nothing       (the claim is over: cancelled, too late, lost)
 *     └─ dropped: the task is due again after a few seconds
 */

import { dueDefaults, returnTicket } from '../db/due.ts'
import type { CrashPoint } from '../db/handle.ts'
import { beat, retire, type WorkerEntry } from '../db/workers.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Actor } from '../domain/run/events.ts'
import type { Bell } from './bell.ts'
import { createClaims } from './claims.ts'
import type { ModelCrashPoint } from './model-try.ts'
import { type PerformDeps, perform } from './perform.ts'
import { quietly } from './quiet-report.ts'
import type { Report } from './redis.ts'
import type { Ticket, TicketDesk, TicketQueue } from './tickets.ts'

/** Where a test may end the process. */
export type WorkerCrashPoint = CrashPoint | ModelCrashPoint | 'after-effect' | 'before-ack'

export type WorkerDeps = Omit<PerformDeps, 'graceMs' | 'report' | 'crashAt'> & {
  tickets: TicketQueue
  /** Brings the news of a cancelled claim; without it a renewal does, a second later. */
  bell: Bell
  /** Unique for every start of every process: claims are told apart by it. */
  id: string
  /** Whose worker it is. */
  organisationId: string
  host: string
  version: string
  /** How many tasks of each class it does at once. */
  classes: Readonly<Record<string, number>>
  /** Milliseconds that a lease lasts, as the appender gives it. */
  leaseMs: number
  /** Milliseconds between heartbeats; 2,000 unless told. */
  beatMs?: number
  /** Milliseconds that an agent has to return after it was told to stop; 10,000 unless told. */
  graceMs?: number
  report?: Report
  /** Monotonic milliseconds that go on while this process is stopped. */
  clock?: () => number
  crashAt?: (point: WorkerCrashPoint) => void
}

export type WorkerState = { id: string; active: number; draining: boolean; up: boolean; reason: string }

export type OrreryWorker = {
  /** Shows itself, then takes tickets. Resolves when both have begun, or Postgres is away: it shows itself later then. */
  start(): Promise<void>
  /**
   * Takes nothing new, waits so many milliseconds for what it does, then stops that and gives it back. The worker has ended
   * when this resolves.
   */
  drain(graceMs: number): Promise<void>
  state(): WorkerState
}

/** A worker that could not show itself for so long is not counted on by the loop. */
const silentMs = dueDefaults.workerMs

export function createWorker(deps: WorkerDeps): OrreryWorker {
  const { handle, sql, tickets, id, classes, crashAt = () => {}, graceMs = 10_000, beatMs = 2_000 } = deps
  const report = quietly(deps.report ?? (() => {}))
  const claims = createClaims({
    sql,
    worker: id,
    leaseMs: deps.leaseMs,
    report,
    ...(deps.clock && { clock: deps.clock }),
  })
  const stopListening = deps.bell.listen(changes => claims.hearOf(changes.filter(one => one.due).map(one => one.runId)))
  const desks: TicketDesk[] = []
  const active = new Map<string, Promise<void>>()
  let draining = false
  let stopping = false
  let ended: Promise<void> | null = null
  let trouble = 'not started'
  let shownAt = performance.now()
  let beating: NodeJS.Timeout | undefined
  let showing = false

  const takeNothingNew = () => {
    draining = true
    for (const desk of desks) desk.stop().catch(error => report('stopping a desk', error))
  }

  const showItself = async () => {
    if (showing) return
    showing = true
    try {
      const sandbox = await deps.sandbox.check()
      const entry: WorkerEntry = {
        id,
        classes,
        draining,
        organisationId: deps.organisationId,
        host: deps.host,
        version: deps.version,
        pid: process.pid,
        active: active.size,
        sandbox: { driver: sandbox.driver, available: sandbox.available, reason: sandbox.reason },
      }
      const answer = await beat(sql, entry)
      if (answer.draining && !draining) takeNothingNew()
      trouble = ''
      shownAt = performance.now()
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error)
      report('heartbeat', error)
    } finally {
      showing = false
    }
  }

  const serve = async (ticket: Ticket) => {
    const { runId, taskIndex, epoch } = ticket
    const name = `${runId}-${taskIndex}-${epoch}`
    // The same ticket twice, while the first is at work: it is one claim, and one work.
    if (draining || active.has(name)) return
    const work = claimAndPerform(ticket)
    active.set(name, work)
    try {
      await work
      crashAt('before-ack')
    } finally {
      active.delete(name)
    }
  }

  const claimAndPerform = async (ticket: Ticket) => {
    const { runId, taskIndex, epoch } = ticket
    const since = claims.clock()
    const claimed = await handle
      .handle(runId, { type: 'ClaimTask', taskIndex, epoch, worker: id }, { actor: { kind: 'agent', id, name: id } })
      .catch(error => declined(ticket, error))
    const task = claimed?.run.tasks[taskIndex]
    if (claimed === null || task === undefined) return
    const claim = claims.hold(ticket, since)
    // Granted while this worker was already giving back what it has.
    if (stopping) claim.end('drain')
    const actor: Actor = { kind: 'agent', id, name: task.uses }
    try {
      await perform({ ...deps, graceMs, report, crashAt }, claimed.run, task, claim, actor)
    } catch (error) {
      // The claim runs out by itself, and another worker takes the task.
      if (claim.ended === null) report(`task ${taskIndex} of run ${runId}`, error)
    } finally {
      claims.drop(claim)
    }
  }

  /** A ticket that cannot be used now; where the run or the task has moved on, that is all. */
  const declined = async (ticket: Ticket, error: unknown): Promise<null> => {
    const code = error instanceof OrreryError ? error.code : 'INTERNAL'
    if (code === 'CONFLICT' || code === 'LIMIT_REACHED')
      await returnTicket(sql, ticket).catch(failure => report('returning a ticket', failure))
    else if (code !== 'STALE_EPOCH' && code !== 'NOT_FOUND')
      report(`claiming task ${ticket.taskIndex} of run ${ticket.runId}`, error)
    return null
  }

  const end = async (waitMs: number) => {
    takeNothingNew()
    await showItself()
    await settled([...active.values()], waitMs)
    stopping = true
    for (const claim of claims.all()) claim.end('drain')
    await Promise.all(active.values())
    await Promise.all(desks.map(desk => desk.close().catch(error => report('closing a desk', error))))
    stopListening()
    claims.stop()
    clearInterval(beating)
    await retire(sql, id).catch(error => report('retiring', error))
    trouble = 'ended'
  }

  return {
    async start() {
      await showItself()
      beating = setInterval(showItself, beatMs)
      for (const [workerClass, concurrency] of Object.entries(classes)) {
        if (concurrency > 0) desks.push(tickets.process(workerClass, concurrency, serve))
      }
    },
    drain(waitMs) {
      ended ??= end(waitMs)
      return ended
    },
    state() {
      const silent = performance.now() - shownAt
      const reason = trouble === '' && silent > silentMs ? `no heartbeat for ${Math.round(silent / 1_000)} s` : trouble
      return { id, active: active.size, draining, up: reason === '', reason }
    },
  }
}

/** Resolves when all have settled, at the latest after so many milliseconds. */
async function settled(work: readonly Promise<unknown>[], ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([Promise.allSettled(work), late])
  clearTimeout(timer)
}
