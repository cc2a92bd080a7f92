/** Runs the tests of a repository with its own runner, and reads what that writes for machines. */
import { z } from 'zod'
import type { TestReport } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { PackageJson } from '../environment/manifests.ts'
import { attempt } from '../sandboxed/attempt.ts'
import { createBench } from '../sandboxed/bench.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import { benchWith, pythonPathOf, type Source, sourceOf } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { type TestCommand, testCommand } from '../tests/commands.ts'
import { type RunnerName, runnerNames } from '../tests/detect.ts'
import { notRun, reportOn } from '../tests/report.ts'

const mebibyte = 1024 * 1024
const keptBytes = mebibyte
const mostResultBytes = 32 * mebibyte

const Input = z.object({
  runner: z.enum(runnerNames),
  /** How long the tests may take, in seconds. */
  timeoutSeconds: z.number().int().min(1).max(3_600).nullish(),
})

export function testRunner(toolbox: Toolbox): Agent {
  return {
    name: 'test.runner',
    title: 'Tests',
    description:
      'Runs npm scripts, node:test, vitest, jest, pytest, unittest and go test, where what they need is there.',
    capabilities: ['test'],
    workerClass: 'sandbox',
    produces: ['TestReport'],
    run: context => attempt(context, () => runTests(context, toolbox)),
  }
}

async function runTests(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const input = Input.safeParse(context.input)
  if (!input.success)
    throw new OrreryError('BAD_INPUT', `the input names no test runner: one of ${runnerNames.join(', ')}`)
  const { runner, timeoutSeconds } = input.data
  const report = await testReport(context, toolbox, runner, (timeoutSeconds ?? 120) * 1_000)
  context.output(`\n${report.outcome}: ${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped\n`)
  return {
    ok: true,
    output: { runner, outcome: report.outcome, passed: report.passed, failed: report.failed, skipped: report.skipped },
    artifacts: [
      { kind: 'TestReport', title: `Tests: ${runner}`, mediaType: 'application/json', body: JSON.stringify(report) },
    ],
  }
}

async function testReport(
  context: TaskContext,
  toolbox: Toolbox,
  runner: RunnerName,
  wallMs: number,
): Promise<TestReport> {
  const source = sourceOf(context)
  const { prepare, ...bench } = benchWith(context, toolbox, source, { withPackages: true })
  const workspace = createBench(context, {
    ...bench,
    prepare: async opened => {
      await prepare(opened)
      await opened.exec({ argv: ['mkdir', '-p', '/work/results'] })
    },
  })
  try {
    const manifest = await workspace.run({
      tool: 'cat',
      summary: 'Read the manifest',
      argv: ['/bin/sh', '-c', '[ -L package.json ] || [ ! -f package.json ] || head -c 262144 package.json'],
      shown: 'stderr',
    })
    const packageJson = PackageJson.safeParse(parseJson(manifest.bytes))
    const command = testCommand(runner, packageJson.success ? packageJson.data : null, toolbox)
    if (command === null) {
      return notRun(
        { runner, command: [], durationMs: 0 },
        { what: 'tests', why: 'there is no test command', mend: 'Add a "test" script to package.json.' },
      )
    }
    const results = command.results ?? (runner === 'go test' ? 'stdout' : null)
    const result = await workspace.run({
      tool: runner,
      summary: `Run the tests with ${runner}`,
      argv: command.argv,
      env: environment(command, source),
      limits: {
        wallMs,
        cpuSeconds: Math.ceil(wallMs / 1_000) * 2,
        outputBytes: results === 'stdout' ? mostResultBytes : keptBytes,
      },
      shown: 'both',
      ...(command.results === null ? {} : { collect: { path: command.results, maxBytes: mostResultBytes } }),
    })
    return reportOn({
      runner,
      command: command.argv,
      result,
      keptBytes: results === 'stdout' ? mostResultBytes : keptBytes,
      hasResults: results !== null,
    })
  } finally {
    await workspace.close()
  }
}

function environment(command: TestCommand, source: Source): Record<string, string> {
  const python = pythonPathOf(source)
  return {
    CI: '1',
    NO_COLOR: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    ...(python === '' ? {} : { PYTHONPATH: python }),
    ...command.env,
  }
}
