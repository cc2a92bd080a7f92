/**
 * The only way to change a run: decide on the newest state, append, answer. In a process the commands of one run are
 * decided in order on a cached state; the events of many runs ride in one flush, and no run is in two flushes at a time.
 * While one is under way, the next one fills: the slower Postgres, the larger the flush.
 *
 *   waiting ──load──▶ decide ──┬─ events ───▶ append ─┬─ appended ─▶ answer
 *      ▲                       └─ none, no ─▶ heads ──┤
 *      └───────────── head moved, state dropped ◀─────┘
 */
import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { cleanJson } from '../domain/run/clean.ts'
import type { Command, CommandMeta } from '../domain/run/commands.ts'
import { createAlone, type Failed } from './alone.ts'
import { type CrashPoint, createCommit } from './commit.ts'
import { isTemporary, sqlState } from './connect.ts'
import { type Decided, decideBatch, type Waiting } from './decide-batch.ts'
import { loadState, newest } from './load.ts'
import { createRunCache } from './run-cache.ts'
import type { By, Committed, EventStore, Handle, Handled } from './store.ts'

export type { CrashPoint }

export type HandleDeps = {
  store: EventStore
  /** Told after each commit, never awaited. */
  onCommitted?: (changes: Committed[]) => void
  onError?: (error: unknown, doing: string) => void
  /** Milliseconds since 1970. */
  now?: () => number
  /** How long a command waits for Postgres to come back, in milliseconds; 30,000 unless told. */
  patienceMs?: number
  crashAt?: (point: CrashPoint) => void
}

/** Runs in one flush. A third of many, so that Postgres writes two thirds while the rest is answered and decided again. */
const maxRuns = 170
/** Flushes under way at a time, each on a connection of its own. One, sent after the other, left Postgres idle for half of the time. */
const maxFlushes = 3
/** Runs that are worth deciding before the flush under way is back. */
const worthDeciding = 64

export function createHandle(deps: HandleDeps): Handle {
  const {
    store,
    onCommitted = () => {},
    onError = () => {},
    now = Date.now,
    patienceMs = 30_000,
    crashAt = () => {},
  } = deps
  const cache = createRunCache()
  const waiting = new Map<string, Waiting[]>()
  /** Runs whose commands are being decided, appended or retried: what comes in for them meanwhile waits for the next flush. */
  const busy = new Set<string>()
  const background = new Set<Promise<unknown>>()
  let flushing: Promise<void> | null = null
  let wake = () => {}

  const aside = (work: Promise<unknown>, doing: string) => {
    const guarded = work.catch(error => onError(error, doing)).finally(() => background.delete(guarded))
    background.add(guarded)
  }
  const commit = createCommit({ store, cache, onCommitted, aside, crashAt })
  const { untilAnswered, refresh } = createAlone({ store, cache, commit, now, patienceMs })

  const release = (runId: string) => {
    busy.delete(runId)
    if (waiting.has(runId)) pump()
  }

  const alone = (runId: string, items: readonly Waiting[], failed?: Failed) =>
    aside(
      untilAnswered(runId, items, failed).finally(() => release(runId)),
      'command',
    )

  const pump = () => {
    flushing ??= flushAll().finally(() => {
      flushing = null
      if ([...waiting.keys()].some(runId => !busy.has(runId))) pump()
    })
  }

  /**
   * A small flush waits while another is under way, and grows; a large one is sent at once, so that Postgres writes one
   * while the other is answered and what follows from that is decided. No run is in two of them.
   */
  const flushAll = async () => {
    const underWay = new Set<Promise<void>>()
    for (;;) {
      // Whatever is said in this tick rides along.
      await Promise.resolve()
      const idle = [...waiting.keys()].filter(runId => !busy.has(runId))
      if (underWay.size === maxFlushes) await Promise.race(underWay)
      else if (underWay.size > 0 && idle.length < worthDeciding) await Promise.race([...underWay, enough()])
      else if (idle.length === 0) return
      else flush(idle.slice(0, maxRuns), underWay)
    }
  }

  const flush = (runIds: readonly string[], underWay: Set<Promise<void>>) => {
    const decided = take(runIds).map(([runId, items]) => decideBatch(runId, cache.get(runId) ?? null, items, now()))
    if (decided.length === 0) return
    const written = together(decided).finally(() => underWay.delete(written))
    underWay.add(written)
  }

  /** Resolves once so much waits that it is worth deciding, and all who say something now have said it. */
  const enough = async (): Promise<void> => {
    await new Promise<void>(resolve => {
      wake = resolve
    })
    await nextTurn()
  }

  /** Takes what waits for these runs. A run that must be read first is handled apart, so that the others need not wait for it. */
  const take = (runIds: readonly string[]): [string, Waiting[]][] => {
    const ready: [string, Waiting[]][] = []
    for (const runId of runIds) {
      const items = waiting.get(runId) ?? []
      waiting.delete(runId)
      busy.add(runId)
      if (isReady(runId, items)) ready.push([runId, items])
      else alone(runId, items)
    }
    return ready
  }

  /** A new run needs no reading: if it is there after all, the append loses. A named command may have been said elsewhere. */
  const isReady = (runId: string, items: readonly Waiting[]) =>
    items[0]?.command.type === 'StartRun' || (cache.get(runId) !== undefined && !items.some(item => item.named))

  /** One flush of many runs. What loses is decided again apart; what fails is done again run by run. */
  const together = async (decided: readonly Decided[]): Promise<void> => {
    try {
      const written = await commit.write(decided)
      commit.answer(written)
      for (const { runId, items } of decided) {
        if (written.lost.has(runId)) alone(runId, items)
        else release(runId)
      }
    } catch (error) {
      if (!isTemporary(error) && sqlState(error) === null) onError(error, 'flush')
      for (const { runId, items, before } of decided) alone(runId, items, { error, head: before?.head ?? 0 })
    }
  }

  return {
    handle(runId, command, by) {
      return new Promise<Handled>((resolve, reject) => {
        const named = by.commandId !== undefined
        const item: Waiting = { command: cleanJson<Command>(command), meta: metaOf(by, now()), named, resolve, reject }
        const queue = waiting.get(runId)
        if (queue === undefined) waiting.set(runId, [item])
        else queue.push(item)
        if (waiting.size >= worthDeciding) wake()
        pump()
      })
    },
    async load(runId) {
      const run = cache.get(runId)
      return run !== undefined && (await store.heads([runId])).get(runId) === run.head ? run : refresh(runId)
    },
    stateAt: (runId, seq) => loadState(store, runId, Math.min(seq, newest)),
    async close() {
      while (flushing !== null || background.size > 0) await Promise.all([flushing, ...background])
    },
  }
}

const metaOf = (by: By, now: number): CommandMeta => ({
  commandId: by.commandId ?? randomUUID(),
  actor: by.actor,
  now,
  seed: Math.floor(Math.random() * 2 ** 32),
  correlationId: by.correlationId ?? null,
})
