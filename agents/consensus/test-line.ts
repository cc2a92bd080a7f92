/** The project's tests on a candidate's line of commits. */
import type { TaskContext, Trunk } from '../../domain/ports.ts'
import { failuresOf, testTree } from '../code/test-tree.ts'
import type { CodeSource } from '../code/trunk.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import type { RunnerName } from '../tests/detect.ts'

export type LineTests = {
  line: Trunk
  source: CodeSource
  runners: readonly RunnerName[]
  timeoutSeconds: number | null
}

/** null where the project has none, or they could not be run. */
export async function testLine(
  context: TaskContext,
  toolbox: Toolbox,
  { line, source, runners, timeoutSeconds }: LineTests,
): Promise<{ passed: number; failing: string[] } | null> {
  if (runners.length === 0) return null
  const tree = { tree: line.hash, commit: line.commit, packages: source.packages }
  const reports = await testTree(context, toolbox, { source: tree, runners, timeoutSeconds })
  if (!reports.some(({ ran }) => ran)) return null
  const passed = reports.reduce((sum, report) => sum + report.passed, 0)
  return { passed, failing: failuresOf(reports).map(({ test }) => test) }
}
