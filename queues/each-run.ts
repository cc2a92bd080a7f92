/**
 * Does something for each of many runs, so that one which cannot be helped never holds up the others: it is set aside for
 * a while, longer each time, and left out of what is looked for meanwhile.
 */

import type { Handled } from '../db/store.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Report } from './redis.ts'

/** Looks for items, without those of the given runs, and works on all of them at once. Throws where the looking fails, or Postgres is away. */
export type Each = <T extends { runId: string }>(
  what: string,
  find: (exceptRuns: readonly string[]) => Promise<readonly T[]>,
  work: (item: T) => Promise<Handled | undefined>,
) => Promise<void>

const firstPauseMs = 2_000
const longestPauseMs = 60_000
/** Runs set aside for one thing; beyond them the oldest is tried again. */
const maxAside = 1_000

/** What another process did first, or time has overtaken. */
const harmless: readonly string[] = ['CONFLICT', 'STALE_EPOCH', 'NOT_FOUND']

export function createEach(report: Report, now: () => number = Date.now): Each {
  const aside = new Map<string, Map<string, { until: number; pauseMs: number }>>()

  const setAside = (what: string, runId: string) => {
    const runs = aside.get(what) ?? new Map<string, { until: number; pauseMs: number }>()
    aside.set(what, runs)
    const pauseMs = Math.min(longestPauseMs, 2 * (runs.get(runId)?.pauseMs ?? firstPauseMs / 2))
    runs.delete(runId)
    runs.set(runId, { until: now() + pauseMs, pauseMs })
    const [oldest] = runs.keys()
    if (runs.size > maxAside && oldest !== undefined) runs.delete(oldest)
  }

  /** Those that are set aside now; who has behaved for as long as the longest pause is forgotten. */
  const excepted = (what: string): string[] => {
    const runs = aside.get(what)
    if (runs === undefined) return []
    for (const [runId, { until }] of runs) if (until + longestPauseMs < now()) runs.delete(runId)
    return [...runs].filter(([, { until }]) => until > now()).map(([runId]) => runId)
  }

  return async (what, find, work) => {
    const items = await find(excepted(what))
    let away: unknown
    await Promise.all(
      items.map(async item => {
        try {
          const handled = await work(item)
          // Nothing was decided, although the row says that something is due: it must not be found again at once.
          if (handled !== undefined && handled.events.length === 0) setAside(what, item.runId)
        } catch (error) {
          if (error instanceof OrreryError && error.code === 'UNAVAILABLE') {
            away = error
            return
          }
          setAside(what, item.runId)
          if (!(error instanceof OrreryError && harmless.includes(error.code)))
            report(`${what}: run ${item.runId}`, error)
        }
      }),
    )
    if (away !== undefined) throw away
  }
}
