/** A table in aligned columns. */
import { cut, padEnd, padStart, type Style, widthOf } from './style.ts'

export type Column<Row> = {
  title: string
  text: (row: Row) => string
  paint?: (text: string, row: Row) => string
  align?: 'right'
  /** Gives way when the table is wider than the screen. At most one. */
  flexible?: boolean
}

const gap = 2
const leastFlexible = 12

/** Lines, the titles first. Texts are plain: colours come from `paint`. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, style }: { width: number; style: Style },
): string[] {
  const texts = rows.map(row => columns.map(column => column.text(row)))
  const widths = columns.map((column, at) =>
    Math.max(widthOf(column.title), ...texts.map(line => widthOf(line[at] ?? ''))),
  )
  const total = widths.reduce((sum, one) => sum + one + gap, -gap)
  const flexible = columns.findIndex(column => column.flexible)
  if (flexible >= 0 && total > width)
    widths[flexible] = Math.max(leastFlexible, (widths[flexible] ?? 0) - (total - width))

  const line = (cells: readonly string[], paint: (text: string, at: number) => string): string =>
    cells
      .map((text, at) => {
        const columnWidth = widths[at] ?? 0
        const painted = paint(cut(text, columnWidth), at)
        return columns[at]?.align === 'right' ? padStart(painted, columnWidth) : padEnd(painted, columnWidth)
      })
      .join(' '.repeat(gap))
      .trimEnd()
  return [
    line(
      columns.map(column => column.title),
      style.dim,
    ),
    ...rows.map((row, index) => line(texts[index] ?? [], (text, at) => columns[at]?.paint?.(text, row) ?? text)),
  ]
}
