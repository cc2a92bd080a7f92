/**
 * The level-triggered loop: whatever is due, by whatever cause, is found by looking at rows. It is woken by the bell and
 * looks every two seconds at the latest; any number of processes may run it, and it may stop anywhere.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from '../db/connect.ts'
import { type Ahead, type DueOptions, dueDefaults, lookAhead, takeDue } from '../db/due.ts'
import type { Forks } from '../db/fork.ts'
import { expiredLeases } from '../db/leases.ts'
import type { Handle } from '../db/store.ts'
import { dueTimers } from '../db/timers.ts'
import type { BlobStore } from '../domain/ports.ts'
import type { Actor } from '../domain/run/events.ts'
import type { Workflow } from '../domain/workflow.ts'
import type { Bell } from './bell.ts'
import { createEach } from './each-run.ts'
import { createSignal } from './pulled.ts'
import { quietly } from './quiet-report.ts'
import type { Report } from './redis.ts'
import { createSubRuns } from './sub-runs.ts'
import type { TicketQueue } from './tickets.ts'

export type LoopDeps = {
  sql: Sql
  handle: Handle
  /** What a task of kind run goes on with in a fork. */
  forks: Forks
  tickets: TicketQueue
  bell: Bell
  /** By name: what a task of kind run may become. */
  workflows: ReadonlyMap<string, Workflow>
  blobsFor(organisationId: string): BlobStore
  /** Milliseconds between two looks when nothing wakes it; 2,000 unless told. */
  intervalMs?: number
  due?: Partial<DueOptions>
  /** What else is to be looked at every half minute. */
  chores?: readonly { name: string; run(): Promise<unknown> }[]
  report?: Report
  crashAt?: (point: 'after-publish') => void
}

/** `reason` says what goes wrong while `up` is false; the loop goes on trying. `passedAt`: milliseconds since 1970. */
export type LoopState = { up: boolean; reason: string; passes: number; passedAt: number | null }

export type Loop = {
  start(): void
  /** Looks soon; many wishes are one look. */
  wake(): void
  state(): LoopState
  /** Resolves when the pass under way has ended. */
  close(): Promise<void>
}

/** Rows in one look at leases and timers. */
const atOnce = 200
/** Milliseconds between two passes, and between two looks at what only time brings. */
const spacingMs = 2
const sweepMs = 250
const choresMs = 30_000
/** A pass that takes so long waits for something that does not answer. */
const stuckMs = 10_000
/** Rounds of ticketing in one pass: each takes what the one before left room for. */
const maxRounds = 50

const engine: Actor = { kind: 'engine', id: 'loop', name: 'Engine' }

export function createLoop(deps: LoopDeps): Loop {
  const { sql, handle, tickets, bell, intervalMs = 2_000, crashAt = () => {} } = deps
  const report = quietly(deps.report ?? (() => {}))
  const due = { ...dueDefaults, ...deps.due }
  const each = createEach(report)
  const subRuns = createSubRuns({ ...deps, actor: engine, each })
  const by = { actor: engine }
  const signal = createSignal()
  const troubles = new Map<string, string>()
  let choresAt = performance.now()
  let passes = 0
  let passedAt: number | null = null
  let begunAt: number | null = null
  let timerAt: number | null = null
  let sweptAt = Number.NEGATIVE_INFINITY
  let closed = false
  let running: Promise<void> = Promise.resolve()

  /** Tickets what is due. What its last look saw ahead; null where another process was at it. */
  const ticketDue = async (): Promise<Ahead | null> => {
    let ahead: Ahead | null = null
    const link = tickets.state()
    if (!link.up) throw new Error(`tickets: ${link.reason}`)
    for (let round = 0; round < maxRounds && !closed; round++) {
      const found = await takeDue(sql, due)
      if (found !== null) ahead = found.ahead
      if (found === null || found.tasks.length === 0) break
      await tickets.enqueue(found.tasks)
      crashAt('after-publish')
      if (!found.more) break
    }
    return ahead
  }

  const expireLeases = () =>
    each(
      'expiring leases',
      except => expiredLeases(sql, atOnce, except),
      ({ runId, taskIndex, epoch }) => handle.handle(runId, { type: 'ExpireLease', taskIndex, epoch }, by),
    )

  const fireTimers = () =>
    each(
      'firing timers',
      except => dueTimers(sql, atOnce, except),
      ({ runId, name }) => handle.handle(runId, { type: 'FireTimer', timer: name }, by),
    )

  /** A step that fails is told of and tried again; the others go on. */
  const attempt = async <T>(name: string, step: () => Promise<T>): Promise<T | null> => {
    try {
      const result = await step()
      troubles.delete(name)
      return result
    } catch (error) {
      troubles.set(name, error instanceof Error ? error.message : String(error))
      report(`loop: ${name}`, error)
      return null
    }
  }

  const advance = async (seen: Ahead | null) => {
    const { timerIn, children } = seen ?? (await lookAhead(sql))
    timerAt = timerIn === null ? null : performance.now() + timerIn
    if (children) await subRuns.advance()
  }

  /** Ticketing first and alone: whoever waits for a task waits for this. */
  const pass = async () => {
    const sweep = performance.now() - sweptAt >= sweepMs
    if (sweep) sweptAt = performance.now()
    const ahead = await attempt('tickets', ticketDue)
    const rest: Promise<unknown>[] = [attempt('sub-runs', () => advance(ahead))]
    if (performance.now() - choresAt >= choresMs) {
      choresAt = performance.now()
      for (const { name, run } of deps.chores ?? []) rest.push(attempt(name, run))
    }
    if (sweep) {
      rest.push(attempt('leases', expireLeases))
      rest.push(attempt('timers', fireTimers))
      rest.push(attempt('orphans', subRuns.cancelOrphans))
    }
    await Promise.all(rest)
    passes++
    passedAt = Date.now()
  }

  /** Until the next timer, the next sweep or the interval, whichever is first. */
  const pause = async () => {
    const sweepIn = Math.max(0, sweptAt + sweepMs - performance.now())
    // Not all processes at the same moment.
    const usual = intervalMs * (0.75 + Math.random() / 4)
    const timerIn = timerAt === null ? usual : timerAt - performance.now() + 1
    await signal.wait(Math.min(usual, Math.max(sweepIn, timerIn)))
  }

  const run = async () => {
    for (let failures = 0; !closed; ) {
      const since = performance.now()
      begunAt = since
      await pass()
      begunAt = null
      failures = troubles.size === 0 ? 0 : failures + 1
      if (failures > 0) await sleep(Math.min(2_000, 50 * 2 ** failures))
      else await sleep(Math.max(0, since + spacingMs - performance.now()))
      if (!closed) await pause()
    }
  }

  const stopListening = bell.listen(changes => {
    if (changes.length === 0 || changes.some(change => change.due)) signal.raise()
  })
  return {
    start() {
      running = run()
    },
    wake: signal.raise,
    state() {
      const reasons = [...troubles.values()]
      const underWay = begunAt === null ? 0 : performance.now() - begunAt
      if (underWay > stuckMs) reasons.push(`a pass has been under way for ${Math.round(underWay / 1_000)} s`)
      return { up: reasons.length === 0, reason: reasons.join('; '), passes, passedAt }
    },
    async close() {
      closed = true
      stopListening()
      signal.raise()
      await running
    },
  }
}
