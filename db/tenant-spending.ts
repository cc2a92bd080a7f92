/** What model calls came to in a span of time, and the calls themselves: a sum and its rows are read by the same condition. */
import { type Page, type PageRequest, toPage } from './page.ts'
import { columns, type LedgerCallRow } from './rows.ts'
import { ledgerCalls } from './schema-money.ts'
import type { Tenant } from './tenant.ts'

/** Calls that were settled from `from` on and before `to`; with a project, only those that it pays for. */
export type SpendingSpan = { from: Date; to: Date | null; projectId: string | null }
/** In micro-dollars. */
export type SpendingTotal = { spentMicros: number; calls: number }

export function tenantSpending({ sql, organisationId }: Tenant) {
  const within = ({ from, to, projectId }: SpendingSpan) => sql`
    organisation_id = ${organisationId} and settled_at >= ${from}
    ${to === null ? sql`` : sql`and settled_at < ${to}`}
    ${projectId === null ? sql`` : sql`and scopes @> array[${`project:${projectId}`}]`}`

  return {
    async total(span: SpendingSpan): Promise<SpendingTotal> {
      const [row] = await sql<SpendingTotal[]>`
        select coalesce(sum(charged_micros), 0)::float8 as "spentMicros", count(*)::int as calls
        from ledger_calls where ${within(span)}`
      return row ?? { spentMicros: 0, calls: 0 }
    },

    /** Newest first. Cursors are keys of calls: `key` names one, and its place is looked up. */
    async page(span: SpendingSpan, request: PageRequest<string>): Promise<Page<LedgerCallRow>> {
      const place = (key: string) => sql`(select settled_at, key from ledger_calls where key = ${key})`
      const rows = await sql<LedgerCallRow[]>`
        select ${columns(sql, ledgerCalls)} from ledger_calls where ${within(span)}
          ${request.after === null ? sql`` : sql`and (settled_at, key) < ${place(request.after)}`}
          ${request.before === null ? sql`` : sql`and (settled_at, key) > ${place(request.before)}`}
        order by settled_at ${request.fromEnd ? sql`asc` : sql`desc`}, key ${request.fromEnd ? sql`asc` : sql`desc`}
        limit ${request.size + 1}`
      return toPage(rows, request)
    },
  }
}
