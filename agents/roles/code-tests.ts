/**
 * Runs the project's tests on the run's trunk, and compares them with an earlier time: what failed before is nobody's fault
 * now; what passed before and fails now is. The cascade counts this before anybody's opinion.
 */
import { z } from 'zod'
import type { ArtifactDraft, TestReport } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { failuresOf, testTree } from '../code/test-tree.ts'
import { beginAtTrunk, codeSourceOf } from '../code/trunk.ts'
import { attempt } from '../sandboxed/attempt.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { runnerNames } from '../tests/detect.ts'

const Input = z.object({
  runners: z.array(z.enum(runnerNames)).max(10),
  timeoutSeconds: z.number().int().min(1).max(3_600).nullish(),
  /** The output of an earlier time. */
  before: z.object({ failures: z.array(z.string()) }).nullish(),
})

/** Failures beyond these are counted: an event holds 16 KiB. */
const named = 40
const described = 10

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
  const { packages, ...from } = codeSourceOf(context)
  const trunk = await beginAtTrunk(context, toolbox, { packages, ...from })
  const { runners, timeoutSeconds = null, before } = input.data
  const source = { tree: trunk.hash, commit: trunk.commit, packages }
  const reports = await testTree(context, toolbox, { source, runners, timeoutSeconds })
  return { ok: true, output: outcomeOf(reports, before?.failures ?? []), artifacts: reports.map(artifactOf) }
}

const artifactOf = (report: TestReport): ArtifactDraft => ({
  kind: 'TestReport',
  title: `Tests: ${report.runner ?? 'none'}`,
  mediaType: 'application/json',
  body: JSON.stringify(report),
})

/** `outcome` is `failed` where something fails that did not before, or a runner did not get to an end. */
function outcomeOf(reports: readonly TestReport[], before: readonly string[]): Json {
  const failing = failuresOf(reports)
  const known = new Set(before)
  const fresh = failing.filter(({ test }) => !known.has(test))
  const still = new Set(failing.map(({ test }) => test))
  const ran = reports.some(report => report.ran)
  return {
    outcome: fresh.length > 0 ? 'failed' : ran ? 'passed' : 'not-run',
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failed: failing.length,
    newFailures: fresh.length,
    fixed: before.filter(test => !still.has(test)).length,
    failures: failing.slice(0, named).map(({ test }) => test),
    findings: fresh.slice(0, described).map(({ test, file, line, message }) => ({
      ...{ severity: 'error', file, line },
      problem: `the test “${test}” fails: ${message.slice(0, 600)}`,
    })),
  }
}
