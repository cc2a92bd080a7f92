/** When a failed call is worth another try. */
import type { ModelError, ModelErrorCode } from '../../domain/model.ts'

const firstMs = 1_000
const mostMs = 60_000
/** Longer than this nobody waits for one model: another one is asked, or the task is put off. */
const mostAskedMs = 300_000
const mostTries = 4
/** What is broken rather than busy seldom heals by asking again. */
const fewTries: readonly ModelErrorCode[] = ['TRUNCATED', 'GARBAGE', 'TIMED_OUT']

/**
 * How long to wait before the next try, in milliseconds, after `tries` of them; null where there should be none. Doubles
 * from a second to a minute and is drawn from its upper half, so that many callers do not come back at once; never
 * sooner than the provider asked. `random` is from [0, 1).
 */
export function nextTry(error: ModelError, tries: number, random: number): { waitMs: number } | null {
  if (!error.retryable || tries >= (fewTries.includes(error.code) ? 2 : mostTries)) return null
  const backoff = Math.min(mostMs, firstMs * 2 ** Math.max(0, tries - 1))
  if (error.retryAfterMs === null) return { waitMs: Math.round(backoff * (0.5 + random / 2)) }
  return error.retryAfterMs > mostAskedMs ? null : { waitMs: Math.round(error.retryAfterMs + random * firstMs) }
}
