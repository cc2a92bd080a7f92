import type { Json } from '../../../domain/json.ts'
import type { Run } from '../../../domain/run/state.ts'
import { Field } from '../../ui/field.tsx'
import { type ForkFilled, textOfValue, variablesOf } from './changes.ts'
import { lastForkable } from './foresee.ts'
import css from './fork.module.css'

type Props = {
  run: Run
  at: number
  head: number
  filled: ForkFilled
  faults: Readonly<Record<string, string>>
  onSeq(seq: number): void
  onChange(next: Partial<ForkFilled>): void
}

/** Where the fork begins, and what the run as a whole is told otherwise. */
export function RunChanges({ run, at, head, filled, faults, onSeq, onChange }: Props) {
  const latest = lastForkable(run)
  const ended = at === head && latest < head
  return (
    <>
      <Field
        label="After event"
        help={`1 to ${head}. What happened up to there stays; the page behind shows that moment.`}
        fault={
          ended ? `Nothing is left to do there. ${latest} is the last event after which something was.` : undefined
        }
        required
      >
        {({ required: _, ...attributes }) => (
          <input
            {...attributes}
            type="number"
            min={1}
            max={head}
            value={at}
            data-first
            onChange={event => onSeq(Number(event.target.value))}
          />
        )}
      </Field>
      <Field label="Title" required>
        {attributes => (
          <input
            {...attributes}
            maxLength={200}
            value={filled.title}
            onChange={event => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      {Object.entries(filled.variables).map(([name, value]) => (
        <VariableChange
          key={name}
          name={name}
          before={variablesOf(run)[name] ?? null}
          value={value}
          fault={faults[`variables.${name}`]}
          onChange={text => onChange({ variables: { ...filled.variables, [name]: text } })}
        />
      ))}
      <Field
        label="Budget in dollars"
        help="What the fork may spend; what it inherits costs it nothing."
        fault={faults.budget}
      >
        {attributes => (
          <input
            {...attributes}
            inputMode="decimal"
            autoComplete="off"
            value={filled.budget}
            placeholder={run.budgetMicros === null ? 'As its project may' : String(run.budgetMicros / 1e6)}
            onChange={event => onChange({ budget: event.target.value })}
          />
        )}
      </Field>
      <Field label="Why" help="Kept with the event.">
        {attributes => (
          <input
            {...attributes}
            className={`${attributes.className ?? ''} ${css.why}`}
            maxLength={1_000}
            value={filled.reason}
            onChange={event => onChange({ reason: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

type VariableProps = {
  name: string
  before: Json
  value: string
  fault: string | undefined
  onChange(text: string): void
}

/** A line for what was one line, and room for what was more. */
function VariableChange({ name, before, value, fault, onChange }: VariableProps) {
  const text = textOfValue(before)
  const write = (event: { target: { value: string } }) => onChange(event.target.value)
  return (
    <Field label={wordsOf(name)} fault={fault} required={before !== null}>
      {({ required: _, ...attributes }) =>
        name === 'objective' || text.length > 60 ? (
          <textarea {...attributes} rows={4} value={value} spellCheck={name === 'objective'} onChange={write} />
        ) : (
          <input
            {...attributes}
            value={value}
            placeholder={before === null ? 'As the workflow says' : undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={write}
          />
        )
      }
    </Field>
  )
}

/** `minimumSeverity` → `Minimum severity`. */
const wordsOf = (name: string): string => {
  const words = name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
