import type { ReactNode } from 'react'
import css from './design.module.css'

/** Things beside each other, each with its name beneath. */
export function Specimens({ children }: { children: ReactNode }) {
  return <div className={css.specimens}>{children}</div>
}

export function Specimen({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <figure className={css.specimen} data-wide={wide || undefined}>
      <div className={css.shown}>{children}</div>
      <figcaption>{name}</figcaption>
    </figure>
  )
}
