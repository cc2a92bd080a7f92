/** All artifacts of a run as one archive. */
import { randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBlobStore } from '../../db/blobs.ts'
import { forTenant, type TenantReads } from '../../db/tenancy.ts'
import { toGlobalId } from '../../domain/ids.ts'
import type { StoredArtifact } from '../../domain/run/commands.ts'
import { startOf, workflows } from '../../domain/run/history.ts'
import { type TestApp, testApp } from '../testing.ts'
import { archiveAnswer } from './artifact-archive.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
})
afterAll(() => on.close())

const get = (path: string, key = on.key) =>
  on.app.fetch(new Request(`http://localhost${path}`, { headers: { authorization: `Bearer ${key}` } }))

type Body = { title: string; bytes: Uint8Array; kind?: string; mediaType?: string }

/** A run whose only task has made those; its global id. */
async function runWith(bodies: readonly Body[]): Promise<string> {
  const blobs = createBlobStore(on.sql, on.organisationId)
  const artifacts: StoredArtifact[] = []
  for (const { title, bytes, kind = 'File', mediaType = 'text/plain' } of bodies)
    artifacts.push({ artifactId: randomUUID(), kind, title, mediaType, ...(await blobs.put(bytes)) })
  const runId = randomUUID()
  const by = { actor: { kind: 'engine', id: 't', name: 't' } as const }
  await on.services.handle.handle(runId, { ...startOf(workflows.single), organisationId: on.organisationId }, by)
  await on.services.handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
  await on.services.handle.handle(runId, { type: 'FinishTask', taskIndex: 0, epoch: 1, output: null, artifacts }, by)
  return toGlobalId('Run', runId)
}

const text = (value: string) => new TextEncoder().encode(value)

/** What the directory at the end of a zip lists, in its order. Throws Error where a sum is wrong. */
function unzip(zip: Buffer): { name: string; bytes: Buffer }[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const found: { name: string; bytes: Buffer }[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [sum, size, nameLength] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28)]
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(from, from + size)
    if (crc32(bytes) !== sum) throw new Error('a file of the archive is damaged')
    found.push({ name: zip.subarray(at + 46, at + 46 + nameLength).toString(), bytes })
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return found
}

const filesAt = async (path: string) => unzip(Buffer.from(await (await get(path)).arrayBuffer()))

describe('the archive of a run', () => {
  test('holds what it has made, and an index that says which artifact each file is', async () => {
    const large = Uint8Array.from({ length: 2_500_000 }, (_, index) => index % 251)
    const runId = await runWith([
      { title: 'Report', bytes: text('# Tïtle'), kind: 'Markdown', mediaType: 'text/markdown; charset=utf-8' },
      { title: 'Report', bytes: text('{}'), mediaType: 'application/json' },
      { title: 'Tree', bytes: large, mediaType: 'application/x-tar' },
      { title: 'Nothing', bytes: new Uint8Array() },
    ])
    const response = await get(`/artifacts/${runId}`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; filename="[\w .-]+\.zip"/),
    })
    const [index, ...files] = unzip(Buffer.from(await response.arrayBuffer()))
    const lines = String(index?.bytes)
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(index?.name).toBe('index.jsonl')
    expect(lines.map(({ file }) => file)).toEqual(files.map(({ name }) => name))
    expect(lines.map(({ size }) => size)).toEqual(files.map(({ bytes }) => bytes.length))
    expect(files.map(({ name }) => name.replace(/\d+ /g, ''))).toEqual(
      ['Report.md', 'Report.json', 'Tree.tar', 'Nothing.txt'].map(name => `${folderOf(files)}/${name}`),
    )
    expect(files[2]?.bytes.equals(Buffer.from(large))).toBe(true)
    expect((await get(`/artifacts/${lines[0].id}`)).status).toBe(200)
  })

  test('gives no name that leads out of it, and no name twice', async () => {
    const titles = [
      '../../../etc/passwd',
      '/etc/passwd',
      'C:\\evil',
      '..',
      '.',
      'a/../../b',
      'x',
      'x',
      'X',
      'nul\0\r\n',
    ]
    const files = await filesAt(`/artifacts/${await runWith(titles.map(title => ({ title, bytes: text(title) })))}`)
    expect(files).toHaveLength(titles.length + 1)
    for (const { name } of files) expect(name).toMatch(/^(index\.jsonl|\d+ [\p{L}\p{N} ._-]+\/\d+ [\p{L}\p{N} ._-]+)$/u)
    for (const { name } of files) expect(name.split('/')).not.toContain('..')
    expect(new Set(files.map(({ name }) => name.toLowerCase())).size).toBe(files.length)
  })

  test('of more than a page of them has each once; kinds and a moment narrow it', async () => {
    const bodies = Array.from({ length: 230 }, (_, place) => ({
      title: `note ${place}`,
      bytes: text(`note ${place % 7}`),
      kind: place % 10 === 0 ? 'Markdown' : 'File',
    }))
    const runId = await runWith(bodies)
    const all = await filesAt(`/artifacts/${runId}`)
    expect(all.slice(1).map(({ bytes }) => String(bytes))).toEqual(
      bodies.map(({ bytes }) => String(Buffer.from(bytes))),
    )
    expect(await filesAt(`/artifacts/${runId}?kind=Markdown`)).toHaveLength(23 + 1)
    const seq = Number(/\/(\d+) /.exec(all[100]?.name ?? '')?.[1])
    expect(await filesAt(`/artifacts/${runId}?through=${seq}`)).toHaveLength(100 + 1)
    expect(await filesAt(`/artifacts/${runId}?kind=Nothing`)).toHaveLength(1)
    expect((await get(`/artifacts/${runId}?through=soon`)).status).toBe(400)
  })

  test('that is not there, or of another organisation, is 404', async () => {
    const runId = await runWith([{ title: 'Secret', bytes: text('secret') }])
    const stranger = randomUUID()
    await on.sql`insert into organisations (id, name) values (${stranger}, 'Other')`
    const theirs = await on.keys.create({ organisationId: stranger, name: 'theirs', expiresAt: null })
    expect((await get(`/artifacts/${runId}`, theirs)).status).toBe(404)
    for (const wrong of [toGlobalId('Run', randomUUID()), 'run_', 'run_..%2F..%2Fetc'])
      expect((await get(`/artifacts/${wrong}`)).status).toBe(404)
  })

  test('is read from the database no faster than it is taken', async () => {
    const runId = await runWith(
      Array.from({ length: 120 }, (_, place) => ({ title: `${place}`, bytes: new Uint8Array(100_000).fill(place) })),
    )
    const reads = forTenant(on.sql, on.organisationId)
    let begun = 0
    const counting: TenantReads = {
      ...reads,
      artifacts: {
        ...reads.artifacts,
        body(hash) {
          begun += 1
          return reads.artifacts.body(hash)
        },
      },
    }
    const answer = await archiveAnswer(counting, runId, new URLSearchParams())
    const reader = answer.body?.getReader()
    for (let taken = 0; taken < 1_000_000; ) taken += (await reader?.read())?.value?.length ?? 0
    expect(begun).toBeGreaterThan(8)
    expect(begun).toBeLessThan(20)
    await reader?.cancel()
  })
})

/** The one folder, without its number. */
const folderOf = ([first]: readonly { name: string }[]): string =>
  (first?.name.split('/')[0] ?? '').replace(/^\d+ /, '')
