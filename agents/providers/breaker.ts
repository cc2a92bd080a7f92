/**
 * A circuit breaker as a pure state machine.
 *
 *   closed ──too many failures──▶ open ──time──▶ half-open ──success──▶ closed
 *                                  ▲                 │
 *                                  └────failure──────┘   twice as long as the last time
 *
 * In half-open one call probes, and the others are refused until it has ended.
 */

export type Breaker =
  /** `outcomes`: the newest calls, true where one failed. */
  | { status: 'closed'; outcomes: readonly boolean[] }
  /** `times`: how often in a row it opened. `until` in milliseconds since 1970. */
  | { status: 'open'; until: number; times: number }
  | { status: 'half-open'; probing: boolean; times: number }

/** `gave-up` says nothing about the provider: a cancelled call, or one that was wrong in itself. */
export type BreakerEvent = 'begin' | 'succeed' | 'fail' | 'give-up'

export type BreakerSettings = {
  /** Calls that are looked back on. */
  window: number
  /** Fewer than these say nothing. */
  leastCalls: number
  /** The share of failures from which it opens. */
  ratio: number
  openMs: number
  mostOpenMs: number
}
export const breakerSettings: BreakerSettings = {
  window: 20,
  leastCalls: 4,
  ratio: 0.5,
  openMs: 10_000,
  mostOpenMs: 300_000,
}

export const closed: Breaker = { status: 'closed', outcomes: [] }

/** The breaker as it stands at this moment: an open one whose time has come lets a probe through. */
export const at = (breaker: Breaker, now: number): Breaker =>
  breaker.status === 'open' && now >= breaker.until
    ? { status: 'half-open', probing: false, times: breaker.times }
    : breaker

/** Whether a call may begin now. */
export function admits(breaker: Breaker, now: number): boolean {
  const current = at(breaker, now)
  return current.status === 'closed' || (current.status === 'half-open' && !current.probing)
}

export function step(before: Breaker, event: BreakerEvent, now: number, settings = breakerSettings): Breaker {
  const breaker = at(before, now)
  switch (breaker.status) {
    case 'closed':
      return event === 'succeed' || event === 'fail' ? counted(breaker, event === 'fail', now, settings) : breaker
    case 'open':
      // Calls that began before it opened end here, and change nothing.
      return breaker
    case 'half-open':
      return probed(breaker, event, now, settings)
  }
}

function counted(
  { outcomes }: Extract<Breaker, { status: 'closed' }>,
  failed: boolean,
  now: number,
  settings: BreakerSettings,
): Breaker {
  const newest = [...outcomes, failed].slice(-settings.window)
  const failures = newest.filter(Boolean).length
  const isTooMany = newest.length >= settings.leastCalls && failures / newest.length >= settings.ratio
  return isTooMany ? opened(1, now, settings) : { status: 'closed', outcomes: newest }
}

function probed(
  breaker: Extract<Breaker, { status: 'half-open' }>,
  event: BreakerEvent,
  now: number,
  settings: BreakerSettings,
): Breaker {
  switch (event) {
    case 'begin':
      return { ...breaker, probing: true }
    case 'succeed':
      return closed
    case 'fail':
      return opened(breaker.times + 1, now, settings)
    case 'give-up':
      return { ...breaker, probing: false }
  }
}

const opened = (times: number, now: number, { openMs, mostOpenMs }: BreakerSettings): Breaker => ({
  status: 'open',
  times,
  until: now + Math.min(mostOpenMs, openMs * 2 ** (times - 1)),
})
