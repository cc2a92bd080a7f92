/** Running some test files instead of all: each runner is told in its own way. */
import type { TestReport } from '../../domain/artifact.ts'
import type { PackageJson } from '../environment/manifests.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { type TestCommand, testCommand } from '../tests/commands.ts'
import type { RunnerName } from '../tests/detect.ts'

/** The command that runs these files, all of them where `files` is empty; null where the manifest has none for the runner. */
export function commandFor(
  runner: RunnerName,
  files: readonly string[],
  { packageJson, toolbox }: { packageJson: PackageJson | null; toolbox: Toolbox },
): TestCommand | null {
  const whole = testCommand(runner, packageJson, toolbox)
  if (whole === null || files.length === 0) return whole
  switch (runner) {
    case 'node:test': {
      const script = packageJson?.scripts.test ?? 'node --test'
      const narrowed = narrowScript(script, files)
      const scripts = { ...packageJson?.scripts, test: narrowed }
      return testCommand(runner, { ...(packageJson ?? noManifest), scripts }, toolbox)
    }
    case 'vitest':
    case 'jest':
    case 'pytest':
      return { ...whole, argv: [...whole.argv, ...files] }
    case 'go test':
      return { ...whole, argv: ['go', 'test', '-json', ...new Set(files.map(packageOf))] }
    // They run all, and what was not asked for is left out of the report.
    case 'unittest':
    case 'npm':
      return whole
  }
}

const noManifest: PackageJson = { engines: {}, scripts: {}, dependencies: {}, devDependencies: {} }

/** The script with other files: what stands before `--test`, and the options after it, stay. */
function narrowScript(script: string, files: readonly string[]): string {
  const command = script.split(/&&|\|\||[;|]/).find(part => /\s--test(\s|$)/.test(part)) ?? 'node --test'
  const [before = '', after = ''] = command.trim().split(/--test(?=\s|$)/)
  const options = after.split(/\s+/).filter(word => word.startsWith('-'))
  return [before.trim(), '--test', ...options, ...files.map(quoted)].join(' ')
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

const packageOf = (file: string): string => `./${file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''}`

/** Without the tests of other files, where the runner ran more than it was asked to. */
export function onlyFiles(report: TestReport, files: readonly string[]): TestReport {
  if (files.length === 0 || report.runner !== 'unittest') return report
  const cases = report.cases.filter(({ file }) => file === null || files.includes(file))
  const count = (status: 'passed' | 'failed' | 'skipped') => cases.filter(test => test.status === status).length
  const failed = count('failed')
  const outcome = report.outcome === 'failed' && failed === 0 ? 'passed' : report.outcome
  return { ...report, outcome, cases, passed: count('passed'), failed, skipped: count('skipped') }
}
