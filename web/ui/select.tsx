import type { ComponentProps } from 'react'
import css from './select.module.css'

type Props = Omit<ComponentProps<'select'>, 'className' | 'onChange' | 'value'> & {
  label: string
  value: string
  onChoose(value: string): void
}

/** One out of a few, where the label is spoken and not shown: the browser's own list behind our own face. */
export function Select({ label, onChoose, children, ...rest }: Props) {
  return (
    <span className={css.place}>
      <select {...rest} className={css.select} aria-label={label} onChange={event => onChoose(event.target.value)}>
        {children}
      </select>
    </span>
  )
}
