/** An outage is one piece of news, not one a second. */
import type { Report } from './redis.ts'

const repeatAfterMs = 60_000
/** Places that are remembered; among them are names of runs. */
const maxPlaces = 1_000

/** Says the same of the same place again only after a minute. */
export function quietly(report: Report, now: () => number = Date.now): Report {
  const said = new Map<string, { message: string; at: number }>()
  return (where, error) => {
    const message = error instanceof Error ? error.message : String(error)
    const last = said.get(where)
    if (last?.message === message && now() - last.at < repeatAfterMs) return
    said.delete(where)
    said.set(where, { message, at: now() })
    const [oldest] = said.keys()
    if (said.size > maxPlaces && oldest !== undefined) said.delete(oldest)
    report(where, error)
  }
}
