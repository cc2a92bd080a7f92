/**
 * A connection of the pool for one piece of work alone. The driver's own transactions say `rollback` also on a connection
 * that is gone, which ends the process, and one that is given back after it broke is handed to whoever comes next.
 */
import type { ReservedSql } from 'postgres'
import { isBroken, type Sql } from './connect.ts'

/** Where `work` throws, what it began is rolled back. */
export async function withConnection<T>(sql: Sql, work: (connection: ReservedSql) => Promise<T>): Promise<T> {
  const connection = await sql.reserve()
  let whole = true
  try {
    return await work(connection)
  } catch (error) {
    const rolledBack = () =>
      connection.unsafe('rollback').then(
        () => true,
        () => false,
      )
    whole = !isBroken(error) && (await rolledBack())
    throw error
  } finally {
    if (whole) connection.release()
  }
}

/** Commits when `work` is done. */
export const transaction = <T>(sql: Sql, work: (connection: Sql) => Promise<T>): Promise<T> =>
  withConnection(sql, async connection => {
    await connection.unsafe('begin')
    const result = await work(connection)
    await connection.unsafe('commit')
    return result
  })
