/** What is served besides the API: bytes of artifacts, and the built client. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBlobStore } from '../../db/blobs.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { startOf, workflows } from '../../domain/run/history.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
const built = mkdtempSync(join(tmpdir(), 'orrery-client-'))
beforeAll(async () => {
  mkdirSync(join(built, 'assets'))
  writeFileSync(join(built, 'index.html'), `<!doctype html><title>Page</title>${' '.repeat(2_000)}`)
  writeFileSync(join(built, 'assets', 'app-abc123.js'), 'export const answer = 42\n'.repeat(100))
  writeFileSync(join(built, 'icon.svg'), '<svg/>')
  on = await testApp({ clientDirectory: built })
})
afterAll(async () => {
  await on.close()
  rmSync(built, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  on.app.fetch(
    new Request(`http://localhost${path}`, { method, headers: { authorization: `Bearer ${on.key}`, ...headers } }),
  )

/** An artifact of those bytes; its global id. */
async function artifact(bytes: Uint8Array, mediaType: string, title = 'Report'): Promise<string> {
  const { hash, size } = await createBlobStore(on.sql, on.organisationId).put(bytes)
  const [runId, artifactId] = [randomUUID(), randomUUID()]
  const by = { actor: { kind: 'engine', id: 't', name: 't' } as const }
  await on.services.handle.handle(runId, { ...startOf(workflows.single), organisationId: on.organisationId }, by)
  await on.services.handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
  const artifacts = [{ artifactId, kind: 'File', title, mediaType, size, hash }]
  await on.services.handle.handle(runId, { type: 'FinishTask', taskIndex: 0, epoch: 1, output: null, artifacts }, by)
  return toGlobalId('Artifact', artifactId)
}

const text = (value: string) => new TextEncoder().encode(value)

describe('an artifact', () => {
  test('is a download that no browser runs, whatever it claims to be', async () => {
    const id = await artifact(text('<script>alert(1)</script>'), 'text/html', '../../evil"\r\nx: y.html')
    const response = await get(`/artifacts/${id}`)
    expect(await response.text()).toBe('<script>alert(1)</script>')
    const headers = Object.fromEntries(response.headers)
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-length': '25',
    })
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+/)
    expect(headers['content-disposition']).not.toMatch(/[\r\n]|\.\.\//)
    expect(headers['content-security-policy']).toContain('sandbox')
  })

  test('of several pieces comes whole, and an empty one too', async () => {
    const bytes = Uint8Array.from({ length: 2_500_000 }, (_, index) => index % 251)
    const response = await get(`/artifacts/${await artifact(bytes, 'application/x-tar', 'Tree')}`)
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    expect(response.headers.get('content-disposition')).toContain('filename="Tree.tar"')
    const empty = await get(`/artifacts/${await artifact(new Uint8Array(), 'text/plain', 'Nothing')}`)
    expect(await empty.text()).toBe('')
  })

  test('can be read through the API where it is text', async () => {
    const ids = await Promise.all([
      artifact(text('{"a":[1]}'), 'application/json'),
      artifact(text('# Tïtle'), 'text/markdown'),
      artifact(Uint8Array.of(0xff, 0xfe), 'text/plain'),
      artifact(text('{broken'), 'application/json'),
      artifact(new Uint8Array(1_100_000), 'text/plain'),
      artifact(new Uint8Array(), 'text/plain'),
    ])
    const { data } = await on.send<{ nodes: object[] }>(
      'query($ids: [ID!]!) { nodes(ids: $ids) { ... on Artifact { text json size } } }',
      { ids },
    )
    expect(data.nodes).toEqual([
      { text: '{"a":[1]}', json: { a: [1] }, size: 9 },
      { text: '# Tïtle', json: null, size: 8 },
      { text: null, json: null, size: 2 },
      { text: '{broken', json: null, size: 7 },
      { text: null, json: null, size: 1_100_000 },
      { text: '', json: null, size: 0 },
    ])
  })

  test('that is not there, or of another organisation, is 404', async () => {
    const id = await artifact(text('secret'), 'text/plain')
    const stranger = randomUUID()
    await on.sql`insert into organisations (id, name) values (${stranger}, 'Other')`
    const theirs = await on.keys.create({ organisationId: stranger, name: 'theirs', expiresAt: null })
    expect((await get(`/artifacts/${id}`, { authorization: `Bearer ${theirs}` })).status).toBe(404)
    for (const wrong of [toGlobalId('Artifact', randomUUID()), 'x', '..%2F..%2Fetc%2Fpasswd', ''])
      expect((await get(`/artifacts/${wrong}`)).status).toBe(404)
  })
})

describe('the client', () => {
  test('is served with a policy of its own; names with a hash for ever, the page never from a cache', async () => {
    const page = await get('/', { accept: 'text/html' })
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(page.headers.get('cache-control')).toBe('private, no-cache')
    const script = await get('/assets/app-abc123.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('cache-control')).toContain('immutable')
    expect((await get('/icon.svg')).headers.get('content-type')).toBe('image/svg+xml')
  })

  test('is compressed for those who can read that, and not sent again to those who have it', async () => {
    const zipped = await get('/assets/app-abc123.js', { 'accept-encoding': 'br, gzip' })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()).toContain('answer = 42')
    expect((await get('/assets/app-abc123.js', { 'if-none-match': zipped.headers.get('etag') ?? '' })).status).toBe(304)
  })

  test('answers every address that a browser opens with its page, and nothing else', async () => {
    expect(await (await get('/runs/run_1?x=1', { accept: 'text/html' })).text()).toContain('Page')
    for (const path of ['/assets/missing.js', '/../package.json', '/%2e%2e/package.json', '/assets/', '/.env']) {
      expect((await get(path)).status).toBe(404)
    }
  })

  test('that was not built yet says so', async () => {
    const bare = await testApp()
    const response = await bare.app.fetch(
      new Request('http://localhost/', { headers: { authorization: `Bearer ${bare.key}`, accept: 'text/html' } }),
    )
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('npm start')
    await bare.close()
  })
})
