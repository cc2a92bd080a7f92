/** The last line of a test run, plain enough to be read by anything: `N passed, N failed`. */
import { writeSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

export type Tally = { passed: number; failed: number }

/**
 * Prints the tally when the process ends, after all that vitest says. A run without a single test has failed: nothing was
 * shown to work.
 */
export default class TallyReporter implements Reporter {
  #last: Tally = { passed: 0, failed: 0 }

  onInit(): void {
    process.once('exit', () => writeSync(1, `${this.#last.passed} passed, ${this.#last.failed} failed\n`))
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    this.#last = tally(modules, errors.length)
    for (const name of secondTries(modules)) console.warn(`passed only when tried again: ${name}`)
    if (this.#last.passed + this.#last.failed === 0) process.exitCode = 1
  }
}

/** A file that does not load and an error outside any test count as one failure each. */
export function tally(modules: readonly TestModule[], unhandled: number): Tally {
  const tests = modules.flatMap(each => [...each.children.allTests()]).map(test => test.result().state)
  const count = (state: string) => tests.filter(each => each === state).length
  const broken = modules.flatMap(each => [each, ...each.children.allSuites()]).filter(each => each.errors().length > 0)
  return { passed: count('passed'), failed: count('failed') + broken.length + unhandled }
}

/** Tests that failed before they passed. They count as passed, and are named: each hides a fault, of the test or of what it tests. */
function secondTries(modules: readonly TestModule[]): string[] {
  const tests = modules.flatMap(each => [...each.children.allTests()])
  return tests
    .filter(test => test.diagnostic()?.flaky)
    .map(test => `${test.module.relativeModuleId} > ${test.fullName}`)
}
