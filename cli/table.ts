/** A table in aligned columns. */
import { cut, padEnd, padStart, type Style, widthOf } from './style.ts'

export type Column<Row> = {
  title: string
  text: (row: Row) => string
  paint?: (text: string, row: Row) => string
  align?: 'right'
  /** Gives way when the table is wider than the screen. At most one. */
  flexible?: boolean
  /** Left out when that is not enough; 1 goes first. */
  expendable?: number
}

const gap = 2
const leastFlexible = 12

/** Lines, the titles first. Texts are plain: colours come from `paint`. */
export function table<Row>(
  rows: readonly Row[],
  all: readonly Column<Row>[],
  { width, style }: { width: number; style: Style },
): string[] {
  const columns = fitting(rows, all, width)
  const widths = columns.map(column => widthOfColumn(rows, column))
  const excess = total(widths) - width
  const flexible = columns.findIndex(column => column.flexible)
  if (flexible >= 0 && excess > 0) widths[flexible] = Math.max(leastFlexible, (widths[flexible] ?? 0) - excess)

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
    ...rows.map(row =>
      line(
        columns.map(column => column.text(row)),
        (text, at) => columns[at]?.paint?.(text, row) ?? text,
      ),
    ),
  ]
}

const widthOfColumn = <Row>(rows: readonly Row[], column: Column<Row>): number =>
  Math.max(widthOf(column.title), ...rows.map(row => widthOf(column.text(row))))

const total = (widths: readonly number[]): number => widths.reduce((sum, one) => sum + one + gap, -gap)

/** The columns for which there is room, with the flexible one as narrow as it gets. */
function fitting<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number): readonly Column<Row>[] {
  const least = columns.map(column => {
    const wanted = widthOfColumn(rows, column)
    return column.flexible ? Math.min(wanted, leastFlexible) : wanted
  })
  const [first] = columns.filter(column => column.expendable !== undefined).sort(byExpendability)
  if (total(least) <= width || first === undefined) return columns
  return fitting(
    rows,
    columns.filter(column => column !== first),
    width,
  )
}

const byExpendability = (a: Column<never>, b: Column<never>): number => (a.expendable ?? 0) - (b.expendable ?? 0)
