/** The project's tests on a tree of the run, with what failed, by name: two times can be compared. */
import { TestReport } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { TaskContext } from '../../domain/ports.ts'
import { testRunner } from '../roles/test-runner.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Source } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import type { RunnerName } from '../tests/detect.ts'

export type TreeTests = { source: Source; runners: readonly RunnerName[]; timeoutSeconds: number | null }
export type TestFailure = { test: string; file: string | null; line: number | null; message: string }

/** A report for each runner. Throws OrreryError where one cannot be started at all. */
export async function testTree(context: TaskContext, toolbox: Toolbox, tests: TreeTests): Promise<TestReport[]> {
  const { source, runners, timeoutSeconds } = tests
  const reports: TestReport[] = []
  for (const runner of runners) {
    const input: Json = { source, runner, timeoutSeconds }
    const one = Object.create(context, { input: { value: input } }) as TaskContext
    const result = await testRunner(toolbox).run(one)
    if (!result.ok) {
      const { code, message, hint, retryable } = result.failure
      throw new OrreryError(code, message, { hint, retryable })
    }
    const bodies = result.artifacts.map(({ body }) =>
      typeof body === 'string' ? new TextEncoder().encode(body) : body,
    )
    reports.push(...bodies.map(body => TestReport.parse(parseJson(body))))
  }
  return reports
}

/** What failed, by name; a runner that came to no end is a failure of its own. */
export function failuresOf(reports: readonly TestReport[]): TestFailure[] {
  return reports.flatMap(report => {
    const told = report.cases
      .filter(({ status }) => status === 'failed')
      .map(({ suite, name, ...rest }) => ({
        test: [suite, name]
          .filter(part => part !== '')
          .join(' › ')
          .slice(0, 200),
        ...{ file: rest.file, line: rest.line, message: rest.message },
      }))
    if (told.length > 0 || ['passed', 'not-run'].includes(report.outcome)) return told
    const test = `${report.runner ?? 'tests'}: ${report.outcome}`
    return [{ test, file: null, line: null, message: 'no single test was named' }]
  })
}
