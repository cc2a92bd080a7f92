import { Link } from '@tanstack/react-router'
import { forecastMicros } from '../../../domain/money.ts'
import { progressOf } from '../../../domain/run/progress.ts'
import { isRunEnded } from '../../../domain/run/state.ts'
import { useCalmView } from '../../lib/calm-view.ts'
import { EventsLink } from '../../lib/events-link.tsx'
import { formatMoney } from '../../lib/format.ts'
import { limitsOf } from '../../lib/run-limit.ts'
import { Gauge } from '../../ui/gauge.tsx'
import css from './run-header.module.css'

/** What the run has spent of what it may, and what it will come to. */
export function RunMoney() {
  const { run } = useCalmView()
  if (run === null || (run.spentMicros === 0 && run.budgetMicros === null)) return null
  const limit = limitsOf(run).at(-1)?.micros ?? null
  const forecast = isRunEnded(run.status) ? null : forecastMicros(run.spentMicros, progressOf(run.tasks))
  return (
    <span className={css.money}>
      <span>
        <EventsLink types={['ModelCallFinished', 'ModelCallFailed']}>{formatMoney(run.spentMicros)}</EventsLink>
        {limit === null ? '' : ` of ${formatMoney(limit)}`}
      </span>
      {limit === null ? null : (
        <span className={css.gauge}>
          <Gauge used={run.spentMicros} limit={limit} label="Spent of the budget" />
        </span>
      )}
      {forecast === null || run.spentMicros === 0 ? null : (
        <Link
          from="/runs/$runId"
          to="."
          search={rest => ({ ...rest, tab: 'cost' })}
          className={css.forecast}
          data-over={(limit !== null && forecast > limit) || undefined}
        >
          {formatMoney(forecast)} foreseen
        </Link>
      )}
    </span>
  )
}
