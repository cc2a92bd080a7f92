import { columns, type TaskRow } from './rows.ts'
import { tasks } from './schema.ts'
import type { Tenant } from './tenant.ts'

/** Work of one class: what waits, what is at work, and who could do it. */
export type QueueFigures = {
  workerClass: string
  /** Ready and not begun. */
  ready: number
  /** Of these, told to workers already. */
  ticketed: number
  atWork: number
  /** Milliseconds that the oldest ready one has waited; null where none waits. */
  oldestMs: number | null
  /** Places of workers that live and take work. */
  slots: number
  workers: number
}

export type OperationFigures = {
  queues: QueueFigures[]
  openRuns: { status: string; count: number }[]
  timers: { count: number; overdue: number; nextMs: number | null }
  leases: { held: number; expired: number }
  reservations: { count: number; micros: number; oldestMs: number | null }
  openApprovals: number
}

/** A worker that said nothing for so long takes no work; a timer that is so late was missed; both in seconds. */
const silent = 10
const late = 10

/** How the work of one organisation stands, counted in one statement. */
export function tenantOperations({ sql, organisationId }: Tenant) {
  const mine = () => sql`organisation_id = ${organisationId}`
  const sinceMs = (moment: ReturnType<typeof sql>) => sql`extract(epoch from now() - ${moment})::float8 * 1000`
  return {
    async figures(): Promise<OperationFigures> {
      const [row] = await sql<[OperationFigures]>`
        with live as (
          select class.key as name, sum(class.value::int)::int as slots, count(*)::int as workers
          from workers cross join lateral jsonb_each_text(classes) as class
          where ${mine()} and not draining and heartbeat_at > now() - ${silent} * interval '1 second' group by 1
        ), ready as (
          select worker_class as name, count(*)::int as ready, (count(*) filter (where not_before > now()))::int as ticketed,
            ${sinceMs(sql`min(ready_at)`)} as oldest
          from tasks where ${mine()} and status = 'READY' and kind = 'work' group by 1
        ), busy as (
          select worker_class as name, count(*)::int as busy from tasks where ${mine()} and status = 'CLAIMED' group by 1
        )
        select
          array(select to_json(queue) from (
            select name as "workerClass", coalesce(ready, 0) as ready, coalesce(ticketed, 0) as ticketed, coalesce(busy, 0) as "atWork",
              oldest as "oldestMs", coalesce(slots, 0) as slots, coalesce(workers, 0) as workers
            from live full join ready using (name) full join busy using (name) order by name) as queue) as queues,
          array(select to_json(run) from (
            select status, count(*)::int as count from runs where ${mine()} and ended_at is null group by 1 order by 1) as run) as "openRuns",
          (select json_build_object('count', count(*), 'overdue', count(*) filter (where due_at < now() - ${late} * interval '1 second'),
            'nextMs', -${sinceMs(sql`min(due_at) filter (where due_at > now())`)}) from timers where ${mine()}) as timers,
          (select json_build_object('held', count(*) filter (where expires_at >= now()), 'expired', count(*) filter (where expires_at < now()))
            from leases where ${mine()}) as leases,
          (select json_build_object('count', count(*), 'micros', coalesce(sum(reserved_micros), 0), 'oldestMs', ${sinceMs(sql`min(reserved_at)`)})
            from ledger_calls where ${mine()} and state = 'open') as reservations,
          (select count(*)::int from approvals where ${mine()} and status = 'OPEN') as "openApprovals"`
      return row
    },

    /** What ended badly, newest first. */
    goneWrong: (size: number): Promise<TaskRow[]> =>
      sql<TaskRow[]>`
        select ${columns(sql, tasks)} from tasks where ${mine()} and status in ('FAILED', 'BLOCKED') and ended_at is not null
        order by ended_at desc limit ${size}`,
  }
}
