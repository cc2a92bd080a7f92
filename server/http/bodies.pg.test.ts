/** What is kept beside events, and for whom. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBlobStore } from '../../db/blobs.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { startOf, workflows } from '../../domain/run/history.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
const id = randomUUID()
const runId = toGlobalId('Run', id)
const text = `\x1b[31m<script>alert(1)</script>\x1b[0m\n${'a long line '.repeat(200_000)}`
const hashes = { text: '', reply: '', uncited: '' }
let seq = 0

beforeAll(async () => {
  on = await testApp()
  const blobs = createBlobStore(on.sql, on.organisationId)
  const put = async (body: string) => (await blobs.put(new TextEncoder().encode(body))).hash
  hashes.text = await put(text)
  hashes.reply = await put(JSON.stringify([{ type: 'text', text: 'I have read it.' }]))
  hashes.uncited = await put('nobody cites this')
  const { handle } = on.services.handle
  const by = { actor: { kind: 'agent', id: 'w', name: 'w' } as const }
  await handle(id, { ...startOf(workflows.single), organisationId: on.organisationId }, by)
  await handle(id, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
  const call = { taskIndex: 0, epoch: 1, call: 0, tool: 'shell' }
  await handle(id, { type: 'StartToolCall', ...call, summary: 'make' }, by)
  const kept = { output: { $blob: hashes.reply }, exitCode: 0, durationMs: 1, outputHash: hashes.text, treeHash: null }
  seq = (await handle(id, { type: 'FinishToolCall', ...call, ...kept }, by)).run.head
})
afterAll(() => on.close())

const get = (path: string, { method = 'GET', key = on.key } = {}) =>
  on.app.fetch(new Request(`http://localhost${path}`, { method, headers: { authorization: `Bearer ${key}` } }))
const address = (hash: string, of = seq) => `/bodies/${runId}/${of}/${hash}`

test('come whole, as a download that no browser runs', async () => {
  const response = await get(address(hashes.text))
  expect(await response.text()).toBe(text)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(text.length),
    'content-disposition': expect.stringMatching(`^attachment; filename="event-${seq}-outputHash.txt"`),
    'content-security-policy': expect.stringContaining('sandbox'),
    'x-content-type-options': 'nosniff',
  })
  expect(await (await get(address(hashes.reply))).json()).toEqual([{ type: 'text', text: 'I have read it.' }])
})

test('tell how large they are before anybody reads them', async () => {
  const response = await get(address(hashes.text), { method: 'HEAD' })
  expect([response.status, response.headers.get('content-length')]).toEqual([200, String(text.length)])
  expect(await response.text()).toBe('')
})

test('are there only by the event that cites them', async () => {
  const wrong = [
    address(hashes.uncited),
    address(hashes.text, seq - 1),
    address(hashes.text, seq + 1),
    address(hashes.text, 0),
    address(''),
    `/bodies/${runId}/x/${hashes.text}`,
    `/bodies/${toGlobalId('Run', randomUUID())}/${seq}/${hashes.text}`,
    `/bodies/${id}/${seq}/${hashes.text}`,
    '/bodies/',
  ]
  for (const path of wrong) expect([path, (await get(path)).status]).toEqual([path, 404])
})

test('are there for nobody else', async () => {
  const stranger = randomUUID()
  await on.sql`insert into organisations (id, name) values (${stranger}, 'Other')`
  const theirs = await on.keys.create({ organisationId: stranger, name: 'theirs', expiresAt: null })
  expect((await get(address(hashes.text), { key: theirs })).status).toBe(404)
  expect((await on.app.fetch(new Request(`http://localhost${address(hashes.text)}`))).status).toBe(401)
})
