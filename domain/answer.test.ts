import { expect, test } from 'vitest'
import { parseAnswer } from './answer.ts'
import { AnswerField } from './approval.ts'

const fields = [
  { name: 'approve', label: 'Approve', type: 'boolean' },
  { name: 'choice', label: 'Which', type: 'choice', options: [{ value: 'a', label: 'A' }], required: false },
  { name: 'limit', label: 'Limit', type: 'integer', minimum: 5, maximum: 9, required: false },
  { name: 'reason', label: 'Why', type: 'text', maxLength: 5, required: false },
].map(field => AnswerField.parse(field))

test('an answer that fits the form, without what nobody filled in', () => {
  expect(parseAnswer(fields, { approve: true, limit: 7, reason: null })).toEqual({ approve: true, limit: 7 })
})

test.each([
  [null, 'must be an object'],
  [{}, 'approve: is required (Approve)'],
  [{ approve: 'yes' }, 'approve: must be true or false'],
  [{ approve: true, choice: 'b' }, 'choice: must be one of a'],
  [{ approve: true, limit: 3 }, 'limit: must be at least 5'],
  [{ approve: true, limit: 30 }, 'limit: must be at most 9'],
  [{ approve: true, limit: 5.5 }, 'limit: must be a whole number'],
  [{ approve: true, reason: 'too long' }, 'reason: must be at most 5 characters long'],
  [{ approve: true, other: 1 }, 'other: is not asked for (approve, choice, limit, reason are)'],
  [{ reason: 7, other: 1 }, 'approve: is required (Approve); reason: must be a text'],
])('%j is refused: %s', (answer, fault) => {
  expect(() => parseAnswer(fields, answer)).toThrow(fault)
})
