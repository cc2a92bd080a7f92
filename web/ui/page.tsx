import type { ReactNode } from 'react'
import css from './page.module.css'

/** The head of a page: where one is, and what can be done here. */
export function PageHead({ title, crumbs, actions }: { title: ReactNode; crumbs?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={css.head}>
      <div className={css.words}>
        {crumbs === undefined ? null : <div className={css.crumbs}>{crumbs}</div>}
        <h1 className={css.title}>{title}</h1>
      </div>
      {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
    </header>
  )
}

/** What stands below the head, with the same edge. `narrow` keeps what is read or filled in to the measure of a text. */
export function PageBody({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return (
    <div className={css.body} data-narrow={narrow || undefined}>
      {children}
    </div>
  )
}

/** A part of a page under its own heading. `aside` stands at the right end of it. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.part} aria-label={title}>
      <header className={css.partHead}>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
