/** How long a provider asks to be left alone. */

/**
 * Milliseconds, or null where it asks nothing. Understands `retry-after-ms`, `retry-after` in seconds or as a date, and
 * the retry delay (`"37s"`) that Google puts into the body.
 */
export function retryAfterOf(headers: Headers, body: string, now: number): number | null {
  const asked = [
    milliseconds(headers.get('retry-after-ms')),
    secondsOrDate(headers.get('retry-after'), now),
    delayIn(body),
  ]
  return asked.find(wait => wait !== null) ?? null
}

/** Nobody waits longer than a day because a header says so. */
const mostMs = 24 * 3_600_000
const bounded = (wait: number): number => Math.min(mostMs, Math.max(0, Math.ceil(wait)))

const milliseconds = (text: string | null): number | null =>
  text !== null && /^\d+(\.\d+)?$/.test(text.trim()) ? bounded(Number(text)) : null

function secondsOrDate(text: string | null, now: number): number | null {
  if (text === null) return null
  if (/^\d+(\.\d+)?$/.test(text.trim())) return bounded(Number(text) * 1_000)
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : bounded(date - now)
}

function delayIn(body: string): number | null {
  const seconds = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/.exec(body)?.[1]
  return seconds === undefined ? null : bounded(Number(seconds) * 1_000)
}
