import type { ApprovalKind } from '../domain/approval.ts'
import type { Approval } from '../domain/run/approvals.ts'
import { type Page, type PageRequest, toPage } from './page.ts'
import { type ApprovalRow, columns } from './rows.ts'
import { approvals } from './schema-approvals.ts'
import type { Tenant } from './tenant.ts'

export type ApprovalFilter = {
  projectId?: string | null | undefined
  runId?: string | null | undefined
  statuses?: readonly Approval['status'][] | null | undefined
  kinds?: readonly ApprovalKind[] | null | undefined
}

export function tenantApprovals({ sql, organisationId }: Tenant) {
  const all = () => columns(sql, approvals)
  const matches = ({ projectId, runId, statuses, kinds }: ApprovalFilter) => sql`
    organisation_id = ${organisationId}
    ${projectId ? sql`and project_id = ${projectId}` : sql``}
    ${runId ? sql`and run_id = ${runId}` : sql``}
    ${statuses ? sql`and status = any(${[...statuses]})` : sql``}
    ${kinds ? sql`and kind = any(${[...kinds]})` : sql``}`
  /** Where a cursor stands in the order of the list; ids of other organisations stand nowhere. */
  const place = (id: string) =>
    sql`(select requested_at, id from approvals where organisation_id = ${organisationId} and id = ${id})`

  return {
    byIds: (ids: readonly string[]): Promise<ApprovalRow[]> =>
      sql<ApprovalRow[]>`
        select ${all()} from approvals where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    /** Newest first. */
    async page(request: PageRequest<string> & ApprovalFilter): Promise<Page<ApprovalRow>> {
      const direction = request.fromEnd ? sql`asc` : sql`desc`
      const rows = await sql<ApprovalRow[]>`
        select ${all()} from approvals where ${matches(request)}
          ${request.after === null ? sql`` : sql`and (requested_at, id) < ${place(request.after)}`}
          ${request.before === null ? sql`` : sql`and (requested_at, id) > ${place(request.before)}`}
        order by requested_at ${direction}, id ${direction} limit ${request.size + 1}`
      return toPage(rows, request)
    },

    async count(filter: ApprovalFilter): Promise<number> {
      const [row] = await sql<
        { count: number }[]
      >`select count(*)::int as count from approvals where ${matches(filter)}`
      return row?.count ?? 0
    },

    /** Those of the given runs that are open, or were closed within the last minute: what may have changed just now. */
    recentOf: (runIds: readonly string[]): Promise<ApprovalRow[]> =>
      sql<ApprovalRow[]>`
        select ${all()} from approvals
        where organisation_id = ${organisationId} and run_id = any(${[...runIds]}::uuid[])
          and (status = 'OPEN' or closed_at > now() - interval '1 minute')
        order by requested_at`,
  }
}
