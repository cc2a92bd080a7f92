import { useEffect, useRef } from 'react'
import css from './choice.module.css'

type Option = { value: string; text: string; note?: string }
type Props = {
  label: string
  all: string
  options: readonly Option[]
  chosen: readonly string[]
  onChoose(chosen: string[]): void
}

/** Any number out of a few, in a list that opens below. */
export function Choice({ label, all, options, chosen, onChoose }: Props) {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      if (event.target instanceof Node && !details.current?.contains(event.target))
        details.current?.removeAttribute('open')
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [])
  const toggle = (value: string) =>
    onChoose(chosen.includes(value) ? chosen.filter(one => one !== value) : [...chosen, value])
  return (
    <details
      ref={details}
      className={css.choice}
      onKeyDown={event => {
        if (event.key !== 'Escape' || details.current?.open !== true) return
        event.stopPropagation()
        details.current.open = false
        details.current.querySelector('summary')?.focus()
      }}
    >
      <summary className={css.summary} data-chosen={chosen.length > 0 || undefined}>
        <span className="sr-only">{label}: </span>
        {chosen.length === 0 ? all : chosen.length === 1 ? chosen[0] : `${chosen.length} chosen`}
      </summary>
      <fieldset className={css.list}>
        <legend className="sr-only">{label}</legend>
        {options.map(({ value, text, note }) => (
          <label key={value} className={css.option}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span className={css.text}>{text}</span>
            <span className={css.note}>{note}</span>
          </label>
        ))}
      </fieldset>
    </details>
  )
}
