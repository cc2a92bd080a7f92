import { describe, expect, it } from 'vitest'
import type { CommandResult } from '../sandboxed/bench.ts'
import { reportOn, type TestRun } from './report.ts'

const line = (status: string, message = '') =>
  JSON.stringify({ name: status, suite: '', file: 'a.py', line: 1, status, durationMs: 1, message })
const run = (result: Partial<CommandResult>, lines: string[] = [], rest: Partial<TestRun> = {}) =>
  reportOn({
    ...{ runner: 'unittest', command: ['x'], keptBytes: 1_000, hasResults: true },
    ...rest,
    result: {
      ...{ exitCode: 0, end: 'exit', stdoutBytes: 0, stderrBytes: 0, durationMs: 5, complaint: '' },
      ...result,
      bytes: new TextEncoder().encode(lines.join('\n')),
    },
  })

describe('the outcome of tests', () => {
  it.each([
    [run({}, [line('passed')]), 'passed'],
    [run({ exitCode: 1 }, [line('passed'), line('failed')]), 'failed'],
    [run({ exitCode: 1 }, [line('passed')]), 'failed'],
    [run({ exitCode: 1 }), 'unreadable'],
    [run({}), 'not-run'],
    [run({ exitCode: 5 }), 'not-run'],
    [run({ exitCode: null, end: 'wall-time' }, [line('passed')]), 'timed-out'],
    [run({ exitCode: null, end: 'cpu-time' }), 'timed-out'],
    [run({ exitCode: null, end: 'memory' }), 'unreadable'],
    [run({ exitCode: 127, complaint: "env: 'go': No such file or directory" }), 'not-run'],
    [run({ exitCode: 86 }), 'not-run'],
    [run({ exitCode: 1 }, [line('failed', "ModuleNotFoundError: No module named 'numpy'")]), 'not-run'],
    [run({ exitCode: 1 }, [line('failed', "No module named 'numpy'"), line('failed', 'no')]), 'failed'],
    [run({}, [], { hasResults: false }), 'passed'],
    [run({ exitCode: 3 }, [], { hasResults: false }), 'failed'],
  ])('%#: %o', (report, outcome) => {
    expect(report.outcome).toBe(outcome)
    expect(report.ran).toBe(outcome !== 'not-run')
  })

  it('says what ended tests, and how much of their output is missing', () => {
    const { notChecked } = run({ exitCode: null, end: 'wall-time', stdoutBytes: 5_000 }, [line('passed')])
    expect(notChecked.map(({ what }) => what)).toEqual(['the tests that had not ended', 'all of the output'])
  })

  it('keeps failures before all else, and counts what it leaves out', () => {
    const report = run({ exitCode: 1 }, [...Array.from({ length: 2_500 }, () => line('passed')), line('failed')])
    expect(report).toMatchObject({ passed: 2_500, failed: 1, omitted: 501 })
    expect(report.cases).toHaveLength(2_000)
    expect(report.cases[0]?.status).toBe('failed')
  })
})
