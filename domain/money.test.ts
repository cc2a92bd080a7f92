import { describe, expect, test } from 'vitest'
import { forecastMicros, microsOf, showMicros } from './money.ts'

describe('dollars become micro-dollars', () => {
  test.each([
    [0, 0],
    [0.000001, 1],
    [0.0000001, 1],
    [0.0000011, 2],
    [0.0175, 17_500],
    [0.017499999999999998, 17_500],
    [0.030000000000000002, 30_000],
    [1234.567891, 1_234_567_891],
  ])('$%d is %d', (dollars, micros) => {
    expect(microsOf(dollars)).toBe(micros)
  })
})

describe('money is shown', () => {
  test.each([
    [0, '$0.00'],
    [12_500_000, '$12.50'],
    [1_234_567_890, '$1,234.57'],
    [420_000, '$0.42'],
    [4_200, '$0.0042'],
    [1, '$0.000001'],
    [-250_000, '-$0.25'],
  ])('%d as %s', (micros, text) => {
    expect(showMicros(micros)).toBe(text)
  })
})

describe('a forecast', () => {
  test('goes on as it went so far', () => {
    expect(forecastMicros(300, { ended: 3, total: 10 })).toBe(1_000)
    expect(forecastMicros(10, { ended: 3, total: 4 })).toBe(14)
  })

  test('is what was spent once all has ended, and nothing while nothing has', () => {
    expect(forecastMicros(300, { ended: 10, total: 10 })).toBe(300)
    expect(forecastMicros(300, { ended: 0, total: 10 })).toBeNull()
    expect(forecastMicros(0, { ended: 0, total: 0 })).toBeNull()
  })
})
