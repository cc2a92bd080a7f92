/** From a run of tests to its report: what happened, and what that leaves open. */
import type { NotChecked, TestCase, TestReport } from '../../domain/artifact.ts'
import { type CommandResult, whyItEnded } from '../sandboxed/bench.ts'
import type { RunnerName } from './detect.ts'
import { parseResults } from './parse.ts'

const mostCases = 2_000
/** Exit code of `start-package.mjs` where the package is not installed. */
const notInstalled = 86

export type TestRun = {
  runner: RunnerName
  command: readonly string[]
  result: CommandResult
  /** Bytes of output that are kept, of each stream. */
  keptBytes: number
  /** Whether the results are in a file that the runner was to leave, or on stdout. */
  hasResults: boolean
}

export function reportOn({ runner, command, result, keptBytes, hasResults }: TestRun): TestReport {
  const base = { runner, command: command.map(word => word.slice(0, 500)), durationMs: result.durationMs }
  const absent = whyNotRun(runner, result)
  if (absent !== null) return notRun(base, absent)
  const parsed = hasResults ? parseResults(runner, new TextDecoder().decode(result.bytes)) : wholeCommand(result)
  const cases = parsed ?? []
  const lacking = missingPackages(cases) ?? (parsed?.length === 0 && isQuietEnd(result) ? noTests : null)
  if (lacking !== null) return notRun(base, lacking)
  const outcome = outcomeOf(result, parsed)
  const count = (status: TestCase['status']) => cases.filter(test => test.status === status).length
  const failedFirst = cases.toSorted(
    (left, right) => Number(right.status === 'failed') - Number(left.status === 'failed'),
  )
  return {
    ...base,
    ran: true,
    outcome,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    cases: failedFirst.slice(0, mostCases),
    omitted: Math.max(0, cases.length - mostCases),
    notChecked: [
      ...(outcome === 'unreadable' && result.end === 'exit' ? [unreadable(result)] : []),
      ...limitsReached(result, cases.length, keptBytes),
      ...(hasResults ? [] : [singleTests]),
    ],
  }
}

/** The report of tests that were not run at all. */
export function notRun(base: Pick<TestReport, 'runner' | 'command' | 'durationMs'>, why: NotChecked): TestReport {
  return {
    ...base,
    ran: false,
    outcome: 'not-run',
    passed: 0,
    failed: 0,
    skipped: 0,
    cases: [],
    omitted: 0,
    notChecked: [why],
  }
}

function outcomeOf(result: CommandResult, cases: TestCase[] | null): TestReport['outcome'] {
  if (result.end === 'wall-time' || result.end === 'cpu-time') return 'timed-out'
  if (cases === null) return 'unreadable'
  if (cases.some(test => test.status === 'failed')) return 'failed'
  if (result.exitCode === 0) return 'passed'
  return cases.length === 0 ? 'unreadable' : 'failed'
}

/** A command of which only its end is known. */
function wholeCommand({ exitCode, end, complaint, durationMs }: CommandResult): TestCase[] {
  if (end !== 'exit') return []
  const passed = exitCode === 0
  return [
    {
      name: 'npm test',
      suite: '',
      file: null,
      line: null,
      status: passed ? 'passed' : 'failed',
      durationMs,
      message: passed ? '' : complaint,
    },
  ]
}

/** Exit code of pytest where it collected nothing. */
const nothingCollected = 5
const isQuietEnd = ({ end, exitCode }: CommandResult): boolean =>
  end === 'exit' && (exitCode === 0 || exitCode === nothingCollected)

const noTests: NotChecked = {
  what: 'the tests',
  why: 'the runner found none',
  mend: 'Look at where it looks for tests.',
}

const unreadable = (result: CommandResult): NotChecked => ({
  what: 'the tests',
  why: `the runner left no results that could be read: ${whyItEnded(result)}`,
  mend: 'Run the tests by hand, and look at what they say.',
})

const singleTests: NotChecked = {
  what: 'which single tests failed',
  why: 'the test script starts no runner whose results can be read',
  mend: 'Use node --test, vitest or jest.',
}

function whyNotRun(runner: RunnerName, { exitCode, end, complaint }: CommandResult): NotChecked | null {
  if (end !== 'exit') return null
  const what = `the tests of ${runner}`
  const mend = 'Install the dependencies and audit the local path.'
  if (exitCode === notInstalled) return { what, why: `${runner} is not installed`, mend }
  if (exitCode === 127)
    return { what, why: `its program is not there: ${complaint.trim().split('\n').at(-1)?.slice(0, 200) ?? ''}`, mend }
  if (/No module named '?pytest/.test(complaint))
    return {
      what,
      why: 'pytest is not installed',
      mend: 'Install the dependencies into .venv and audit the local path.',
    }
  if (
    runner === 'go test' &&
    /no required module provides|cannot find module|dial tcp|module lookup disabled/.test(complaint)
  )
    return { what, why: 'its modules are not there', mend: 'Vendor them with go mod vendor.' }
  return null
}

/** Where each failure is only that a package is not installed, nothing was tested. */
function missingPackages(cases: readonly TestCase[]): NotChecked | null {
  const failures = cases.filter(test => test.status === 'failed')
  const names = failures.map(
    test =>
      /(?:Cannot find (?:package|module)|Failed to resolve import|No module named) ["']([^"'./][^"']*)["']/.exec(
        test.message,
      )?.[1],
  )
  if (failures.length === 0 || names.some(name => name === undefined)) return null
  return {
    what: 'the tests',
    why: `they need ${[...new Set(names)].slice(0, 5).join(', ')}, which ${names.length === 1 ? 'is' : 'are'} not installed`,
    mend: 'Install the dependencies and audit the local path.',
  }
}

function limitsReached(result: CommandResult, cases: number, keptBytes: number): NotChecked[] {
  const found: NotChecked[] = []
  if (result.end !== 'exit') {
    found.push({
      what: 'the tests that had not ended',
      why: whyItEnded(result),
      mend: `Look at what hangs after the ${cases} tests that came to their end.`,
    })
  }
  const written = Math.max(result.stdoutBytes, result.stderrBytes)
  if (written > keptBytes) {
    found.push({
      what: 'all of the output',
      why: `${written} bytes were written, and ${keptBytes} of each stream are kept`,
      mend: 'Let the tests print less.',
    })
  }
  return found
}
