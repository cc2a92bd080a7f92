import { columns, type WorkerRow } from './rows.ts'
import { workers } from './schema.ts'
import type { Tenant } from './tenant.ts'

export function tenantWorkers({ sql, organisationId }: Tenant) {
  return {
    /** Those that showed themselves in the last minute, oldest first. */
    recent: (): Promise<WorkerRow[]> =>
      sql<WorkerRow[]>`
        select ${columns(sql, workers)} from workers
        where organisation_id = ${organisationId} and heartbeat_at > now() - interval '1 minute' order by started_at, id limit 1000`,

    /** Asks workers to finish what they do and to take nothing new; all of them where `ids` is null. */
    drain: (ids: readonly string[] | null): Promise<WorkerRow[]> =>
      sql<WorkerRow[]>`
        update workers set draining = true
        where organisation_id = ${organisationId} ${ids === null ? sql`` : sql`and id = any(${[...ids]})`}
          and heartbeat_at > now() - interval '1 minute'
        returning ${columns(sql, workers)}`,
  }
}
