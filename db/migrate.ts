import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { connect } from './connect.ts'

/** Any number, the same in every process: two that start together migrate one after the other. */
const migrationLock = 7_046_029

/**
 * Brings the database to today's schema, under the rights of the URL's own user, which must own the database and may
 * create roles. Does nothing where it is there already. Throws what Postgres says.
 */
export async function migrate(url: string): Promise<void> {
  const sql = connect(url, { role: null, max: 1, applicationName: 'orrery migrate' })
  try {
    await sql`select set_config('statement_timeout', '0', false)`
    await sql`select pg_advisory_lock(${migrationLock})`
    await applyMigrations(drizzle(sql), { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) })
  } finally {
    await sql.end()
  }
}
