import type { Json } from '../domain/json.ts'
import type { TaskStatus } from '../domain/run/state.ts'
import { type OfParent, type Page, type PageRequest, toPages } from './page.ts'
import { columns, type TaskRow } from './rows.ts'
import { tasks } from './schema.ts'
import type { Tenant } from './tenant.ts'

export type TaskKey = { runId: string; index: number }
export type TaskPageRequest = PageRequest<number> & { statuses: readonly TaskStatus[] | null }
/** An event that is about one task, as stored: see `upcast`. */
export type TaskEvent = TaskKey & { type: string; v: number; data: { readonly [key: string]: Json } }

export function tenantTasks({ sql, organisationId }: Tenant) {
  const all = () => columns(sql, tasks)
  const keys = (wanted: readonly TaskKey[]) =>
    sql`unnest(${wanted.map(key => key.runId)}::uuid[], ${wanted.map(key => key.index)}::int[]) as wanted(run_id, index)`
  const matches = ({ statuses }: Pick<TaskPageRequest, 'statuses'>) =>
    statuses === null ? sql`` : sql`and status = any(${[...statuses]})`
  const eventsAt = (wanted: readonly TaskKey[], seq: ReturnType<typeof sql>) =>
    sql<TaskEvent[]>`
      select found.* from ${keys(wanted)} cross join lateral (
        select events.run_id as "runId", task_index as index, type, v, data from tasks join events on events.run_id = tasks.run_id and seq = ${seq}
        where tasks.organisation_id = ${organisationId} and tasks.run_id = wanted.run_id and tasks.index = wanted.index) as found`

  return {
    byKeys: (wanted: readonly TaskKey[]): Promise<TaskRow[]> =>
      sql<TaskRow[]>`
        select found.* from ${keys(wanted)} cross join lateral (
          select ${all()} from tasks where organisation_id = ${organisationId} and run_id = wanted.run_id and index = wanted.index) as found`,

    /** The same page of each run, by index, in the order of the runs. */
    async pagesOfRuns(runIds: readonly string[], request: TaskPageRequest): Promise<Page<TaskRow>[]> {
      const rows = await sql<OfParent<TaskRow>[]>`
        select parent.number::int as parent, found.* from unnest(${[...runIds]}::uuid[]) with ordinality as parent(id, number) cross join lateral (
          select ${all()} from tasks where organisation_id = ${organisationId} and run_id = parent.id ${matches(request)}
            ${request.after === null ? sql`` : sql`and index > ${request.after}`}
            ${request.before === null ? sql`` : sql`and index < ${request.before}`}
          order by index ${request.fromEnd ? sql`desc` : sql`asc`} limit ${request.size + 1}) as found`
      return toPages(rows, runIds.length, request)
    },

    async countsOfRuns(runIds: readonly string[], statuses: readonly TaskStatus[] | null): Promise<number[]> {
      const rows = await sql<{ id: string; count: number }[]>`
        select run_id as id, count(*)::int as count from tasks
        where organisation_id = ${organisationId} and run_id = any(${[...runIds]}::uuid[]) ${matches({ statuses })} group by run_id`
      const counts = new Map(rows.map(row => [row.id, row.count]))
      return runIds.map(id => counts.get(id) ?? 0)
    },

    /** How each task was planned: its first event. */
    planned: (wanted: readonly TaskKey[]): Promise<TaskEvent[]> => eventsAt(wanted, sql`planned_seq`),

    /** How each task ended well, most recently. */
    succeeded: (wanted: readonly TaskKey[]): Promise<TaskEvent[]> => eventsAt(wanted, sql`succeeded_seq`),
  }
}
