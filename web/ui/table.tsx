import type { ReactNode } from 'react'
import { Scroll } from './scroll.tsx'
import css from './table.module.css'

/** What stands over a column. `end`: over figures, at the right. `wide`: it takes what room there is. `width`: at least, in pixels. */
export type Head = { text: string; end?: boolean; title?: string; wide?: boolean; width?: number }

type Props = {
  label: string
  head: readonly Head[]
  children: ReactNode
}

/** Rows and columns that scroll by themselves where the page is narrow. `data-end` on a cell sets figures at its end. */
export function Table({ label, head, children }: Props) {
  return (
    <Scroll className={css.scroll} label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            {head.map(({ text, end, title, wide, width }) => (
              <th
                key={text}
                scope="col"
                data-end={end || undefined}
                data-wide={wide || undefined}
                title={title}
                style={{ minWidth: width }}
              >
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scroll>
  )
}
