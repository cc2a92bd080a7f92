/** What must happen later, as rows: set and removed by the append that decides it, fired by whichever process looks first. */
import type { Sql } from './connect.ts'

export type DueTimer = { runId: string; name: string }

/** Timers whose time has come on Postgres' clock, the oldest first, without those of the given runs. */
export async function dueTimers(sql: Sql, limit: number, exceptRuns: readonly string[] = []): Promise<DueTimer[]> {
  return sql<DueTimer[]>`
    select run_id as "runId", name from timers
    where due_at <= now() and run_id <> all(${[...exceptRuns]}::uuid[])
    order by due_at limit ${limit}`
}

/** To be part of a statement: milliseconds until the next timer that is still to come. */
export const nextTimer = (sql: Sql) =>
  sql`select extract(epoch from due_at - now())::float8 * 1000 from timers where due_at > now() order by due_at limit 1`
