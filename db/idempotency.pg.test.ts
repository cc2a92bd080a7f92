import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from './connect.ts'
import { canonicalJson, createIdempotency, uuidFor } from './idempotency.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let sql: ReturnType<typeof connect>
beforeAll(async () => {
  database = await testDatabase()
  sql = connect(database.url)
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const organisationId = randomUUID()
const request = (change: object = {}) => ({
  organisationId,
  operation: 'startRun',
  key: 'k',
  input: { a: 1, b: [2] },
  newId: randomUUID(),
  ...change,
})

test('the same key at the same moment stands for one id', async () => {
  const idempotency = createIdempotency(sql)
  const ids = await Promise.all(Array.from({ length: 10 }, () => idempotency.claim(request({ key: 'at once' }))))
  expect(new Set(ids).size).toBe(1)
})

test('other input under the same key is refused; the same in another order is the same', async () => {
  const idempotency = createIdempotency(sql)
  const id = await idempotency.claim(request())
  expect(await idempotency.claim(request({ input: { b: [2], a: 1 } }))).toBe(id)
  await expect(idempotency.claim(request({ input: { a: 1, b: [3] } }))).rejects.toMatchObject({
    code: 'IDEMPOTENCY_MISMATCH',
  })
})

test('keys of other operations and organisations are other keys', async () => {
  const idempotency = createIdempotency(sql)
  const ids = await Promise.all([
    idempotency.claim(request({ key: 'x' })),
    idempotency.claim(request({ key: 'x', operation: 'createProject' })),
    idempotency.claim(request({ key: 'x', organisationId: randomUUID() })),
  ])
  expect(new Set(ids).size).toBe(3)
})

test('canonical JSON does not depend on the order of fields', () => {
  expect(canonicalJson({ b: { d: null, c: [1, 'x'] }, a: true })).toBe('{"a":true,"b":{"c":[1,"x"],"d":null}}')
})

test('uuidFor is a UUID, the same for the same words and no others', () => {
  expect(uuidFor('a', 'b')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(uuidFor('a', 'b')).toBe(uuidFor('a', 'b'))
  expect(uuidFor('a', 'b')).not.toBe(uuidFor('ab', ''))
})
