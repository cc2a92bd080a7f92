import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useQuery } from 'urql'
import { OrganisationBudgetDocument } from '../../lib/budget-documents.ts'
import { counted, formatMoney } from '../../lib/format.ts'
import { budgetFigures } from '../../lib/use-budget.ts'
import { useSpending, useToday } from '../../lib/use-spending.ts'
import { Gauge } from '../../ui/gauge.tsx'
import { Part } from '../../ui/page.tsx'
import css from './home.module.css'

/** What models cost since midnight, and how far the budget of the organisation reaches. Each figure leads to its rows. */
export function Today() {
  const from = useToday()
  const spent = useSpending(from)
  const [{ data }, again] = useQuery({ query: OrganisationBudgetDocument })
  // The budget changes with what is spent, and is read anew then.
  const seen = spent === null ? null : `${spent.micros}/${spent.calls}`
  useEffect(() => {
    if (seen !== null) again({ requestPolicy: 'network-only' })
  }, [seen, again])
  const budget = data?.viewer.organisation.budget
  return (
    <Part title="Spent today">
      <div className={css.spent}>
        <Link to="/spending" search={{ from: new Date(from).toISOString() }} className={css.figure} data-figure="today">
          {spent === null ? '…' : formatMoney(spent.micros)}
        </Link>
        <p className={css.note}>{spent === null ? '' : counted(spent.calls, 'model call')} since midnight</p>
        {budget === undefined ? null : <BudgetLine {...budgetFigures(budget)} />}
      </div>
    </Part>
  )
}

function BudgetLine({ spent, reserved, limit }: { spent: number; reserved: number; limit: number | null }) {
  const aside = reserved === 0 ? '' : `, ${formatMoney(reserved)} set aside for calls under way`
  return (
    <div className={css.budget}>
      <Gauge used={spent} reserved={reserved} limit={limit} label="Budget of the organisation that is used" />
      <p className={css.note}>
        {limit === null
          ? `${formatMoney(spent)} in all${aside}; there is no limit`
          : `${formatMoney(spent)} of ${formatMoney(limit)} in all${aside}`}{' '}
        <Link to="/settings">{limit === null ? 'Set one' : 'Change it'}</Link>
      </p>
    </div>
  )
}
