/** What all analyzers share: a program of `agents/inside` is run over the tree, and its report becomes two artifacts. */
import type { AnalysisReport, ArtifactDraft, Severity } from '../../domain/artifact.ts'
import { type Failure, OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent, SandboxLimits, TaskContext } from '../../domain/ports.ts'
import { toSarif } from '../report/sarif.ts'
import { attempt } from '../sandboxed/attempt.ts'
import { createBench, whyItEnded } from '../sandboxed/bench.ts'
import { benchWith, type Source, sourceOf } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { parseToolReport } from './tool-report.ts'

export type Analysis = {
  /** What follows `analyzer.` in the agent's name, and the name of its program. */
  name: string
  title: string
  description: string
  /** Whether it looks into the packages that are installed beside the repository. */
  withPackages?: boolean
  limits?: Partial<Pick<SandboxLimits, 'wallMs' | 'cpuSeconds'>>
  /** What the program is given besides the tree. */
  options?: (context: TaskContext) => Promise<Json>
}

const mebibyte = 1024 * 1024
/** The clock is only for what hangs: how long an analysis may work is counted in CPU time. */
const limits = { wallMs: 420_000, cpuSeconds: 120, outputBytes: 8 * mebibyte }

/** Node without the room to eat up the workspace's memory, and with enough for a large program's types. */
const node = ['node', '--max-old-space-size=1024', '--no-warnings']

export function createAnalyzer(analysis: Analysis, toolbox: Toolbox): Agent {
  return {
    name: `analyzer.${analysis.name}`,
    title: analysis.title,
    description: analysis.description,
    capabilities: ['analyse', analysis.name],
    workerClass: 'sandbox',
    produces: ['AnalysisReport', 'Sarif'],
    run: async context => {
      const result = await attempt(context, async () => {
        const source = sourceOf(context)
        const report = await analyse(analysis, context, toolbox, source)
        const { analyzer, checked, findings, omitted } = report
        return {
          ok: true,
          output: { analyzer, checked, findings: findings.length + omitted, ...countBySeverity(report) },
          artifacts: draftsOf(report, source.commit),
        }
      })
      // Whoever gathers the reports has to know why this one has nothing to say.
      return result.ok ? result : { ...result, artifacts: draftsOf(failedReport(analysis, result.failure), null) }
    },
  }
}

function draftsOf(report: AnalysisReport, commit: string | null): ArtifactDraft[] {
  const { title } = report
  const sarif = JSON.stringify(toSarif(report, commit))
  return [
    { kind: 'AnalysisReport', title, mediaType: 'application/json', body: JSON.stringify(report) },
    { kind: 'Sarif', title, mediaType: 'application/sarif+json', body: sarif },
  ]
}

function failedReport({ name, title }: Analysis, { message, hint }: Failure): AnalysisReport {
  return {
    analyzer: name,
    title,
    tool: { name: '', version: '' },
    checked: false,
    filesExamined: 0,
    findings: [],
    omitted: 0,
    metrics: {},
    notChecked: [{ what: title.toLowerCase(), why: message.slice(0, 1_000), mend: hint.slice(0, 1_000) }],
  }
}

async function analyse(
  analysis: Analysis,
  context: TaskContext,
  toolbox: Toolbox,
  source: Source,
): Promise<AnalysisReport> {
  const bench = createBench(
    context,
    benchWith(context, toolbox, source, { withPackages: analysis.withPackages ?? false }),
  )
  try {
    const result = await bench.run({
      tool: analysis.name,
      summary: `Examine the tree: ${analysis.title.toLowerCase()}`,
      argv: [...node, toolbox.program(`${analysis.name}.mjs`)],
      stdin: analysis.options === undefined ? '' : JSON.stringify(await analysis.options(context)),
      limits: { ...limits, ...analysis.limits },
      shown: 'stderr',
    })
    const report = result.exitCode === 0 ? parseToolReport(analysis.name, analysis.title, result.bytes) : null
    if (report !== null) return report
    const why = result.exitCode === 0 ? 'its report could not be read' : whyItEnded(result)
    throw new OrreryError('TASK_FAILED', `the analysis has no result: ${why}`, {
      hint: 'Audit a sub-directory on its own where the repository is large.',
    })
  } finally {
    await bench.close()
  }
}

function countBySeverity({ findings }: AnalysisReport): Record<Severity, number> {
  const count = (severity: Severity) => findings.filter(finding => finding.severity === severity).length
  return { error: count('error'), warning: count('warning'), info: count('info') }
}
