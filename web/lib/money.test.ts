import { expect, test } from 'vitest'
import { dollarsOf, parseDollars } from './money.ts'

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
