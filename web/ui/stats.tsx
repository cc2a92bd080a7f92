import type { ReactNode } from 'react'
import css from './stats.module.css'
import type { Tone } from './status.tsx'

export type Stat = {
  label: string
  value: ReactNode
  /** What it is of, or what it is made from, beneath it. */
  note?: ReactNode
  tone?: Tone | undefined
}

/** A few figures that sum a page up, beside each other. */
export function Stats({ label, stats }: { label: string; stats: readonly Stat[] }) {
  return (
    <dl className={css.stats} aria-label={label}>
      {stats.map(({ label, value, note, tone }) => (
        <div key={label} className={css.stat}>
          <dt>{label}</dt>
          <dd className={css.value} data-tone={tone}>
            {value}
          </dd>
          {note === undefined ? null : <dd className={css.note}>{note}</dd>}
        </div>
      ))}
    </dl>
  )
}
