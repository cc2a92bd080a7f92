import type { ReactNode } from 'react'
import type { Tone } from '../../ui/status.tsx'
import css from './artifacts.module.css'

export type Figure = { name: string; value: ReactNode; tone?: Tone | undefined }

/** A few numbers that say at once how it stands. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={css.figures}>
      {figures.map(({ name, value, tone }) => (
        <div key={name} className={css.figure}>
          <dt>{name}</dt>
          <dd data-tone={tone}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
