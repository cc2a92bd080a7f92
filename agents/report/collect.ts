/** What the tasks of an audit left: the newest report of each analyzer and each test runner, parsed again on the way in. */
import type { z } from 'zod'
import { AnalysisReport, EnvReport, type NotChecked, RepositorySummary, TestReport } from '../../domain/artifact.ts'
import type { TaskContext } from '../../domain/ports.ts'
import { parseJson } from '../sandboxed/parse-json.ts'

export type Collected = {
  repository: RepositorySummary | null
  environment: EnvReport | null
  analyses: AnalysisReport[]
  tests: TestReport[]
  /** Artifacts that could not be read. */
  unreadable: NotChecked[]
}

export async function collect(context: TaskContext): Promise<Collected> {
  const refs = await context.artifacts()
  const unreadable: NotChecked[] = []
  const all = async <T extends z.ZodType>(kind: string, schema: T): Promise<z.output<T>[]> => {
    const found: z.output<T>[] = []
    for (const ref of refs.filter(ref => ref.kind === kind)) {
      const parsed = schema.safeParse(parseJson(await context.blobs.get(ref.hash)))
      if (parsed.success) found.push(parsed.data)
      else unreadable.push({ what: ref.title, why: `its ${kind} could not be read`, mend: 'Run the step again.' })
    }
    return found
  }
  return {
    repository: (await all('RepositorySummary', RepositorySummary)).at(-1) ?? null,
    environment: (await all('EnvReport', EnvReport)).at(-1) ?? null,
    // A step that was done again has left more than one.
    analyses: newestOf(await all('AnalysisReport', AnalysisReport), report => report.analyzer),
    tests: newestOf(await all('TestReport', TestReport), report => report.runner ?? ''),
    unreadable,
  }
}

function newestOf<T>(reports: readonly T[], nameOf: (report: T) => string): T[] {
  const names = [...new Set(reports.map(nameOf))]
  return names.flatMap(name => reports.findLast(report => nameOf(report) === name) ?? [])
}
