import { expect, test } from 'vitest'
import { AnswerField, yesOrNo } from '../domain/approval.ts'
import { exampleOf, readAnswer, truth } from './answers.ts'

const budget = [
  { name: 'choice', label: 'What now', type: 'choice', options: [{ value: 'raise', label: 'Raise' }] },
  { name: 'limitMicros', label: 'New budget', type: 'integer', required: false, minimum: 100 },
].map(field => AnswerField.parse(field))

test('words become values of their fields', () => {
  expect(readAnswer(yesOrNo, new Map([['approve', 'yes']]))).toEqual({ approve: true })
  expect(readAnswer(yesOrNo, new Map(Object.entries({ approve: 'false', reason: 'no' })))).toEqual({
    approve: false,
    reason: 'no',
  })
  expect(readAnswer(budget, new Map(Object.entries({ choice: 'raise', limitMicros: '250' })))).toEqual({
    choice: 'raise',
    limitMicros: 250,
  })
})

test('an amount can be said in dollars', () => {
  const words = new Map(Object.entries({ choice: 'raise', limitMicros: '$2.5' }))
  expect(readAnswer(budget, words)).toEqual({ choice: 'raise', limitMicros: 2_500_000 })
})

test('every fault is named, and what to write instead', () => {
  const words = new Map(Object.entries({ choice: 'more', limitMicros: '5', other: 'x' }))
  expect(() => readAnswer(budget, words)).toThrow(
    'other: is not asked for (choice, limitMicros are); choice: must be one of raise; limitMicros: must be at least 100',
  )
})

test('an example stands for each kind of field', () => {
  expect([...yesOrNo, ...budget].map(exampleOf)).toEqual([
    'approve=true|false',
    'reason=…',
    'choice=raise',
    'limitMicros=100',
  ])
})

test('yes and no in many words', () => {
  expect(['y', 'Yes', 'true', 'N', 'no', 'false', 'maybe', ''].map(truth)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    null,
    null,
  ])
})
