import { expect, test } from 'vitest'
import { plainManner, readManner } from './manner.tsx'

test('what was not asked for is not said', () => {
  expect(readManner(plainManner)).toEqual({ simulated: false, manual: null, budgetMicros: null, fault: null })
})

test('a budget is said in dollars', () => {
  expect(readManner({ simulated: true, manual: true, budget: ' $2.50 ' })).toEqual({
    simulated: true,
    manual: true,
    budgetMicros: 2_500_000,
    fault: null,
  })
})

test.each(['much', '-1', '1e99'])('%j is no budget', budget => {
  expect(readManner({ ...plainManner, budget }).fault).toBe('is not a sum in dollars')
})
