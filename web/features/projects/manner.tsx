import { parseDollars } from '../../lib/format.ts'
import { Field } from '../../ui/field.tsx'
import css from './projects.module.css'

/** How a run is to be done, whatever its workflow. `budget`: dollars, as typed. */
export type Manner = { simulated: boolean; manual: boolean; budget: string }
export const plainManner: Manner = { simulated: false, manual: false, budget: '' }

/** As the server is told it; `fault` says what is wrong with the budget. */
export function readManner({ simulated, manual, budget }: Manner) {
  const { micros: budgetMicros, fault } = parseDollars(budget)
  return { simulated, manual: manual || null, budgetMicros, fault }
}

type Props = { manner: Manner; fault: string | undefined; onChange(manner: Manner): void }

export function MannerFields({ manner, fault, onChange }: Props) {
  return (
    <fieldset className={css.manner}>
      <legend>How it is done</legend>
      <label className={css.toggle}>
        <input
          type="checkbox"
          checked={manner.simulated}
          onChange={event => onChange({ ...manner, simulated: event.target.checked })}
        />
        <span>Simulate</span>
        <span className={css.toggleNote}>No real model is asked. What simulated ones make is labelled.</span>
      </label>
      <label className={css.toggle}>
        <input
          type="checkbox"
          checked={manner.manual}
          onChange={event => onChange({ ...manner, manual: event.target.checked })}
        />
        <span>Manual</span>
        <span className={css.toggleNote}>Every task waits for somebody’s go.</span>
      </label>
      <Field label="Budget in dollars" help="What it may spend on models. It asks when that is used up." fault={fault}>
        {attributes => (
          <input
            {...attributes}
            inputMode="decimal"
            value={manner.budget}
            placeholder="As its project may"
            autoComplete="off"
            onChange={event => onChange({ ...manner, budget: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  )
}
