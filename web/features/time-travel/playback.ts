/** How a run is played: its events at a multiple of the pace at which they happened. Pure: time comes from outside. */
import type { EventLog } from '../../lib/event-log.ts'

export const paces = [1, 5, 20, 100] as const
export type Pace = (typeof paces)[number]

/** Seconds at the screen for which nothing may happen; a longer silence of the run is passed over. */
const longestSilenceMs = 1_000

export type Playing = {
  /** The last event that is shown. */
  readonly seq: number
  /** Where in the time of the run it stands, in milliseconds since 1970; at the latest right before the next event. */
  readonly at: number
}

export const playFrom = (log: EventLog, seq: number): Playing => ({ seq, at: seq > 0 ? log.at(seq - 1).at : 0 })

/** After so many milliseconds at the screen. At the end of the log it stands still. */
export function play(
  { seq, at }: Playing,
  log: EventLog,
  { elapsedMs, pace }: { elapsedMs: number; pace: number },
): Playing {
  if (seq >= log.length) return { seq, at }
  const next = log.at(seq).at
  const to = Math.max(at + elapsedMs * pace, next - longestSilenceMs * pace)
  let reached = seq
  while (reached < log.length && log.at(reached).at <= to) reached += 1
  return { seq: reached, at: to }
}
