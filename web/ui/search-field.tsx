import type { RefObject } from 'react'
import { Icon } from './icon.tsx'
import css from './search-field.module.css'

type Props = {
  label: string
  value: string
  onChange(value: string): void
  placeholder?: string
  fault?: string | null
  field?: RefObject<HTMLInputElement | null>
}

/** Escape leaves it, so that keys are shortcuts again. */
export function SearchField({ label, value, onChange, placeholder = 'Filter', fault = null, field }: Props) {
  return (
    <label className={css.search}>
      <Icon name="search" />
      <span className="sr-only">{label}</span>
      <input
        ref={field}
        type="text"
        value={value}
        placeholder={placeholder}
        aria-invalid={fault !== null}
        title={fault ?? undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={event => onChange(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          event.currentTarget.blur()
        }}
      />
    </label>
  )
}
