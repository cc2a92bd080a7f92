import { expect, test } from 'vitest'
import type { TestCase } from '../../../domain/artifact.ts'
import { arrangeCases } from './test-rows.ts'

const one = (name: string, status: TestCase['status']): TestCase => ({
  name,
  status,
  suite: 'money',
  file: 'a.test.ts',
  line: 1,
  durationMs: 1,
  message: status === 'failed' ? 'expected 2' : '',
})
const cases = [one('a', 'passed'), one('b', 'skipped'), one('c', 'failed'), one('d', 'passed'), one('e', 'failed')]
const names = (text: string, statuses: string[] = []) =>
  arrangeCases(cases, text, statuses)
    .map(row => row.name)
    .join('')

test('failures come first, the rest as it was run', () => {
  expect(names('')).toBe('ceadb')
})

test('filters by result and by what a test said', () => {
  expect([names('', ['skipped']), names('EXPECTED 2'), names('money', ['passed']), names('nothing')]).toEqual([
    'b',
    'ce',
    'ad',
    '',
  ])
})
