import { expect, test } from 'vitest'
import { counted, dollarsOf, formatAgo, formatBytes, formatMoney, formatSpan, parseDollars } from './format.ts'

test.each([
  [-5, '0 s'],
  [40, '0.0 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_400, '59 s'],
  [59_600, '1:00'],
  [187_000, '3:07'],
  [3_765_000, '1:02:45'],
  [200_000_000, '2 d 7 h'],
])('%i ms reads %s', (ms, text) => {
  expect(formatSpan(ms)).toBe(text)
})

test.each([
  [10, 'just now'],
  [50, '1 min ago'],
  [600, '10 min ago'],
  [7_200, '2 h ago'],
  [3 * 86_400, '3 d ago'],
])('%i s ago', (seconds, text) => {
  expect(formatAgo(0, seconds * 1_000)).toBe(text)
})

test.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_536, '1.5 KiB'],
  [300_000, '293 KiB'],
  [5_000_000_000, '4.7 GiB'],
])('%i bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test('counts have a number', () => {
  expect([counted(1, 'task'), counted(1_200, 'task'), counted(0, 'entry', 'entries')]).toEqual([
    '1 task',
    '1,200 tasks',
    '0 entries',
  ])
})

test.each([
  [0, '$0.00'],
  [12_500_000, '$12.50'],
  [10_000, '$0.01'],
  [4_200, '$0.0042'],
  [1, '$0.000001'],
])('%i micro-dollars read %s', (micros, text) => {
  expect(formatMoney(micros)).toBe(text)
})

test.each([
  ['', null],
  ['  ', null],
  ['0', 0],
  [' $2.50 ', 2_500_000],
  ['1,234.5', 1_234_500_000],
])('%j is %j micro-dollars', (typed, micros) => {
  expect(parseDollars(typed)).toEqual({ micros, fault: null })
})

test.each(['much', '-1', '1e99', 'NaN'])('%j is no sum', typed => {
  expect(parseDollars(typed).fault).toBe('is not a sum in dollars')
})

test('what is shown is read again as the same', () => {
  for (const micros of [0, 1, 2_500_000, 123_456_789]) expect(parseDollars(dollarsOf(micros)).micros).toBe(micros)
})
