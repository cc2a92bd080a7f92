import { formatAgo, formatExact, formatSpan } from '../lib/format.ts'
import { useNow } from '../lib/hooks.ts'

/** How long something took, or has taken until now. Milliseconds since 1970. */
export function Span({ from, to }: { from: number; to: number | null }) {
  const now = useNow(to === null)
  return <span className="tabular">{formatSpan((to ?? Math.max(now, from)) - from)}</span>
}

export function Ago({ at }: { at: number }) {
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatAgo(at, now)}
    </time>
  )
}
