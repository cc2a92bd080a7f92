import type { CSSProperties, ReactNode } from 'react'
import { Scroll } from './scroll.tsx'
import css from './table.module.css'

/** What stands over a column. `end`: over figures, at the right. `wide`: it takes what room there is. `width`: at least, in pixels. */
export type Head = { text: string; end?: boolean; title?: string; wide?: boolean; width?: number }

type Props = {
  label: string
  head: readonly Head[]
  children: ReactNode
}

/**
 * Rows and columns; where there is no room for them, each row is a block and each cell says what it is. `data-end` on a
 * cell sets figures at its end, `data-wide` gives it what room there is.
 */
export function Table({ label, head, children }: Props) {
  return (
    <Scroll className={css.scroll} label={`${label}: table`}>
      <table className={css.table} style={named(head)} data-few={head.length <= fewColumns || undefined}>
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

/** So many fit into the width of a phone. */
const fewColumns = 3

/** What stands over the columns, for the style sheet: `--head-2: "Calls"`. */
const named = (head: readonly Head[]): CSSProperties =>
  Object.fromEntries(head.map(({ text }, index) => [`--head-${index + 1}`, JSON.stringify(text)])) as CSSProperties
