/** Answers that follow a statement which broke off after some of its rows. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Sql } from './connect.ts'
import { type TestDatabase, testDatabase } from './testing.ts'
import { transaction } from './transaction.ts'

let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await testDatabase()
  sql = connect(database.url, { max: 1 })
})
afterAll(async () => {
  await sql.end({ timeout: 1 })
  await database.drop()
})

/** Fails at the third of five rows; Postgres has sent two by then. */
const breakOff = (on: Sql) =>
  on`select 1 / (3 - i) as row, repeat('x', 10000) as filler from generate_series(1, 5) as i`
const failed = { code: '22012' }

test('the next answer is whole, and so is the one after it', async () => {
  await expect(breakOff(sql)).rejects.toMatchObject(failed)
  const rows = await sql`select i from generate_series(1, 3) as i`
  expect(Object.keys(rows)).toEqual(['0', '1', '2'])
  expect(rows).toMatchObject({ count: 3, command: 'SELECT' })
  expect([...(await sql`select 4 as i`)]).toEqual([{ i: 4 }])
})

test('so is an answer that was on its way behind it, one that is written out, and one of a transaction', async () => {
  const [broken, next] = await Promise.allSettled([breakOff(sql), sql`select 5 as i`])
  expect(broken).toMatchObject({ status: 'rejected', reason: failed })
  expect(next).toMatchObject({ value: [{ i: 5 }] })
  await expect(breakOff(sql)).rejects.toMatchObject(failed)
  expect([...(await sql.unsafe('select 6 as i'))]).toEqual([{ i: 6 }])
  await expect(transaction(sql, on => breakOff(on))).rejects.toMatchObject(failed)
  expect([...(await transaction(sql, on => on`select 7 as i`))]).toEqual([{ i: 7 }])
})

test('so is the first answer of a connection after one that was ended in the middle of an answer', async () => {
  const rows = sql`select pg_backend_pid() as pid, repeat('x', 20000) as filler, pg_sleep(i - 1) from generate_series(1, 3) as i`
  const gone = rows.catch(error => error)
  await new Promise(resolve => setTimeout(resolve, 300))
  await database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'select pg_backend_pid() as pid%'`
  expect(await gone).toBeInstanceOf(Error)
  let answer: unknown
  for (let tries = 0; answer === undefined && tries < 5; tries++)
    answer = await sql`select 8 as i`.then(
      found => Object.entries(found),
      () => undefined,
    )
  expect(answer).toEqual([['0', { i: 8 }]])
})
