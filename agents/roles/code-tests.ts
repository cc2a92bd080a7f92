/**
 * Runs the project's tests on the run's trunk, and compares them with an earlier time: what failed before is nobody's fault
 * now; what passed before and fails now is. The cascade counts this before anybody's opinion.
 */
import { z } from 'zod'
import { type ArtifactDraft, TestReport } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { beginAtTrunk, codeSourceOf } from '../code/trunk.ts'
import { attempt } from '../sandboxed/attempt.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { runnerNames } from '../tests/detect.ts'
import { testRunner } from './test-runner.ts'

const Earlier = z.object({ failures: z.array(z.string()) })
const Input = z.object({
  runners: z.array(z.enum(runnerNames)).max(10),
  timeoutSeconds: z.number().int().min(1).max(3_600).nullish(),
  /** The output of an earlier time. */
  before: Earlier.nullish().catch(null),
})

type Failure = { test: string; file: string | null; line: number | null; message: string }

/** Failures beyond this are counted, not named: an event holds 16 KiB. */
const named = 40

export function codeTests(toolbox: Toolbox): Agent {
  return {
    name: 'code.tests',
    title: 'Tests',
    description:
      'Runs all tests of the project on what was merged so far, and tells what fails that did not fail before. A project without tests is told as such.',
    capabilities: ['test', 'code'],
    workerClass: 'sandbox',
    produces: ['TestReport'],
    run: context => attempt(context, () => runAll(context, toolbox)),
  }
}

async function runAll(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const input = Input.safeParse(context.input)
  if (!input.success)
    throw new OrreryError('BAD_INPUT', `the input names no test runners: some of ${runnerNames.join(', ')}`)
  const source = codeSourceOf(context)
  const trunk = await beginAtTrunk(context, toolbox, source)
  const { runners, timeoutSeconds, before } = input.data
  const artifacts: ArtifactDraft[] = []
  for (const runner of runners) {
    const tree = { tree: trunk.hash, commit: trunk.commit, packages: source.packages }
    const one = { ...context, input: { source: tree, runner, timeoutSeconds: timeoutSeconds ?? null } as Json }
    const result = await testRunner(toolbox).run(one)
    if (!result.ok) return result
    artifacts.push(...result.artifacts)
  }
  const reports = artifacts.map(({ body }) => TestReport.parse(parseJson(new TextEncoder().encode(String(body)))))
  return { ok: true, output: outcomeOf(reports, before?.failures ?? []), artifacts }
}

/** `outcome` is `failed` where something fails that did not before, or a runner did not get to an end. */
function outcomeOf(reports: readonly TestReport[], before: readonly string[]): Json {
  const failing = reports.flatMap(failuresIn)
  const known = new Set(before)
  const fresh = failing.filter(({ test }) => !known.has(test))
  const still = new Set(failing.map(({ test }) => test))
  const passed = reports.reduce((sum, report) => sum + report.passed, 0)
  const ran = reports.some(report => report.ran)
  return {
    outcome: fresh.length > 0 ? 'failed' : ran ? 'passed' : 'not-run',
    passed,
    failed: failing.length,
    newFailures: fresh.length,
    fixed: before.filter(test => !still.has(test)).length,
    failures: failing.slice(0, named).map(({ test }) => test),
    findings: fresh.slice(0, 10).map(({ test, file, line, message }) => ({
      severity: 'error',
      file,
      line,
      problem: `the test “${test}” fails: ${message.slice(0, 600)}`,
    })),
  }
}

function failuresIn(report: TestReport): Failure[] {
  const cases = report.cases.filter(({ status }) => status === 'failed')
  const told = cases.map(({ suite, name, file, line, message }) => ({
    test: [suite, name]
      .filter(part => part !== '')
      .join(' › ')
      .slice(0, 200),
    ...{ file, line, message },
  }))
  if (told.length > 0 || ['passed', 'not-run'].includes(report.outcome)) return told
  return [
    {
      test: `${report.runner ?? 'tests'}: ${report.outcome}`,
      file: null,
      line: null,
      message: 'no single test was named',
    },
  ]
}
