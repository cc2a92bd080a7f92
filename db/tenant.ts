import type { Sql } from './connect.ts'

/** Where to read, and for whom. */
export type Tenant = { readonly sql: Sql; readonly organisationId: string }
