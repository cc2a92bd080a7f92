/**
 * The only way to change a run: decide on the newest state, append, answer. In a process the commands of one run are
 * decided in order on a cached state; the events of many runs ride in one flush, and one flush is under way at a time.
 * While it is, the next one fills: the slower Postgres, the larger the flush.
 *
 *   waiting ──load──▶ decide ──┬─ events ───▶ append ─┬─ appended ─▶ answer
 *      ▲                       └─ none, no ─▶ heads ──┤
 *      └───────────── head moved, state dropped ◀─────┘
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { OrreryError } from '../domain/errors.ts'
import { cleanJson } from '../domain/run/clean.ts'
import type { Command, CommandMeta } from '../domain/run/commands.ts'
import { isTemporary, sqlState } from './connect.ts'
import { type Decided, decideBatch, type Waiting } from './decide-batch.ts'
import { crossesSnapshot, loadState, newest } from './load.ts'
import { mayBeDue } from './projections.ts'
import { createRunCache } from './run-cache.ts'
import type { By, Committed, EventStore, Handle, Handled } from './store.ts'

/** Where a test may end the process. */
export type CrashPoint = 'before-append' | 'after-append' | 'after-publish'

export type HandleDeps = {
  store: EventStore
  /** Told after each commit, never awaited. */
  onCommitted?: (changes: Committed[]) => void
  onError?: (error: unknown, doing: string) => void
  /** Milliseconds since 1970. */
  now?: () => number
  /** How long a command waits for Postgres to come back. */
  patienceMs?: number
  crashAt?: (point: CrashPoint) => void
}

/** Runs in one flush. Half of many, so that one half is decided while the other is being written. */
const maxRuns = 256
/** Runs that are worth deciding before the flush under way is back. */
const worthDeciding = 64
/** How often a command may lose against other processes before it is told so. */
const maxLosses = 100

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
  let flushing: Promise<void> | null = null
  const background = new Set<Promise<unknown>>()

  const enqueue = (runId: string, item: Waiting) => {
    const queue = waiting.get(runId)
    if (queue === undefined) waiting.set(runId, [item])
    else queue.push(item)
    pump()
  }

  const pump = () => {
    flushing ??= flushAll().finally(() => {
      flushing = null
      if ([...waiting.keys()].some(runId => !busy.has(runId))) pump()
    })
  }

  /** One flush is under way at a time. A large next one is decided meanwhile; a small one waits, and grows. */
  const flushAll = async () => {
    let underWay: Promise<void> | null = null
    for (;;) {
      // Whatever is said in this tick rides along.
      await Promise.resolve()
      const idle = [...waiting.keys()].filter(runId => !busy.has(runId))
      if (underWay !== null && idle.length < worthDeciding) {
        await underWay
        underWay = null
      } else if (idle.length === 0) {
        return
      } else {
        const decided = take(idle.slice(0, maxRuns)).map(([runId, items]) =>
          decideBatch(runId, cache.get(runId) ?? null, items, now()),
        )
        await underWay
        underWay = decided.length > 0 ? together(decided) : null
      }
    }
  }

  /** Takes what waits for these runs. A run that must be read first is handled apart, so that the others need not wait for it. */
  const take = (runIds: readonly string[]): [string, Waiting[]][] => {
    const ready: [string, Waiting[]][] = []
    for (const runId of runIds) {
      const items = waiting.get(runId) ?? []
      waiting.delete(runId)
      busy.add(runId)
      if (isReady(runId, items)) ready.push([runId, items])
      else track(alone(runId, items))
    }
    return ready
  }

  /** A new run needs no reading: if it is there after all, the append loses. A named command may have been said elsewhere. */
  const isReady = (runId: string, items: readonly Waiting[]) =>
    items[0]?.command.type === 'StartRun' || (cache.get(runId) !== undefined && !items.some(item => item.named))

  const track = (work: Promise<unknown>) => {
    background.add(work)
    void work.finally(() => background.delete(work))
  }

  const release = (runId: string) => {
    busy.delete(runId)
    if (waiting.has(runId)) pump()
  }

  /** One flush of many runs, all of them in memory. What fails as a whole is done again run by run. */
  const together = async (decided: readonly Decided[]) => {
    try {
      const lost = await commit(decided)
      for (const one of decided) {
        if (lost.has(one.runId)) track(alone(one.runId, one.items))
        else release(one.runId)
      }
    } catch (error) {
      if (!isTemporary(error) && sqlState(error) === null) onError(error, 'flush')
      for (const one of decided) {
        cache.drop(one.runId)
        track(alone(one.runId, one.items, error))
      }
    }
  }

  /** Appends and compares; answers the winners and returns the runs that lost. */
  const commit = async (decided: readonly Decided[]): Promise<ReadonlySet<string>> => {
    const appends = decided.flatMap(one => (one.append === null ? [] : [one.append]))
    const silent = decided.filter(one => one.append === null)
    if (appends.length > 0) crashAt('before-append')
    const [results, heads] = await Promise.all([
      appends.length > 0 ? store.append(appends) : [],
      silent.length > 0 ? store.heads(silent.map(one => one.runId)) : new Map<string, number>(),
    ])
    if (appends.length > 0) crashAt('after-append')
    const won = new Set(appends.filter((_, index) => results[index] === 'appended').map(one => one.after.id))
    const lost = new Set<string>()
    for (const one of decided) {
      const valid = one.append === null ? (heads.get(one.runId) ?? 0) === (one.before?.head ?? 0) : won.has(one.runId)
      if (valid) settle(one)
      else {
        cache.drop(one.runId)
        lost.add(one.runId)
      }
    }
    if (won.size > 0) {
      onCommitted(
        appends
          .filter(one => won.has(one.after.id))
          .map(one => ({
            runId: one.after.id,
            organisationId: one.after.organisationId,
            projectId: one.after.projectId,
            head: one.after.head,
            due: mayBeDue(one),
          })),
      )
      crashAt('after-publish')
    }
    return lost
  }

  const settle = (one: Decided) => {
    if (one.after !== null) cache.set(one.after)
    if (one.append !== null && one.after !== null && crossesSnapshot(one.before?.head ?? 0, one.after.head)) {
      track(store.saveSnapshot(one.after).catch(error => onError(error, 'snapshot')))
    }
    one.answer()
  }

  const alone = (runId: string, items: readonly Waiting[], failed?: unknown) =>
    untilAnswered(runId, items, failed).finally(() => release(runId))

  /** Loads, decides and commits the commands of one run until each is answered. */
  const untilAnswered = async (runId: string, items: readonly Waiting[], failed?: unknown) => {
    const deadline = now() + patienceMs
    let open = items
    let error = failed
    for (let tries = 0; open.length > 0; tries++) {
      try {
        if (error !== undefined || open.some(item => item.named)) open = await answerKnown(runId, open)
        error = undefined
        if (open.length === 0) return
        const run = cache.get(runId) ?? (await loadState(store, runId, newest))
        const lost = await commit([decideBatch(runId, run, open, now())])
        if (lost.size === 0) return
        if (tries >= maxLosses)
          throw new OrreryError(
            'UNAVAILABLE',
            `run ${runId} is changed by others faster than this command can be decided`,
            { retryable: true },
          )
      } catch (caught) {
        cache.drop(runId)
        error = caught
        if (isTemporary(caught) && now() < deadline) {
          await sleep(Math.min(2_000, 50 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random() / 2))
        } else if (open.length > 1 && !isTemporary(caught)) {
          // One of them cannot be stored: it must not take the others with it.
          for (const item of open) await untilAnswered(runId, [item])
          return
        } else {
          const refusal = isTemporary(caught)
            ? new OrreryError('UNAVAILABLE', 'Postgres does not answer', { retryable: true, cause: caught })
            : caught
          for (const item of open) item.reject(refusal)
          return
        }
      }
    }
  }

  /** Answers the commands whose events are already there, and returns the others. */
  const answerKnown = async (runId: string, items: readonly Waiting[]) => {
    const open: Waiting[] = []
    for (const item of items) {
      const found = await store.findCommand(runId, item.meta.commandId)
      if (found === null) {
        open.push(item)
        continue
      }
      const events = await store.read(runId, found.first - 1, found.last - found.first + 1)
      const run = await loadState(store, runId, newest)
      if (run !== null) item.resolve({ run, events })
    }
    return open
  }

  return {
    handle(runId, command, by) {
      return new Promise<Handled>((resolve, reject) => {
        const named = by.commandId !== undefined
        enqueue(runId, { command: cleanJson<Command>(command), meta: metaOf(by, now()), named, resolve, reject })
      })
    },
    async load(runId) {
      const run = cache.get(runId)
      if (run !== undefined && (await store.heads([runId])).get(runId) === run.head) return run
      return loadState(store, runId, newest)
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
