/** How Postgres itself is: of the whole database, and not of one organisation. */
import type { Sql } from './connect.ts'

export type DatabaseFigures = {
  version: string
  bytes: number
  /** Open connections of this database, by the name under which they came. */
  connections: { name: string; count: number }[]
  mostConnections: number
  /** Statements that wait for a lock. */
  lockWaits: number
  /** Share of pages that were found in memory, 0 … 1; null before anything was read. */
  cacheHits: number | null
  deadlocks: number
  rollbacks: number
  /** The largest, at most eight, with about how many rows they have. */
  tables: { name: string; rows: number; bytes: number }[]
  /** Milliseconds until it answered. */
  answeredMs: number
}

/** One statement. Throws what Postgres says. */
export async function databaseFigures(sql: Sql): Promise<DatabaseFigures> {
  const asked = performance.now()
  const [row] = await sql<[Omit<DatabaseFigures, 'answeredMs'>]>`
    select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes,
      array(select json_build_object('name', name, 'count', count) from (
        select coalesce(nullif(application_name, ''), 'other') as name, count(*)::int as count
        from pg_stat_activity where datname = current_database() group by 1 order by 2 desc, 1) as connection) as connections,
      current_setting('max_connections')::int as "mostConnections",
      (select count(*)::int from pg_locks where not granted) as "lockWaits",
      blks_hit::float8 / nullif(blks_hit + blks_read, 0) as "cacheHits",
      deadlocks::float8 as deadlocks, xact_rollback::float8 as rollbacks,
      array(select json_build_object('name', name, 'rows', rows, 'bytes', bytes) from (
        select relname as name, n_live_tup as rows, pg_total_relation_size(relid) as bytes
        from pg_stat_user_tables where schemaname = 'public' order by 3 desc, 1 limit 8) as part) as tables
    from pg_stat_database where datname = current_database()`
  return { ...row, answeredMs: performance.now() - asked }
}
