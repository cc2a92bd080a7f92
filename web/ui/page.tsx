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
