import { expect, test } from 'vitest'
import { matches, successOf, weightsOf } from './figures.ts'

test('success is a share of what succeeded or failed', () => {
  expect(successOf({ succeeded: 3, failed: 1 })).toBe(0.75)
  expect(successOf({ succeeded: 0, failed: 0 })).toBeNull()
})

test('every word is looked for, in any case', () => {
  const agent = { name: 'code-generator', title: 'Code generator', capabilities: ['coding', 'testing'] }
  expect(['', 'CODE', 'test gen', '  coding '].map(query => matches(agent, query))).toEqual([true, true, true, true])
  expect(matches(agent, 'code review')).toBe(false)
})

test('weights are told heaviest first, and only weights', () => {
  expect(weightsOf({ review: 0.4, coding: 1, odd: 'x' })).toEqual([
    { name: 'coding', weight: 1 },
    { name: 'review', weight: 0.4 },
  ])
  expect(weightsOf(null)).toEqual([])
})
