/** How each runner is told to run some files only, and how a report reads. */
import { describe, expect, it } from 'vitest'
import type { TestCase, TestReport } from '../../domain/artifact.ts'
import { createToolbox } from '../sandboxed/toolbox.ts'
import type { RunnerName } from '../tests/detect.ts'
import { commandFor, onlyFiles } from './test-files.ts'
import { renderTests } from './test-report.ts'

const toolbox = createToolbox()
const command = (runner: RunnerName, script: string | null, files: readonly string[]) => {
  const scripts: Record<string, string> = script === null ? {} : { test: script }
  const packageJson = { engines: {}, scripts, dependencies: {}, devDependencies: {} }
  return commandFor(runner, files, { packageJson, toolbox })?.argv.join(' ')
}
const files = ['test/a.test.js', "it's.js"]

describe('some files', () => {
  it.each<[RunnerName, string | null, RegExp]>([
    ['node:test', 'node --test', /node +--test --test-reporter=\S+ .*stdout 'test\/a\.test\.js' 'it'\\''s\.js'$/],
    [
      'node:test',
      'tsc && node --import tsx --test --test-timeout=9 test/*.js',
      /; node --import tsx +--test .*--test-timeout=9 'test\/a/,
    ],
    ['node:test', null, /node +--test .* 'test\/a\.test\.js'/],
    ['vitest', 'vitest run --config x.ts', /vitest run --config x\.ts .* test\/a\.test\.js it's\.js$/],
    ['jest', 'jest', /jest --ci .* test\/a\.test\.js it's\.js$/],
    ['pytest', null, /python3 -m pytest .* test\/a\.test\.js it's\.js$/],
    ['go test', null, /^go test -json \.\/test \.\/$/],
    ['npm', 'make check', /; make check$/],
  ])('%s with the script %s', (runner, script, argv) => {
    expect(command(runner, script, files)).toMatch(argv)
  })

  it('are all where none is named', () => {
    expect(command('node:test', 'node --test test/*.js', [])).toMatch(/test\/\*\.js$/)
    expect(command('npm', null, files)).toBeUndefined()
  })
})

const test = (name: string, status: TestCase['status'], more: Partial<TestCase> = {}): TestCase => ({
  ...{ name, status, suite: '', file: null, line: null, durationMs: null, message: '' },
  ...more,
})
const report = (cases: TestCase[], more: Partial<TestReport> = {}): TestReport => {
  const count = (status: TestCase['status']) => cases.filter(one => one.status === status).length
  const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
  const outcome = counts.failed > 0 ? 'failed' : 'passed'
  return {
    runner: 'unittest',
    command: [],
    ran: true,
    outcome,
    ...counts,
    durationMs: 1,
    cases,
    omitted: 0,
    notChecked: [],
    ...more,
  }
}

describe('a report', () => {
  it('begins with the numbers, then tells each failure', () => {
    const failure = test('adds', 'failed', {
      suite: 'Sum',
      file: 'a.py',
      line: 7,
      message: 'Error: 3\n  at a (node:x)\n  at b.js:1',
    })
    expect(renderTests(report([test('a', 'passed'), failure, test('b', 'skipped')]), '')).toBe(
      '1 passed, 1 failed, 1 skipped (unittest)\nFAILED Sum > adds (a.py:7)\n    Error: 3\n      at b.js:1',
    )
  })

  it('shows what was written where no test says why', () => {
    const told = renderTests(report([], { outcome: 'timed-out' }), 'last words')
    expect(told).toBe(
      '0 passed, 0 failed, 0 skipped (unittest)\nThe tests did not end in time. The end of what it wrote:\n    last words',
    )
  })

  it('says what was not checked, and that nothing ran', () => {
    const notChecked = [{ what: 'tests', why: 'no runner', mend: 'Add one.' }]
    expect(renderTests(report([], { ran: false, runner: null, notChecked }), '')).toBe(
      'no tests were run (no runner)\nNot checked: tests: no runner. Add one.',
    )
  })

  it('leaves out the tests of other files where the runner runs all', () => {
    const whole = report([test('a', 'failed', { file: 'a.py' }), test('b', 'passed', { file: 'b.py' })])
    expect(onlyFiles(whole, ['b.py'])).toMatchObject({ outcome: 'passed', passed: 1, failed: 0 })
    expect(onlyFiles(whole, [])).toBe(whole)
  })
})
