import { getTableColumns } from 'drizzle-orm'
import { type Page, type PageRequest, toPage } from './page.ts'
import type { KeyRow } from './rows.ts'
import { apiKeys } from './schema.ts'
import type { Tenant } from './tenant.ts'

/** Keys as they may be shown: what they are verified by stays where it is. */
export function tenantKeys({ sql, organisationId }: Tenant) {
  const { hash: _, ...shown } = getTableColumns(apiKeys)
  const all = () =>
    sql.unsafe(
      Object.entries(shown)
        .map(([name, column]) => `"${column.name}" as "${name}"`)
        .join(', '),
    )
  return {
    byIds: (ids: readonly string[]): Promise<KeyRow[]> =>
      sql<
        KeyRow[]
      >`select ${all()} from api_keys where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    /** Those that are revoked or have expired included. Ordered by id, the newest last where ids are of our time. */
    async page(request: PageRequest<string>): Promise<Page<KeyRow>> {
      const rows = await sql<KeyRow[]>`
        select ${all()} from api_keys where organisation_id = ${organisationId}
          ${request.after === null ? sql`` : sql`and id < ${request.after}`}
          ${request.before === null ? sql`` : sql`and id > ${request.before}`}
        order by id ${request.fromEnd ? sql`asc` : sql`desc`} limit ${request.size + 1}`
      return toPage(rows, request)
    },

    async count(): Promise<number> {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from api_keys where organisation_id = ${organisationId}`
      return row?.count ?? 0
    },
  }
}
