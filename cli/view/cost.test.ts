import { expect, test } from 'vitest'
import type { Approval } from '../../domain/run/approvals.ts'
import { budgetQuestion } from '../../queues/model-questions.ts'
import { costOf } from './cost.ts'

const id = '01990000-0000-7000-8000-000000000001'

/** A question about a budget of two dollars, of this run unless told, and its answer. */
function asked(answer: object, closedAt: number, of = id): Approval {
  const scope = { kind: 'run' as const, id: of }
  const { facts } = budgetQuestion(
    { ...scope, limitMicros: 2_000_000, spentMicros: 2_000_000, reservedMicros: 0 },
    1_000,
  )
  return { kind: 'budget', status: 'ANSWERED', facts, answer, closedAt } as Approval
}
const run = { id, spentMicros: 2_100_000, budgetMicros: 2_000_000, simulated: false }

test('what was spent stands beside what may be', () => {
  expect(costOf({ ...run, approvals: [] })).toBe('$2.10 of $2.00')
  expect(costOf({ ...run, budgetMicros: null, simulated: true, approvals: [] })).toBe('$2.10, simulated')
})

test('a budget that was raised is what was said last, of this run', () => {
  const approvals = [
    asked({ choice: 'raise', limitMicros: 9_000_000 }, 30),
    asked({ choice: 'raise', limitMicros: 5_000_000 }, 20),
    asked({ choice: 'raise', limitMicros: 7_000_000 }, 40, '01990000-0000-7000-8000-000000000002'),
    asked({ choice: 'stop' }, 50),
  ]
  expect(costOf({ ...run, approvals })).toBe('$2.10 of $9.00')
  expect(costOf({ ...run, approvals: approvals.slice(3) })).toBe('$2.10 of $2.00')
})
