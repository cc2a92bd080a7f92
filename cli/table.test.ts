import { expect, test } from 'vitest'
import { createStyle, cut, cutStart, widthOf } from './style.ts'
import { type Column, table } from './table.ts'

type Row = { name: string; size: number }
const columns: Column<Row>[] = [
  { title: 'NAME', text: row => row.name, flexible: true },
  { title: 'SIZE', text: row => String(row.size), align: 'right' },
  { title: '', text: row => (row.size > 9 ? 'large' : '') },
]
const rows = [
  { name: 'a', size: 5 },
  { name: 'a rather long name', size: 10 },
]
const plain = createStyle(false)

test('columns are as wide as their widest text, numbers end together, nothing trails', () => {
  expect(table(rows, columns, { width: 80, style: plain })).toEqual([
    'NAME                SIZE',
    'a                      5',
    'a rather long name    10  large',
  ])
})

test('on a narrow screen the flexible column gives way', () => {
  const lines = table(rows, columns, { width: 27, style: plain })
  expect(lines[2]).toBe('a rather long…    10  large')
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(27)
})

test('on a narrower one, columns that can be spared are left out', () => {
  const spared = columns.map((column, at) => (at === 0 ? column : { ...column, expendable: at }))
  expect(table(rows, spared, { width: 20, style: plain })[2]).toBe('a rather lon…  large')
  expect(table(rows, spared, { width: 14, style: plain })[2]).toBe('a rather long…')
})

test('colours take no room', () => {
  const painted = columns.map(column => ({ ...column, paint: createStyle(true).red }))
  const lines = table(rows, painted, { width: 80, style: createStyle(true) })
  expect(lines.map(widthOf)).toEqual([24, 24, 31])
})

test('width is columns on the screen', () => {
  expect(widthOf('naïve ✔ ✖ …')).toBe(11)
  expect(widthOf('日本')).toBe(4)
  expect(widthOf('🚀 go')).toBe(5)
  expect(widthOf(createStyle(true).bold('ab'))).toBe(2)
})

test('what is cut says so', () => {
  expect(cut('日本語', 5)).toBe('日本…')
  expect(cut('abc', 3)).toBe('abc')
  expect(cut('abc', 2)).toBe('a…')
  expect(cut('abc', 0)).toBe('')
  expect(cutStart('src/a/b.ts:12', 8)).toBe('…b.ts:12')
})
