import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBlobStore, readBlob, sha256 } from './blobs.ts'
import { connect, isTemporary, type Sql, sqlState } from './connect.ts'
import { migrate } from './migrate.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await testDatabase()
  sql = connect(database.url)
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

it('keeps bytes under their hash, once, in pieces', async () => {
  const blobs = createBlobStore(sql, randomUUID())
  const large = randomBytes(2_500_000)
  const kept = await blobs.put(large)
  expect(kept).toEqual({ hash: sha256(large), size: large.length })
  expect(await blobs.put(large)).toEqual(kept)
  expect(Buffer.from(await blobs.get(kept.hash)).equals(large)).toBe(true)
  expect(await sql`select 1 from blob_chunks where hash = ${kept.hash}`).toHaveLength(3)
  const empty = await blobs.put(new Uint8Array())
  expect((await blobs.get(empty.hash)).length).toBe(0)
})

it('gives two who put the same at once the same, and others of another organisation nothing', async () => {
  const mine = createBlobStore(sql, randomUUID())
  const bytes = randomBytes(1_200_000)
  const kept = await Promise.all([1, 2, 3].map(() => mine.put(bytes)))
  expect(new Set(kept.map(one => one.hash)).size).toBe(1)
  expect(Buffer.from(await mine.get(kept[0]?.hash ?? '')).equals(bytes)).toBe(true)
  await expect(createBlobStore(sql, randomUUID()).get(kept[0]?.hash ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(readBlob(sql, randomUUID(), 'none').next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('migrates a database that is there already, by two at once, without a change', async () => {
  await Promise.all([migrate(database.url), migrate(database.url)])
  expect(await sql`select 1 from runs`).toHaveLength(0)
})

it('tells what may pass from what will not', async () => {
  const missing = await sql`select * from nowhere`.catch((error: unknown) => error)
  expect([sqlState(missing), isTemporary(missing)]).toEqual(['42P01', false])
  const slow = await sql
    .begin(async transaction => {
      await transaction`set local statement_timeout = 20`
      await transaction`select pg_sleep(5)`
    })
    .catch((error: unknown) => new Error('wrapped', { cause: error }))
  expect([sqlState(slow), isTemporary(slow)]).toEqual(['57014', true])
  const nobody = connect('postgres://nobody@127.0.0.1:1/none', { max: 1 })
  const away = await nobody`select 1`.catch((error: unknown) => error)
  expect([sqlState(away), isTemporary(away)]).toEqual([null, true])
  await nobody.end()
  expect(isTemporary('no error at all')).toBe(false)
})
