/** The commands of one run, apart from all others: after a lost comparison, after an error, and where it must be read first. */
import { setTimeout as sleep } from 'node:timers/promises'
import { OrreryError } from '../domain/errors.ts'
import type { Run } from '../domain/run/state.ts'
import type { Commit } from './commit.ts'
import { isTemporary } from './connect.ts'
import { decideBatch, type Waiting } from './decide-batch.ts'
import { loadState, newest } from './load.ts'
import type { RunCache } from './run-cache.ts'
import type { EventStore } from './store.ts'

export type AloneDeps = {
  store: EventStore
  cache: RunCache
  commit: Commit
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds that a command waits for Postgres to come back. */
  patienceMs: number
}

/** How often a command may lose against other processes before it is told so. */
const maxLosses = 100

/** An error that brought commands here, and the head on which they had been decided. */
export type Failed = { error: unknown; head: number }

export type Alone = {
  /** Reads, decides and commits until each command is answered. */
  untilAnswered(runId: string, items: readonly Waiting[], failed?: Failed): Promise<void>
  /** The newest state. What is in memory is a true beginning of the log, so only what came since is read. */
  refresh(runId: string): Promise<Run | null>
}

export function createAlone({ store, cache, commit, now, patienceMs }: AloneDeps): Alone {
  const refresh = async (runId: string) => {
    const run = await loadState(store, runId, newest, cache.get(runId) ?? null)
    if (run !== null) cache.set(run)
    return run
  }

  /** Answers the commands whose events are already there, and returns the others. Those without a name can only be after `head`. */
  const answerKnown = async (runId: string, items: readonly Waiting[], head: number) => {
    const open: Waiting[] = []
    for (const item of items) {
      const found = await store.findCommand(runId, item.meta.commandId, head)
      const events = found === null ? [] : await store.read(runId, found.first - 1, found.last - found.first + 1)
      const run = found === null ? null : await refresh(runId)
      if (run === null) open.push(item)
      else item.resolve({ run, events })
    }
    return open
  }

  const untilAnswered = async (runId: string, items: readonly Waiting[], failed?: Failed): Promise<void> => {
    const deadline = now() + patienceMs
    let open = items
    let error = failed?.error
    /** The lowest head on which something was decided that may have been kept without our knowing. */
    let doubtful = failed?.head ?? Number.POSITIVE_INFINITY
    for (let tries = 0; tries < maxLosses || error !== undefined; tries++) {
      let run: Run | null = null
      try {
        error = undefined
        run = await refresh(runId)
        // After the reading: what is committed from here on moves the head that is compared, and so is found the next time.
        // A command with a name may have been said before; one that met an error may have been kept all the same.
        if (doubtful !== Number.POSITIVE_INFINITY || open.some(item => item.named))
          open = await answerKnown(runId, open, Math.min(doubtful, newest))
        if (open.length === 0) return
        const written = await commit.write([decideBatch(runId, run, open, now())])
        commit.answer(written)
        if (written.lost.size === 0) return
      } catch (caught) {
        error = caught
        doubtful = Math.min(doubtful, run?.head ?? 0)
        if (!isTemporary(caught) && open.length > 1) {
          // One of them cannot be stored: it must not take the others with it.
          for (const item of open) await untilAnswered(runId, [item])
          return
        }
        if (!isTemporary(caught) || now() >= deadline) return reject(open, caught)
        await sleep(Math.min(2_000, 50 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random() / 2))
      }
    }
    reject(
      open,
      new OrreryError('UNAVAILABLE', `run ${runId} is changed by others faster than this command can be decided`, {
        retryable: true,
      }),
    )
  }

  return { untilAnswered, refresh }
}

function reject(items: readonly Waiting[], error: unknown): void {
  const away = isTemporary(error)
    ? new OrreryError('UNAVAILABLE', 'Postgres does not answer', { retryable: true, cause: error })
    : error
  for (const item of items) item.reject(away)
}
