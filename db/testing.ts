/**
 * A database per test file, cloned from a migrated template in 20 to 60 ms. The server is started once for a whole test
 * run by `test/global-setup.ts`.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { url: string; template: string }
  }
}

export type TestDatabase = {
  /** Of a database of its own, with the rights of the owner of the cluster. */
  readonly url: string
  /** A small pool on it, which `drop` closes. */
  readonly sql: postgres.Sql
  /** Ends every session on it and removes it; what a killed test leaves is removed by a later run. */
  drop(): Promise<void>
}

/** @returns a fresh, migrated, empty database. */
export async function testDatabase(): Promise<TestDatabase> {
  const { url: server, template } = inject('postgres')
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  await asOwner(server, sql => sql.unsafe(`create database ${name} template ${template}`))
  const url = databaseUrl(server, name)
  const sql = postgres(url, { max: 4, onnotice: () => {} })
  return {
    url,
    sql,
    drop: async () => {
      await sql.end({ timeout: 1 })
      await asOwner(server, owner => owner.unsafe(`drop database if exists ${name} with (force)`))
    },
  }
}

/**
 * Migrates a template once per version of the files in `db`, for all test runs on this server.
 * @returns its name.
 */
export async function prepareTemplate(server: string, options: { alone: boolean }): Promise<string> {
  const template = `template_${versionOfMigrations()}`
  await asOwner(server, async sql => {
    await sql`select pg_advisory_lock(7241)`
    if (options.alone) await dropLeftovers(sql, template)
    const [found] = await sql`select 1 from pg_database where datname = ${template}`
    if (found) return
    const draft = `${template}_draft`
    await sql.unsafe(`drop database if exists ${draft} with (force)`)
    await sql.unsafe(`create database ${draft}`)
    // Imported here, because only the start of a run needs it: every test file loads this one.
    const { migrate } = await import('./migrate.ts')
    await migrate(databaseUrl(server, draft))
    await sql.unsafe(`alter database ${draft} rename to ${template}`)
  })
  return template
}

/** What killed runs and older versions left; only safe while no other run uses the server. */
async function dropLeftovers(sql: postgres.Sql, template: string): Promise<void> {
  const rows = await sql<{ datname: string }[]>`
    select datname from pg_database where datname ~ '^(test|template)_' and datname <> ${template}`
  for (const { datname } of rows) await sql.unsafe(`drop database if exists ${datname} with (force)`)
}

const here = dirname(fileURLToPath(import.meta.url))

function versionOfMigrations(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(here, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(ts|sql|json)$/.test(name) && !name.includes('.test.'))
      hash.update(`${name}\0`).update(readFileSync(join(here, name)))
  }
  return hash.digest('hex').slice(0, 16)
}

async function asOwner<T>(server: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(server, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
