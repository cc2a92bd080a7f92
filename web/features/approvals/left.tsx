import { formatExact, formatSpan } from '../../lib/format.ts'
import { useNow } from '../../lib/hooks.ts'
import css from './approvals.module.css'

/** From here on the time that is left is said in another tone. */
const soonMs = 10 * 60_000

/** How long a question waits for an answer, counting down. */
export function Left({ until }: { until: number }) {
  const now = useNow()
  const left = until - now
  return (
    <time
      className={`${css.left} tabular`}
      dateTime={new Date(until).toISOString()}
      title={formatExact(until)}
      data-tone={left <= soonMs ? 'wait' : undefined}
    >
      {left > 0 ? `${formatSpan(left)} left` : 'the time is over'}
    </time>
  )
}
