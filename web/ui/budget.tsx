/** A budget as figures on a scale, and the form that sets it. */
import { type FormEvent, useState } from 'react'
import { dollarsOf, formatMoney, parseDollars } from '../lib/format.ts'
import css from './budget.module.css'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { Gauge } from './gauge.tsx'

/** Micro-dollars. */
export type BudgetFigures = { spent: number; reserved: number; limit: number | null; forecast: number | null }

export function BudgetScale({ budget, label }: { budget: BudgetFigures; label: string }) {
  const { spent, reserved, limit, forecast } = budget
  return (
    <div className={css.scale}>
      <p className={css.sum}>
        <span className={css.figure}>{formatMoney(spent)}</span>
        {limit === null ? ' spent, without a limit' : ` spent of ${formatMoney(limit)}`}
      </p>
      <Gauge used={spent} reserved={reserved} limit={limit} label={label} />
      <p className={css.note}>
        {reserved === 0 ? 'Nothing is set aside' : `${formatMoney(reserved)} set aside for calls under way`}
        {forecast === null || forecast === spent
          ? ''
          : `; about ${formatMoney(forecast)} once the open runs have ended`}
        .
      </p>
    </div>
  )
}

type Props = {
  limit: number | null
  pending: boolean
  fault: string
  /** Micro-dollars; null: no limit. */
  onSet(limit: number | null): void
}

export function BudgetForm({ limit, pending, fault, onSet }: Props) {
  const [typed, setTyped] = useState(limit === null ? '' : dollarsOf(limit))
  const [wrong, setWrong] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = parseDollars(typed)
    setWrong(read.fault)
    if (read.fault === null) onSet(read.micros)
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <Field
        label="Limit in dollars"
        help="What may be spent on models in all; what is spent already counts. Empty: no limit of its own."
        fault={wrong ?? (fault || undefined)}
      >
        {attributes => (
          <input
            {...attributes}
            inputMode="decimal"
            autoComplete="off"
            placeholder="No limit"
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" pending={pending}>
        Set the limit
      </Button>
    </form>
  )
}
