import { expect, test } from 'vitest'
import { testDatabase } from './testing.ts'

test('two databases know nothing of each other, and a dropped one is gone', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()])
  await one.sql`create table only_here (n int)`
  const tables = await two.sql`select 1 from pg_class where relname = 'only_here'`
  expect(tables).toHaveLength(0)
  await one.drop()
  const left = await two.sql`select 1 from pg_database where datname = ${new URL(one.url).pathname.slice(1)}`
  expect(left).toHaveLength(0)
  await two.drop()
})

test('a clone takes well under a second', async () => {
  const began = performance.now()
  const database = await testDatabase()
  expect(performance.now() - began).toBeLessThan(1_000)
  await database.drop()
})
