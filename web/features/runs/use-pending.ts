import { useState } from 'react'

/**
 * What was asked for and has not happened yet. It is over when `sign` changes, which is something that events change; an
 * answer of the server alone does not end it. Returns what is pending, how to begin, and how to give up.
 */
export function usePending<T>(sign: unknown): [pending: T | null, begin: (what: T) => void, giveUp: () => void] {
  const [pending, setPending] = useState<{ what: T; sign: unknown } | null>(null)
  const current = pending !== null && Object.is(pending.sign, sign) ? pending.what : null
  return [current, what => setPending({ what, sign }), () => setPending(null)]
}
