import { expect, test } from 'vitest'
import { counted, formatAgo, formatBytes, formatSpan } from './format.ts'

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
