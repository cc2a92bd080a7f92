import { RepositorySummary } from '../../domain/artifact.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent, TaskContext } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** Files that change often and are hard to read: churn × complexity, in any language. */
export const hotspotsAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'hotspots',
      title: 'Hotspots',
      description: 'Files that change often and are hard to read: churn × complexity, in any language.',
      options: churnOf,
    },
    toolbox,
  )

/** The changes that the checkout counted; none where there was no checkout. */
async function churnOf(context: TaskContext): Promise<Json> {
  const summary = (await context.artifacts()).findLast(({ kind }) => kind === 'RepositorySummary')
  const parsed =
    summary === undefined ? null : RepositorySummary.safeParse(parseJson(await context.blobs.get(summary.hash)))
  return parsed?.success ? { churn: parsed.data.churn, commits: parsed.data.commits } : { churn: [], commits: 0 }
}
