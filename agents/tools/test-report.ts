/** A report of tests as a model reads it: the numbers first, then what failed, and why. */
import type { TestCase, TestReport } from '../../domain/artifact.ts'

const mostFailures = 30
const longestMessage = 1_500
const mostFrames = 3

/** The first line is `12 passed, 1 failed, 0 skipped (runner)`, or says why nothing ran. `output` is the end of what was written. */
export function renderTests(report: TestReport, output: string): string {
  const remarks = report.notChecked.map(({ what, why, mend }) => `Not checked: ${what}: ${why}. ${mend}`.trim())
  if (!report.ran) return [`no tests were run (${report.runner ?? 'no runner'})`, ...remarks].join('\n')
  const numbers = `${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped (${report.runner})`
  const failures = report.cases.filter(({ status }) => status === 'failed')
  const beyond = failures.length - mostFailures
  return [
    numbers,
    ...failures.slice(0, mostFailures).map(renderFailure),
    ...(beyond > 0 ? [`[… ${beyond} more failures]`] : []),
    ...(report.outcome === 'passed' ? [] : unexplained(report, failures.length, output)),
    ...remarks,
  ].join('\n')
}

function renderFailure({ suite, name, file, line, message }: TestCase): string {
  const place = file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`
  const own = withFewFrames(message)
  const cut = own.length > longestMessage ? `${own.slice(0, longestMessage)}…` : own
  const told = cut.trim().replace(/^/gm, '    ')
  return `FAILED ${suite === '' ? '' : `${suite} > `}${name}${place}${told.trim() === '' ? '' : `\n${told}`}`
}

/** Frames of the runtime and of packages say nothing about the project; of its own the first ones say where to look. */
export function withFewFrames(message: string): string {
  let frames = 0
  const isKept = (line: string): boolean => {
    if (!/^\s+at\s/.test(line)) return true
    if (/\bnode:|\/node_modules\//.test(line)) return false
    frames += 1
    return frames <= mostFrames
  }
  return message.split('\n').filter(isKept).join('\n')
}

function unexplained({ outcome }: TestReport, failures: number, output: string): string[] {
  if (failures > 0 && outcome === 'failed') return []
  const what = outcome === 'timed-out' ? 'The tests did not end in time.' : 'The runner failed.'
  return output.trim() === '' ? [what] : [`${what} The end of what it wrote:`, output.trim().replace(/^/gm, '    ')]
}
