import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from './connect.ts'
import { mintKey, publicIdOf } from './key-format.ts'
import { createKeys } from './keys.ts'
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

const pepper = randomBytes(32)

async function grantOf(name: string) {
  const keys = createKeys(sql, pepper)
  const organisationId = await keys.organisation('Home')
  const key = await keys.create({ organisationId, name, expiresAt: null })
  const grant = await keys.verify(key)
  if (grant === null) throw new Error('a new key is not valid')
  return { keys, key, grant, organisationId }
}

test('one organisation is made, however many ask at once', async () => {
  const keys = createKeys(sql, pepper)
  const ids = await Promise.all(Array.from({ length: 8 }, () => keys.organisation('Home')))
  expect(new Set(ids).size).toBe(1)
})

test('a key is verified, and neither its text nor another pepper is of use in the database', async () => {
  const { key, grant, organisationId } = await grantOf('owner')
  expect(grant).toMatchObject({ name: 'owner', organisationId, publicId: publicIdOf(key), expiresAt: null })
  const rows = await sql`select * from api_keys`
  expect(JSON.stringify(rows)).not.toContain(key.slice(-38))
  expect(await createKeys(sql, randomBytes(32)).verify(key)).toBeNull()
})

test.each([
  ['a mistyped letter', (key: string) => key.slice(0, -8) + (key.at(-8) === 'x' ? 'y' : 'x') + key.slice(-7)],
  ['a cut one', (key: string) => key.slice(0, -1)],
  ['another secret under its id', (key: string) => mintKey().text.replace(/^orr_live_\w{12}/, key.slice(0, 21))],
  ['an unknown one', () => mintKey().text],
  ['nothing', () => ''],
])('%s is no key', async (_, change) => {
  const { keys, key } = await grantOf('owner')
  expect(await keys.verify(change(key))).toBeNull()
})

test('an expired and a revoked key are refused, and their sessions with them', async () => {
  const { keys, key, grant, organisationId } = await grantOf('revoked')
  const session = await keys.openSession(grant, 60_000)
  expect(await keys.verifySession(session)).toMatchObject({ keyId: grant.keyId })
  expect(await keys.stillValid([grant.keyId])).toEqual(new Set([grant.keyId]))
  await sql`update api_keys set revoked_at = now() where id = ${grant.keyId}`
  expect(await keys.verify(key)).toBeNull()
  expect(await keys.verifySession(session)).toBeNull()
  expect(await keys.stillValid([grant.keyId])).toEqual(new Set())
  const late = await keys.create({ organisationId, name: 'late', expiresAt: new Date(Date.now() - 1) })
  expect(await keys.verify(late)).toBeNull()
})

test('a link opens one session, once, also when it is followed twice at the same moment', async () => {
  const { keys, grant } = await grantOf('owner')
  const link = await keys.createLink(grant, 60_000)
  const sessions = await Promise.all([keys.redeemLink(link, 60_000), keys.redeemLink(link, 60_000)])
  expect(sessions.filter(one => one !== null)).toHaveLength(1)
  const session = sessions.find(one => one !== null) ?? ''
  expect(await keys.verifySession(session)).toMatchObject({ keyId: grant.keyId })
  expect(await keys.verifySession(link)).toBeNull()
  await keys.endSession(session)
  expect(await keys.verifySession(session)).toBeNull()
})

test('an expired link and an expired session are refused', async () => {
  const { keys, grant } = await grantOf('owner')
  expect(await keys.redeemLink(await keys.createLink(grant, -1), 60_000)).toBeNull()
  expect(await keys.verifySession(await keys.openSession(grant, -1))).toBeNull()
})
