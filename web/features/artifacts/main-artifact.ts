import type { Artifact } from '../../../domain/run/state.ts'

const importance = ['AuditReport', 'Markdown', 'TestReport', 'AnalysisReport', 'EnvReport', 'RepositorySummary']

/** What one came for: the report, or the best there is so far. */
export function mainArtifact(artifacts: readonly Artifact[]): Artifact | undefined {
  const rank = (artifact: Artifact) => {
    const place = importance.indexOf(artifact.kind)
    return place < 0 ? importance.length : place
  }
  return artifacts.reduce<Artifact | undefined>(
    (best, one) => (best === undefined || rank(one) <= rank(best) ? one : best),
    undefined,
  )
}
