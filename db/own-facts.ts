import type { Sql } from './connect.ts'

/**
 * To be part of a statement that looks at many runs: whether something is a run's own. What a fork has from another run
 * stands in both, and counts once. `run` and `seq` name columns: its run, and the event that it rests on.
 */
export const isOwn = (sql: Sql, { run, seq }: { run: string; seq: string }) =>
  sql`not exists (select from runs as fork where fork.id = ${sql(run)} and fork.forked_at_seq >= ${sql(seq)})`
