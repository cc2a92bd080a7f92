import { type FormEvent, useRef, useState } from 'react'
import type { AnswerField } from '../../../domain/approval.ts'
import type { Question } from '../../lib/approvals.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { useAnswer } from '../../lib/use-answer.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import css from './approvals.module.css'
import { type Filled, isMoney, isYesOrNo, labelOf, readForm } from './form.ts'
import { kindOf } from './kinds.ts'

/** The form that a question brings with it. `keys`: whether `a` and `d` answer it. */
export function ApprovalForm({ question, keys }: { question: Question; keys: boolean }) {
  const { fields } = question
  const [filled, setFilled] = useState<Filled>({})
  const [faults, setFaults] = useState<Record<string, string>>({})
  const { answer, pending } = useAnswer(question)
  const [confirming, confirm] = useState(false)
  const yesOrNo = isYesOrNo(fields)
  const { final } = kindOf(question.kind)

  const submit = (more: Filled = {}) => {
    const read = readForm(fields, { ...filled, ...more })
    setFaults(read.faults)
    if (Object.keys(read.faults).length === 0) void answer(read.answer)
  }
  const form = useRef<HTMLFormElement>(null)
  /** A key must never answer what nobody sees: the question may stand beside a view that covers it. */
  const seen = (act: () => void) => () => {
    if (form.current?.checkVisibility() === true) act()
  }
  const approve = () => (final === null ? submit({ approve: 'true' }) : confirm(true))
  useShortcuts(
    keys && yesOrNo
      ? [
          { keys: 'a', title: 'Approve', group: 'Approvals', run: seen(approve) },
          { keys: 'd', title: 'Deny', group: 'Approvals', run: seen(() => submit({ approve: 'false' })) },
        ]
      : [],
  )
  const shown = yesOrNo ? fields.filter(({ name }) => name !== 'approve') : fields
  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (!yesOrNo) submit()
      }}
    >
      {shown.map(field => (
        <AnswerControl
          key={field.name}
          field={field}
          value={filled[field.name] ?? ''}
          fault={faults[field.name]}
          onChange={value => setFilled({ ...filled, [field.name]: value })}
        />
      ))}
      <footer className={css.actions}>
        {yesOrNo ? (
          <>
            <Button
              look="primary"
              icon="check"
              {...(keys ? { keys: 'a' } : {})}
              pending={pending?.approve === true}
              onClick={approve}
            >
              {fields.find(({ name }) => name === 'approve')?.label ?? 'Approve'}
            </Button>
            <Button
              icon="close"
              {...(keys ? { keys: 'd' } : {})}
              pending={pending?.approve === false}
              onClick={() => submit({ approve: 'false' })}
            >
              Deny
            </Button>
          </>
        ) : (
          <Button look="primary" icon="check" type="submit" pending={pending !== null}>
            Answer
          </Button>
        )}
      </footer>
      {confirming && final !== null ? (
        <FinalStep
          title={question.title}
          text={final}
          onYes={() => submit({ approve: 'true' })}
          onClose={() => confirm(false)}
        />
      ) : null}
    </form>
  )
}

/** A yes that cannot be taken back is said twice. */
function FinalStep(props: { title: string; text: string; onYes(): void; onClose(): void }) {
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p className={css.final}>{props.text}</p>
      <footer className={css.finalFoot}>
        <Button onClick={props.onClose}>Not yet</Button>
        <Button
          look="primary"
          icon="check"
          data-first
          onClick={() => {
            props.onYes()
            props.onClose()
          }}
        >
          Approve
        </Button>
      </footer>
    </Dialog>
  )
}

type ControlProps = { field: AnswerField; value: string; fault: string | undefined; onChange(value: string): void }

function AnswerControl({ field, value, fault, onChange }: ControlProps) {
  const write = (event: { target: { value: string } }) => onChange(event.target.value)
  if (field.type === 'choice') return <Choices field={field} value={value} fault={fault} onChange={onChange} />
  return (
    <Field label={labelOf(field)} fault={fault} required={field.required}>
      {({ required: _, ...attributes }) => {
        switch (field.type) {
          case 'boolean':
            return (
              <input
                {...attributes}
                type="checkbox"
                checked={value === 'true'}
                onChange={event => onChange(String(event.target.checked))}
              />
            )
          case 'integer':
            return (
              <input
                {...attributes}
                inputMode={isMoney(field) ? 'decimal' : 'numeric'}
                value={value}
                onChange={write}
                autoComplete="off"
              />
            )
          default:
            return <textarea {...attributes} rows={2} value={value} onChange={write} maxLength={field.maxLength} />
        }
      }}
    </Field>
  )
}

function Choices({ field, value, fault, onChange }: ControlProps) {
  return (
    <fieldset className={css.choices}>
      <legend>{field.label}</legend>
      {field.options.map(option => (
        <label key={option.value} className={css.choice}>
          <input
            type="radio"
            name={field.name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
      {fault === undefined ? null : (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  )
}
