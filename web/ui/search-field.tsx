import { type RefObject, useEffect, useRef, useState } from 'react'
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
  const [typed, type] = useTyped(value, onChange)
  return (
    <label className={css.search}>
      <Icon name="search" />
      <span className="sr-only">{label}</span>
      <input
        ref={field}
        type="text"
        value={typed}
        placeholder={placeholder}
        aria-invalid={fault !== null}
        title={fault ?? undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={event => type(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          event.currentTarget.blur()
        }}
      />
    </label>
  )
}

/**
 * What is typed stands at once. Most values stand in the address, which follows when a busy page lets it: until then an old
 * one that comes back must not take away the letters that were typed meanwhile.
 */
function useTyped(value: string, onChange: (value: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(value)
  /** What was told and has not come back yet. */
  const told = useRef<string[]>([])
  useEffect(() => {
    const place = told.current.indexOf(value)
    told.current = told.current.slice(place + 1)
    if (place >= 0) return
    told.current = []
    setTyped(value)
  }, [value])
  const type = (text: string) => {
    told.current = text === value ? [] : [...told.current, text]
    setTyped(text)
    onChange(text)
  }
  return [typed, type]
}
