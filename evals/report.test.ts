import { expect, test } from 'vitest'
import { compare, type Report, render, type Trial } from './report.ts'

const trial = (task: string, passed: boolean): Trial => ({
  task,
  passed,
  kind: 'bug',
  status: passed ? 'SUCCEEDED' : 'FAILED',
  why: passed ? '' : 'it broke',
  costMicros: 2_000,
  seconds: 10,
  models: ['simulated/careful'],
})
const report = (...trials: Trial[]): Report => ({ version: 1, at: '2026-01-01', model: 'm/x', simulated: true, trials })

test('a report tells each trial, and the whole with its uncertainty', () => {
  const text = render(report(trial('a', true), trial('b', false)))
  expect(text).toContain('✖ b                    failed       10 s  $0.0020  it broke')
  expect(text).toContain('passed    1 of 2: 50 % (9 to 91)')
  expect(text).toContain('cost      0.0020 dollars a task (0.0020 to 0.0020)')
  expect(text).toContain('this says nothing of any real model')
})

test('a comparison names what changed, and whether it may be chance', () => {
  const text = compare(report(trial('a', false), trial('b', true)), report(trial('a', true), trial('b', true)))
  expect(text).toContain('which may be chance')
  expect(text.split('\n').slice(1)).toEqual(['  a: 0 % → 100 %'])
  const many = (passed: boolean) => report(...Array.from({ length: 20 }, (_, index) => trial(`t${index}`, passed)))
  expect(compare(many(false), many(true))).not.toContain('chance')
})
