import { expect, test } from 'vitest'
import { mean, wilson } from './statistics.ts'

test('shares have the interval that Wilson gave them', () => {
  const half = wilson(5, 10)
  expect([half.value, half.low, half.high].map(one => one.toFixed(4))).toEqual(['0.5000', '0.2366', '0.7634'])
  const none = wilson(0, 12)
  expect([none.low, none.high].map(one => one.toFixed(4))).toEqual(['0.0000', '0.2425'])
  expect(wilson(12, 12).high).toBe(1)
  expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 })
})

test('means have the interval that Student gave them', () => {
  const { value, low, high } = mean([1, 2, 3, 4, 5])
  expect([value, low, high].map(one => one.toFixed(3))).toEqual(['3.000', '1.037', '4.963'])
  expect(mean([7])).toEqual({ value: 7, low: -Infinity, high: Infinity })
  expect(mean([])).toEqual({ value: 0, low: 0, high: 0 })
})
