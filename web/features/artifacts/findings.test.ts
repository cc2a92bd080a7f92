import { expect, test } from 'vitest'
import { arrange, placeOf, type Row } from './findings.ts'

const row = (rank: number, severity: Row['severity'], file: string | null, line: number | null, rule: string): Row => ({
  rank,
  severity,
  file,
  line,
  column: null,
  endLine: null,
  rule,
  message: `about ${rule}`,
  related: [],
  analyzers: ['lint'],
})
const rows = [
  row(1, 'warning', 'b.ts', 10, 'z'),
  row(2, 'error', 'b.ts', 2, 'y'),
  row(3, 'info', 'a.ts', 1, 'x'),
  row(4, 'error', null, null, 'w'),
]
const all = { text: '', severities: [] }
const ranks = (found: Row[]) => found.map(one => one.rank)

test.each([
  ['rank', [1, 2, 3, 4]],
  ['severity', [2, 4, 1, 3]],
  ['file', [4, 3, 2, 1]],
  ['rule', [4, 3, 2, 1]],
] as const)('sorts by %s', (key, order) => {
  expect(ranks(arrange(rows, all, { key, descending: false }))).toEqual(order)
})

test('the other way round, equals keep their order', () => {
  expect(ranks(arrange(rows, all, { key: 'severity', descending: true }))).toEqual([3, 1, 2, 4])
})

test('filters by severity and by text, also of the place', () => {
  const sorting = { key: 'rank', descending: false } as const
  expect(ranks(arrange(rows, { text: '', severities: ['error'] }, sorting))).toEqual([2, 4])
  expect(ranks(arrange(rows, { text: 'B.TS:10', severities: [] }, sorting))).toEqual([1])
  expect(ranks(arrange(rows, { text: 'lint', severities: ['info'] }, sorting))).toEqual([3])
  expect(rows.map(one => one.rank)).toEqual([1, 2, 3, 4])
})

test('a place is what one can paste into an editor', () => {
  expect(placeOf({ file: 'src/a.ts', line: 12, column: 3 })).toBe('src/a.ts:12:3')
  expect(placeOf({ file: 'src/a.ts', line: null, column: 3 })).toBe('src/a.ts')
  expect(placeOf({ file: null, line: null, column: null })).toBe('')
})
