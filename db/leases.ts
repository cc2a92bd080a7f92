/** Leases on Postgres' clock. A claim makes the row and its end deletes it, in the transaction of the event; here they are renewed. */
import type { Sql } from './connect.ts'

/** A right to a task: its fencing number tells it from earlier ones. */
export type Held = { runId: string; taskIndex: number; epoch: number }

/** `held`: go on · `lost`: the claim is over, nothing of it will be accepted. */
export type Renewal = Held & { answer: 'held' | 'lost' }

/**
 * Renews everything that a worker holds, in one statement. A row that an append has locked is passed over rather than
 * waited for, so that the two never wait for each other: it counts as held, and the next renewal tells.
 */
export async function renewLeases(
  sql: Sql,
  worker: string,
  held: readonly Held[],
  leaseMs: number,
): Promise<Renewal[]> {
  if (held.length === 0) return []
  return sql<Renewal[]>`
    with held as materialized (
      select * from unnest(${held.map(one => one.runId)}::uuid[], ${held.map(one => one.taskIndex)}::int[], ${held.map(one => one.epoch)}::int[])
        as held(run_id, task_index, epoch)
    ), free as (
      select leases.run_id, leases.task_index from leases join held using (run_id, task_index, epoch)
      where worker = ${worker} for update of leases skip locked
    ), renewed as (
      update leases set expires_at = now() + ${leaseMs} * interval '1 millisecond' from free
      where leases.run_id = free.run_id and leases.task_index = free.task_index
    )
    select held.run_id as "runId", held.task_index as "taskIndex", held.epoch,
      case when leases.worker = ${worker} then 'held' else 'lost' end as answer
    from held left join leases using (run_id, task_index, epoch)`
}

/** Leases that nobody renewed in time, the oldest first, without those of the given runs. */
export async function expiredLeases(sql: Sql, limit: number, exceptRuns: readonly string[] = []): Promise<Held[]> {
  return sql<Held[]>`
    select run_id as "runId", task_index as "taskIndex", epoch from leases
    where expires_at < now() and run_id <> all(${[...exceptRuns]}::uuid[])
    order by expires_at limit ${limit}`
}
