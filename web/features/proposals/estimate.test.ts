import { expect, test } from 'vitest'
import { describeEstimate } from './estimate.ts'

test.each([
  [{ low: 0, high: 0, basis: 'NO_MODEL', runs: 0 }, '$0.00', /None of its steps/],
  [{ low: '120000', high: 2_500_000, basis: 'PAST_RUNS', runs: 14 }, '$0.12 – $2.50', /14 runs/],
  [{ low: 10_000, high: 10_000, basis: 'PAST_RUNS', runs: 3 }, '$0.01', /3 runs/],
  [{ low: 5_000, high: 9_000_000, basis: 'WORST_CASE', runs: 0 }, '$0.005 – $9.00', /the most that its agents may use/],
  [{ low: null, high: null, basis: 'UNKNOWN', runs: 0 }, 'Unknown', /No price/],
] as const)('%j', (estimate, sum, note) => {
  expect(describeEstimate(estimate).sum).toBe(sum)
  expect(describeEstimate(estimate).note).toMatch(note)
})
