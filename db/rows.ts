/** Rows as the reading side sees them: the tables' own types, and their columns spelled for postgres.js. */
import { getTableColumns, type Table } from 'drizzle-orm'
import type { Sql } from './connect.ts'
import type { apiKeys, artifacts, organisations, projects, runs, tasks, workers } from './schema.ts'
import type { approvals } from './schema-approvals.ts'
import type { conversations, messages, proposals } from './schema-conversations.ts'
import type { ledgerCalls } from './schema-money.ts'

export type OrganisationRow = typeof organisations.$inferSelect
export type ProjectRow = typeof projects.$inferSelect
export type RunRow = typeof runs.$inferSelect
export type TaskRow = typeof tasks.$inferSelect
export type ArtifactRow = typeof artifacts.$inferSelect
export type ApprovalRow = typeof approvals.$inferSelect
export type ProposalRow = typeof proposals.$inferSelect
export type ConversationRow = typeof conversations.$inferSelect
export type MessageRow = typeof messages.$inferSelect
/** Without what the key is verified by. */
export type KeyRow = Omit<typeof apiKeys.$inferSelect, 'hash'>
export type LedgerCallRow = typeof ledgerCalls.$inferSelect
export type WorkerRow = typeof workers.$inferSelect

/**
 * All columns of a table under their names in code, as a fragment for `select`. 64-bit numbers come as JavaScript
 * numbers: what is counted here stays below 2⁵³.
 */
export function columns(sql: Sql, table: Table) {
  const list = Object.entries(getTableColumns(table)).map(([name, column]) => {
    const value = column.getSQLType() === 'bigint' ? `"${column.name}"::float8` : `"${column.name}"`
    return `${value} as "${name}"`
  })
  return sql.unsafe(list.join(', '))
}
