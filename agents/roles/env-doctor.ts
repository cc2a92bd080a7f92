/** Looks at the surroundings that a repository needs, and says which analyzers and test runners suit it. */
import { RepositorySummary } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { diagnose } from '../environment/diagnose.ts'
import { Facts } from '../environment/facts.ts'
import { attempt } from '../sandboxed/attempt.ts'
import { createBench, whyItEnded } from '../sandboxed/bench.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import { benchWith, pythonPathOf, sourceOf } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

export function envDoctor(toolbox: Toolbox): Agent {
  return {
    name: 'env.doctor',
    title: 'Environment',
    description:
      'Toolchains, manifests, lock files, engines that do not match, missing packages; which analyzers and test runners suit.',
    capabilities: ['diagnose', 'environment'],
    workerClass: 'sandbox',
    produces: ['EnvReport'],
    run: context => attempt(context, () => examine(context, toolbox)),
  }
}

async function examine(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const source = sourceOf(context)
  const bench = createBench(context, benchWith(context, toolbox, source, { withPackages: true }))
  try {
    const result = await bench.run({
      tool: 'doctor',
      summary: 'Look at toolchains, manifests and lock files',
      argv: ['node', '--no-warnings', toolbox.program('doctor.mjs')],
      env: { PYTHONPATH: pythonPathOf(source) },
      limits: { wallMs: 90_000, outputBytes: 64 * 1024 * 1024 },
      shown: 'stderr',
    })
    const facts = Facts.safeParse(parseJson(result.bytes))
    if (result.exitCode !== 0 || !facts.success)
      throw new OrreryError('TASK_FAILED', `the surroundings could not be examined: ${whyItEnded(result)}`)
    const report = diagnose(facts.data, await commitsOf(context))
    context.output(
      `analyzers: ${report.analyzers.join(', ') || 'none'}\ntests: ${report.testRunners.join(', ') || 'none'}\n`,
    )
    return {
      ok: true,
      output: {
        analyzers: report.analyzers,
        testRunners: report.testRunners,
        dependenciesPresent: report.dependenciesPresent,
      },
      artifacts: [
        { kind: 'EnvReport', title: 'Environment', mediaType: 'application/json', body: JSON.stringify(report) },
      ],
    }
  } finally {
    await bench.close()
  }
}

async function commitsOf(context: TaskContext): Promise<number> {
  const summary = (await context.artifacts()).findLast(({ kind }) => kind === 'RepositorySummary')
  const parsed =
    summary === undefined ? null : RepositorySummary.safeParse(parseJson(await context.blobs.get(summary.hash)))
  return parsed?.success ? parsed.data.commits : 0
}
