/** Of all that a run makes, what one came for comes first. */
import type { Artifact } from '../../domain/run/state.ts'

/** Kinds by what they are to whoever reads, most wanted first. */
export const artifactShelves = [
  { title: 'Report', kinds: ['AuditReport', 'Markdown', 'CodePatch', 'ReviewReport', 'ResearchNote'] },
  { title: 'Work', kinds: ['SpecDoc', 'DesignDoc', 'Plan', 'ChangeSummary', 'TestPlan', 'Judgement', 'Reasoning'] },
  { title: 'Results', kinds: ['TestReport', 'AnalysisReport', 'EnvReport', 'RepositorySummary'] },
  { title: 'Files', kinds: [] },
] as const satisfies readonly { title: string; kinds: readonly string[] }[]

const order: readonly string[] = artifactShelves.flatMap(shelf => shelf.kinds)

/** Index of the shelf that it stands on; whatever is unknown is a file. */
export function shelfOf(artifact: Artifact): number {
  const found = artifactShelves.findIndex(shelf => (shelf.kinds as readonly string[]).includes(artifact.kind))
  return found < 0 ? artifactShelves.length - 1 : found
}

/** Most wanted first, of equals the newest. */
export function byImportance(artifacts: readonly Artifact[]): Artifact[] {
  const rank = ({ kind }: Artifact) => (order.includes(kind) ? order.indexOf(kind) : order.length)
  return [...artifacts].sort((a, b) => rank(a) - rank(b) || b.seq - a.seq)
}
