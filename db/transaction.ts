/** Several statements as one, on a connection of the pool that is theirs alone. */
import { isBroken, type Sql } from './connect.ts'

/**
 * Commits when `work` is done, and rolls back where it throws. `work` asks the given connection alone.
 *
 * Where that connection breaks, the driver itself fails the transaction; but it also says `rollback` on what is gone, which
 * would end the process. So such an error is kept from it: the promise that it waits for is never settled.
 */
export const transaction = <T>(sql: Sql, work: (connection: Sql) => Promise<T>): Promise<T> =>
  sql.begin(connection =>
    work(connection as unknown as Sql).catch(error => {
      if (!isBroken(error)) throw error
      return new Promise<never>(() => {})
    }),
  ) as Promise<T>
