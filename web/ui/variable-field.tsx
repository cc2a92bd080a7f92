import { labelOf, type Variable } from '../lib/variables.ts'
import { Field } from './field.tsx'

type Props = { variable: Variable; value: string; fault: string | undefined; onChange(value: string): void }

/** Who may write so much is not to write it on one line. */
const longText = 4_096

/** The control that suits a variable. */
export function VariableField({ variable, value, fault, onChange }: Props) {
  const { name, type, description, required } = variable
  const write = (event: { target: { value: string } }) => onChange(event.target.value)
  return (
    <Field label={labelOf(name)} help={description || undefined} fault={fault} required={required}>
      {({ required: _, ...attributes }) => {
        if (variable.enum !== null) {
          return (
            <select {...attributes} value={value} onChange={write}>
              {value === '' || !required ? (
                <option value="">{required ? 'Choose' : 'As the workflow says'}</option>
              ) : null}
              {variable.enum.map(option => (
                <option key={option}>{option}</option>
              ))}
            </select>
          )
        }
        switch (type) {
          case 'boolean':
            return (
              <input
                {...attributes}
                type="checkbox"
                checked={value === 'true'}
                onChange={event => onChange(String(event.target.checked))}
              />
            )
          case 'string[]':
            return (
              <textarea
                {...attributes}
                rows={3}
                value={value}
                onChange={write}
                placeholder="One each line"
                spellCheck={false}
              />
            )
          case 'integer':
          case 'number':
            return (
              <input
                {...attributes}
                inputMode={type === 'integer' ? 'numeric' : 'decimal'}
                value={value}
                onChange={write}
                autoComplete="off"
              />
            )
          default:
            return variable.maxLength > longText ? (
              <textarea {...attributes} rows={5} value={value} onChange={write} maxLength={variable.maxLength} />
            ) : (
              <input
                {...attributes}
                value={value}
                onChange={write}
                maxLength={variable.maxLength}
                autoComplete="off"
                spellCheck={false}
              />
            )
        }
      }}
    </Field>
  )
}
