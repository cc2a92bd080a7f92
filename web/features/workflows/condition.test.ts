import { expect, test } from 'vitest'
import { conditionText } from './condition.ts'

const failed = { path: 'tasks.tests.output.outcome', op: 'equals', value: 'failed' }
const fixed = { path: 'tasks.tests.output.fixed', op: 'less', value: 1 }
const there = { path: 'variables.repo', op: 'exists' }

test.each([
  [failed, 'tasks.tests.output.outcome = "failed"'],
  [there, 'variables.repo exists'],
  [{ any: [failed, fixed] }, 'tasks.tests.output.outcome = "failed" or tasks.tests.output.fixed < 1'],
  [
    { all: [there, { any: [fixed, there] }] },
    'variables.repo exists and (tasks.tests.output.fixed < 1 or variables.repo exists)',
  ],
  [{ not: there }, 'not (variables.repo exists)'],
  ['odd', 'odd'],
])('%j', (condition, text) => {
  expect(conditionText(condition)).toBe(text)
})
