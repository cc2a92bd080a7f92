/** Who may act in an organisation, who lets them in, and what they may not do. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
})
afterAll(() => on.close())

const refusal = '... on UserError { code message hint }'
const createKey = `mutation($input: CreateKeyInput!) { createKey(input: $input) {
  ... on CreateKeyPayload { secret key { id name role publicId isMine revokedAt expiresAt } } ${refusal} } }`
const revokeKey = `mutation($input: RevokeKeyInput!) { revokeKey(input: $input) {
  ... on RevokeKeyPayload { key { id revokedAt } } ${refusal} } }`

type Key = { id: string; name: string; role: string; publicId: string; isMine: boolean; revokedAt: string | null }
type Answer = { code?: string; message?: string; secret: string | null; key: Key }

const create = async (input: object, as?: string) =>
  (await on.send<{ createKey: Answer }>(createKey, { input }, as)).data.createKey
const revoke = async (keyId: string, as?: string) =>
  (await on.send<{ revokeKey: Answer }>(revokeKey, { input: { keyId } }, as)).data.revokeKey
const list = async (as?: string) =>
  (
    await on.send<{ keys: { totalCount: number; nodes: Key[] } }>(
      '{ keys(first: 100) { totalCount nodes { id name role publicId isMine revokedAt } } }',
      {},
      as,
    )
  ).data.keys

test('an owner lets a member in, who acts, and lets nobody in', async () => {
  const { secret, key } = await create({ name: 'Ada' })
  expect(key).toMatchObject({ name: 'Ada', role: 'MEMBER', isMine: false })
  const viewer = await on.send<{ viewer: object }>('{ viewer { name role } }', {}, secret ?? '')
  expect(viewer.data.viewer).toEqual({ name: 'Ada', role: 'MEMBER' })
  expect(await create({ name: 'Eve' }, secret ?? '')).toMatchObject({ code: 'FORBIDDEN' })
  expect(await revoke(key.id, secret ?? '')).toMatchObject({ code: 'FORBIDDEN' })
})

test('the list holds no secret, and knows which key is mine', async () => {
  const { secret } = await create({ name: 'Grace' })
  const keys = await list(secret ?? '')
  expect(keys.nodes.filter(one => one.isMine).map(one => one.name)).toEqual(['Grace'])
  expect(keys.totalCount).toBe(keys.nodes.length)
  expect(JSON.stringify(keys)).not.toContain(secret?.slice(-20))
})

test('under one idempotency key one key is made, and its secret is told once', async () => {
  const input = { name: 'Once', idempotencyKey: 'once' }
  const [first, second] = [await create(input), await create(input)]
  expect(second.key.id).toBe(first.key.id)
  expect([typeof first.secret, second.secret]).toEqual(['string', null])
  expect(await create({ ...input, name: 'Other' })).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
})

test('every fault is named', async () => {
  const answer = await create({ name: ' ', expiresAt: '2001-01-01T00:00:00.000Z' })
  expect(answer).toMatchObject({ code: 'BAD_INPUT' })
  for (const name of ['name', 'expiresAt']) expect(answer.message).toContain(`${name}:`)
})

test('a revoked key opens nothing any more, and revoking it twice is the same', async () => {
  const { secret, key } = await create({ name: 'Short' })
  const first = await revoke(key.id)
  expect(first.key.revokedAt).not.toBeNull()
  expect((await revoke(key.id)).key.revokedAt).toBe(first.key.revokedAt)
  await expect
    .poll(async () => (await on.send('{ viewer { name } }', {}, secret ?? '')).status, { timeout: 20_000 })
    .toBe(401)
})

test('the last key of an owner stays, and one of two that revoke each other', async () => {
  const mine = (await list()).nodes.find(one => one.isMine)
  expect(await revoke(mine?.id ?? '')).toMatchObject({ code: 'CONFLICT' })
  const other = await create({ name: 'Second', role: 'OWNER' })
  const answers = await Promise.all([revoke(other.key.id), revoke(mine?.id ?? '', other.secret ?? '')])
  expect(answers.filter(one => one.code === undefined).length).toBe(1)
})
