import { useQuery } from 'urql'
import { useApp } from '../../lib/app-context.ts'
import { OrganisationBudgetDocument } from '../../lib/budget-documents.ts'
import { faultOf } from '../../lib/fault.ts'
import { formatMoney } from '../../lib/format.ts'
import { budgetFigures, useSetBudget } from '../../lib/use-budget.ts'
import { BudgetForm, BudgetScale } from '../../ui/budget.tsx'
import { Bars } from '../../ui/empty.tsx'
import css from './settings.module.css'

/** What everything together may cost. */
export function OrganisationBudget() {
  const { notices } = useApp()
  const [{ data, error, fetching }, again] = useQuery({ query: OrganisationBudgetDocument })
  const organisation = data?.viewer.organisation
  const { set, pending, fault } = useSetBudget(organisation?.id ?? '')
  if (organisation === undefined)
    return fetching ? <Bars rows={2} height={44} /> : <p className={css.fault}>{error ? faultOf(error) : ''}</p>
  const figures = budgetFigures(organisation.budget)
  const onSet = async (limit: number | null) => {
    if (!(await set(limit))) return
    notices.say(limit === null ? 'There is no limit now.' : `The limit is ${formatMoney(limit)} now.`, 'good')
    again({ requestPolicy: 'network-only' })
  }
  return (
    <div className={css.stack}>
      <BudgetScale budget={figures} label="Budget of the organisation that is used" />
      <BudgetForm
        key={figures.limit}
        limit={figures.limit}
        pending={pending}
        fault={fault}
        onSet={limit => void onSet(limit)}
      />
    </div>
  )
}
