import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import css from './panel.module.css'
import { Scroll } from './scroll.tsx'

/** What stands at the side and tells about one thing. */
export function Panel({
  title,
  lead,
  onClose,
  actions,
  children,
}: {
  title: string
  lead?: ReactNode
  onClose?: (() => void) | undefined
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <aside className={css.panel} aria-label={title}>
      <header className={css.head}>
        {lead}
        <h2 className={css.title}>{title}</h2>
        {actions}
        {onClose === undefined ? null : <Button look="ghost" icon="close" aria-label="Close" onClick={onClose} />}
      </header>
      <Scroll className={css.body} label={`${title}: details`}>
        {children}
      </Scroll>
    </aside>
  )
}

export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      <header className={css.sectionHead}>
        <h3>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  )
}
