import { expect, test } from 'vitest'
import {
  parseAgentsSearch,
  parseProvidersSearch,
  parseQualitySearch,
  parseWorkflowSearch,
  parseWorkflowsSearch,
} from './operator-search.ts'

test('what is well formed is taken', () => {
  expect(parseAgentsSearch({ agent: 'reviewer', days: 7, q: 12, failed: true })).toEqual({
    agent: 'reviewer',
    days: 7,
    q: '12',
    failed: true,
  })
  expect(parseWorkflowSearch({ tab: 'try', step: 'build' })).toEqual({ tab: 'try', step: 'build' })
  expect(parseWorkflowsSearch({ check: true })).toEqual({ check: true })
  expect(parseProvidersSearch({ model: 'a/b' })).toEqual({ model: 'a/b' })
  expect(parseQualitySearch({ kind: 'Plan', artifact: 'art_1' })).toEqual({ kind: 'Plan', artifact: 'art_1' })
})

test('the rest is dropped', () => {
  for (const parse of [
    parseAgentsSearch,
    parseWorkflowSearch,
    parseWorkflowsSearch,
    parseProvidersSearch,
    parseQualitySearch,
  ])
    expect(
      parse({ agent: ['x'], days: 8, q: {}, failed: 'yes', tab: 'no', check: 1, model: '', artifact: null }),
    ).toEqual({})
  expect(parseAgentsSearch({ days: 30 })).toEqual({})
  expect(parseAgentsSearch({ agent: 'x'.repeat(1_000) }).agent).toHaveLength(200)
})
