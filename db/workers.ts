/** Processes that do work, as they show themselves: what they can do, and that they are alive. */
import type { Sql } from './connect.ts'

export type WorkerEntry = {
  id: string
  organisationId: string
  host: string
  pid: number
  version: string
  /** How many tasks of each class it does at once. */
  classes: Readonly<Record<string, number>>
  active: number
  sandbox: { driver: string; available: boolean; reason: string } | null
  draining: boolean
}

/** Entries of workers that have said nothing for so long are removed. */
const forgottenAfter = '1 hour'

/** Says that a worker is alive, and how. The answer tells whether it has been asked to drain. */
export async function beat(sql: Sql, worker: WorkerEntry): Promise<{ draining: boolean }> {
  const { id, organisationId, host, pid, version, classes, active, sandbox, draining } = worker
  const [row] = await sql<{ draining: boolean }[]>`
    insert into workers (id, organisation_id, host, pid, version, classes, active, sandbox, draining)
    values (${id}, ${organisationId}, ${host}, ${pid}, ${version}, ${sql.json(classes)}, ${active}, ${sandbox === null ? null : sql.json(sandbox)}, ${draining})
    on conflict (id) do update set active = excluded.active, sandbox = excluded.sandbox, heartbeat_at = now(),
      draining = workers.draining or excluded.draining
    returning draining`
  return { draining: row?.draining ?? draining }
}

/** Removes the entry of a worker that ends, and of those that ended without a word long ago. */
export async function retire(sql: Sql, workerId: string): Promise<void> {
  await sql`delete from workers where id = ${workerId} or heartbeat_at < now() - ${forgottenAfter}::interval`
}
