/** Runs the project's tests with its own runner, and reads the results that the runner writes for machines. */
import { z } from 'zod'
import { repositoryPath, type TestReport } from '../../domain/artifact.ts'
import type { ExecResult, Workspace } from '../../domain/ports.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { Facts } from '../environment/facts.ts'
import { PackageJson, readManifests } from '../environment/manifests.ts'
import type { CommandResult } from '../sandboxed/bench.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { TestCommand } from '../tests/commands.ts'
import { detectRunners, type RunnerName, runnerNames } from '../tests/detect.ts'
import { reportOn } from '../tests/report.ts'
import { refuseCancelled, repositoryRoot, watched } from './program.ts'
import { commandFor, onlyFiles } from './test-files.ts'
import { renderTests } from './test-report.ts'
import { defineTool, type Tool, type ToolEnv, type ToolOutcome } from './tool.ts'

const mebibyte = 1024 * 1024
const keptBytes = mebibyte
const mostResultBytes = 32 * mebibyte
const mostSecondsToRun = 300

export const testTool: Tool = defineTool({
  name: 'run_tests',
  class: 'execute',
  recorded: 'tree',
  description:
    'Runs the tests of the project with its own runner. The first line is "12 passed, 1 failed, 0 skipped (runner)"; then, for each failure, "FAILED suite > name (file:line)" with its message indented below. Without network, so packages that are not installed stay missing.',
  input: z.strictObject({
    runner: z.enum(runnerNames).optional().describe('The one that the project uses, unless told.'),
    files: z
      .array(repositoryPath.min(1))
      .max(50)
      .optional()
      .describe('Only the tests in these files; all unless told.'),
    timeoutSeconds: z
      .number()
      .int()
      .min(1)
      .max(mostSecondsToRun)
      .optional()
      .describe('Ended after this time, if a test may hang; 300 unless told.'),
  }),
  async run({ runner, files = [], timeoutSeconds = mostSecondsToRun }, env, workspace) {
    const place = await workspace()
    const found = runner === undefined ? await findRunners(place, env) : { runners: [runner], why: '' }
    if (found.runners.length === 0) return { isError: true, text: `no tests were run (no runner)\n${found.why}` }
    const results: ToolOutcome[] = []
    for (const name of found.runners) results.push(await runWith(name, files, { env, place, timeoutSeconds }))
    return {
      text: results.map(({ text }) => text).join('\n\n'),
      isError: results.every(({ isError }) => isError === true),
      origin: 'repository',
    }
  },
})

async function findRunners(place: Workspace, env: ToolEnv): Promise<{ runners: RunnerName[]; why: string }> {
  const looked = await place.exec({
    argv: ['node', '--no-warnings', env.toolbox.program('doctor.mjs')],
    cwd: repositoryRoot,
    env: env.environment,
    limits: { wallMs: 60_000, outputBytes: 16 * mebibyte },
    signal: env.context.signal,
  })
  refuseCancelled(looked)
  const facts = Facts.safeParse(parseJson(looked.stdout))
  if (!facts.success) return { runners: [], why: 'Which runner the project uses could not be found out: name it.' }
  const { runners, notChecked } = detectRunners(facts.data, readManifests(facts.data))
  return { runners, why: notChecked.map(({ why, mend }) => `${why}. ${mend}`).join('\n') }
}

type Place = { env: ToolEnv; place: Workspace; timeoutSeconds: number }

async function runWith(runner: RunnerName, files: readonly string[], at: Place): Promise<ToolOutcome> {
  const { env, place } = at
  const manifest = await place.exec({
    argv: [
      '/bin/sh',
      '-c',
      'rm -rf /work/results; mkdir /work/results; [ -L package.json ] || [ ! -f package.json ] || head -c 262144 package.json',
    ],
    cwd: repositoryRoot,
    signal: env.context.signal,
  })
  const packageJson = PackageJson.safeParse(parseJson(manifest.stdout))
  const command = commandFor(runner, files, {
    packageJson: packageJson.success ? packageJson.data : null,
    toolbox: env.toolbox,
  })
  if (command === null)
    return { isError: true, text: `no tests were run (${runner})\nThere is no "test" script in package.json.` }
  env.context.output(`$ ${runner} ${files.join(' ')}\n`)
  const results = command.results ?? (runner === 'go test' ? 'stdout' : null)
  const ran = await execute(command, at)
  const result = await resultOf(ran, command, place)
  const told = { runner, command: command.argv, result, keptBytes, hasResults: results !== null }
  const report: TestReport = onlyFiles(reportOn(told), files)
  return { text: renderTests(report, endOf(ran)), isError: !report.ran }
}

async function execute(command: TestCommand, { env, place, timeoutSeconds }: Place): Promise<ExecResult> {
  const result = await place.exec({
    argv: command.argv,
    cwd: repositoryRoot,
    env: { CI: '1', NO_COLOR: '1', PYTHONDONTWRITEBYTECODE: '1', ...env.environment, ...command.env },
    limits: {
      wallMs: timeoutSeconds * 1_000,
      cpuSeconds: timeoutSeconds * 2,
      outputBytes: command.results === null ? mostResultBytes : keptBytes,
    },
    onOutput: watched(env.context),
    signal: env.context.signal,
  })
  refuseCancelled(result)
  return result
}

async function resultOf(ran: ExecResult, command: TestCommand, place: Workspace): Promise<CommandResult> {
  const { exitCode, end, stdoutBytes, stderrBytes, durationMs } = ran
  const bytes =
    command.results === null
      ? ran.stdout
      : await place.readFile(command.results, mostResultBytes).catch(() => new Uint8Array())
  const complaint = cleanText(new TextDecoder().decode(ran.stderr)).slice(-2_000)
  return { exitCode, end, stdoutBytes, stderrBytes, durationMs, complaint, bytes }
}

const endOf = ({ stdout, stderr }: ExecResult): string =>
  cleanText(new TextDecoder().decode(stderr.length > 0 ? stderr : stdout)).slice(-2_000)
