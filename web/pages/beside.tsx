import type { ReactNode } from 'react'
import css from './beside.module.css'

/** A page, and at its side what tells about the one thing of it that is selected. On a narrow screen that covers the page. */
export function Beside({ side, children }: { side: ReactNode | null; children: ReactNode }) {
  return (
    <div className={css.columns} data-open={side !== null || undefined}>
      <div className={css.main}>{children}</div>
      {side === null ? null : <div className={css.side}>{side}</div>}
    </div>
  )
}
