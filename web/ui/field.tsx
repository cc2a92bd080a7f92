import { type ReactNode, useId } from 'react'
import css from './field.module.css'

type FieldProps = {
  label: string
  /** What is meant, in a sentence. */
  help?: string | undefined
  fault?: string | undefined
  required?: boolean
  children: (attributes: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': boolean
    required: boolean
    className: string | undefined
  }) => ReactNode
}

/** A labelled control with its explanation and what is wrong with it. */
export function Field({ label, help, fault, required = false, children }: FieldProps) {
  const id = useId()
  const described = [help === undefined ? null : `${id}-help`, fault === undefined ? null : `${id}-fault`].filter(
    one => one !== null,
  )
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
        {required ? null : <span className={css.optional}>optional</span>}
      </label>
      {children({
        id,
        'aria-describedby': described.join(' ') || undefined,
        'aria-invalid': fault !== undefined,
        required,
        className: css.control,
      })}
      {help === undefined ? null : (
        <p id={`${id}-help`} className={css.help}>
          {help}
        </p>
      )}
      {fault === undefined ? null : (
        <p id={`${id}-fault`} className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}

export const controlClass = css.control
