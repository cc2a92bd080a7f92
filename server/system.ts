/** How the whole installation is, as one organisation may see it: looked at anew each time, and never thrown over. */
import { type DatabaseFigures, databaseFigures } from '../db/database-figures.ts'
import type { TaskRow, WorkerRow } from '../db/rows.ts'
import type { OperationFigures } from '../db/tenant-operations.ts'
import { type Advice, adviceOn } from './advice.ts'
import type { Context } from './context.ts'
import type { HealthReport } from './health.ts'

export type ProcessFigures = {
  pid: number
  /** Milliseconds. */
  uptimeMs: number
  memoryBytes: number
  heapBytes: number
  /** Connections to Postgres that requests may use at once. */
  pool: number
}

export type SystemReport = {
  health: HealthReport
  process: ProcessFigures
  /** null where Postgres does not answer. */
  database: DatabaseFigures | null
  work: OperationFigures | null
  workers: readonly WorkerRow[]
  goneWrong: readonly TaskRow[]
  advice: readonly Advice[]
}

const shownFailures = 20

export async function lookAtSystem({ services, reads }: Pick<Context, 'services' | 'reads'>): Promise<SystemReport> {
  const { sql, health, models } = services
  const [report, database, work, workers, goneWrong] = await Promise.all([
    health.check(),
    databaseFigures(sql).catch(() => null),
    reads.operations.figures().catch(() => null),
    reads.workers.recent().catch(() => []),
    reads.operations.goneWrong(shownFailures).catch(() => []),
  ])
  const providers = models.models.state()
  const advice = adviceOn({ health: report, work, database, providers, missingModel: models.missing })
  return { health: report, process: processFigures(sql.options.max), database, work, workers, goneWrong, advice }
}

function processFigures(pool: number): ProcessFigures {
  const { rss, heapUsed } = process.memoryUsage()
  return { pid: process.pid, uptimeMs: process.uptime() * 1_000, memoryBytes: rss, heapBytes: heapUsed, pool }
}
