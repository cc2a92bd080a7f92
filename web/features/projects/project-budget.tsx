import { useQuery } from 'urql'
import { useApp } from '../../lib/app-context.ts'
import { ProjectBudgetDocument } from '../../lib/budget-documents.ts'
import { faultOf } from '../../lib/fault.ts'
import { counted, formatMoney } from '../../lib/format.ts'
import { budgetFigures, useSetBudget } from '../../lib/use-budget.ts'
import { BudgetForm, BudgetScale } from '../../ui/budget.tsx'
import { Bars } from '../../ui/empty.tsx'
import css from './projects.module.css'

/** What the project has spent, of what, on which models; and what it may spend. */
export function ProjectBudget({ projectId }: { projectId: string }) {
  const { notices } = useApp()
  const [{ data, error, fetching }, again] = useQuery({ query: ProjectBudgetDocument, variables: { id: projectId } })
  const { set, pending, fault } = useSetBudget(projectId)
  const budget = data?.project?.budget
  if (budget === undefined)
    return fetching ? <Bars rows={2} height={44} /> : <p className={css.fault}>{error ? faultOf(error) : ''}</p>
  const figures = budgetFigures(budget)
  const onSet = async (limit: number | null) => {
    if (!(await set(limit))) return
    notices.say(limit === null ? 'The project has no limit of its own now.' : `The limit is ${formatMoney(limit)} now.`)
    again({ requestPolicy: 'network-only' })
  }
  return (
    <div className={css.budget}>
      <BudgetScale budget={figures} label="Budget of the project that is used" />
      {budget.byModel.length === 0 ? null : (
        <ul className={css.models} aria-label="Spent by model">
          {budget.byModel.map(line => (
            <li key={line.name}>
              <code>{line.name}</code>
              <span>{counted(line.calls, 'call')}</span>
              <span className="tabular">{formatMoney(Number(line.spent))}</span>
            </li>
          ))}
        </ul>
      )}
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
