import { expect, test } from 'vitest'
import { ago, bytes, count, duration, oneLine } from './format.ts'

test.each([
  [-5, '0.0 s'],
  [440, '0.4 s'],
  [9_940, '9.9 s'],
  [9_950, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
])('%d ms are %s', (ms, text) => expect(duration(ms)).toBe(text))

test.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 KiB'],
  [12_345, '12 KiB'],
  [1_048_200, '1.0 MiB'],
  [5_000_000_000, '4.7 GiB'],
])('%d bytes are %s', (number, text) => expect(bytes(number)).toBe(text))

test('moments are told from now', () => {
  const now = Date.UTC(2026, 0, 31, 12)
  expect(ago(now - 20_000, now)).toBe('just now')
  expect(ago(now - 5 * 60_000, now)).toBe('5 min ago')
  expect(ago(now - 23 * 3_600_000, now)).toBe('23 h ago')
  expect(ago(now - 3 * 86_400_000, now)).toBe('2026-01-28')
})

test('one is singular', () => {
  expect([count(0, 'part'), count(1, 'part'), count(2, 'part')]).toEqual(['0 parts', '1 part', '2 parts'])
})

test('text from elsewhere cannot move the cursor', () => {
  expect(oneLine('\x1b[2Ja\n\n  b\u202e\0')).toBe('[2Ja b\uFFFD')
})
