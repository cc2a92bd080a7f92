import { expect, test } from 'vitest'
import { createBudget } from './budget.ts'

test('a key may spend its minute at once, then as it refills, and no other key suffers', () => {
  let now = 1_000_000
  const budget = createBudget(600, () => now)
  budget.spend('a', 600)
  expect(() => budget.spend('a', 1)).toThrow(/Ask again|more than 600/)
  budget.spend('b', 600)
  now += 1_000
  budget.spend('a', 10)
  expect(() => budget.spend('a', 1)).toThrow(expect.objectContaining({ code: 'LIMIT_REACHED', retryable: true }))
  now += 60_000
  budget.spend('a', 600)
})

test('what was refused is not charged', () => {
  const budget = createBudget(100, () => 0)
  expect(() => budget.spend('a', 101)).toThrow()
  budget.spend('a', 100)
})
