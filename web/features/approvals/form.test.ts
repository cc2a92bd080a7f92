import { expect, test } from 'vitest'
import { AnswerField, yesOrNo } from '../../../domain/approval.ts'
import { isYesOrNo, labelOf, readForm } from './form.ts'

const budget = [
  { name: 'choice', label: 'What now', type: 'choice', options: [{ value: 'raise', label: 'Raise' }] },
  { name: 'limitMicros', label: 'New budget in micro-dollars', type: 'integer', required: false, minimum: 1_000_001 },
  { name: 'tries', label: 'Tries', type: 'integer', required: false, maximum: 3 },
].map(field => AnswerField.parse(field))

test('an answer is read field by field, and what is left empty is left out', () => {
  expect(readForm(yesOrNo, { approve: 'false', reason: ' late ' })).toEqual({
    answer: { approve: false, reason: 'late' },
    faults: {},
  })
  expect(readForm(budget, { choice: 'raise', limitMicros: '', tries: '2' }).answer).toEqual({
    choice: 'raise',
    tries: 2,
  })
})

test('money is said in dollars', () => {
  expect(budget.map(labelOf)).toEqual(['What now', 'New budget in dollars', 'Tries'])
  expect(readForm(budget, { choice: 'raise', limitMicros: '$2.50' }).answer.limitMicros).toBe(2_500_000)
})

test('whoever raises a budget says to what', () => {
  expect(readForm(budget, { choice: 'raise', limitMicros: ' ' }).faults).toEqual({ limitMicros: 'is required' })
  expect(readForm(budget, { choice: 'stop', limitMicros: '' }).faults).toEqual({})
})

test('every fault stands at its field', () => {
  expect(readForm(budget, { limitMicros: '1', tries: '4.5' }).faults).toEqual({
    choice: 'is required',
    limitMicros: 'must be at least 1.000001',
    tries: 'is not a number',
  })
  expect(readForm(budget, { choice: 'stop', tries: '4' }).faults).toEqual({ tries: 'must be at most 3' })
})

test('yes or no is known by its form', () => {
  expect([yesOrNo, budget].map(isYesOrNo)).toEqual([true, false])
})
