/** What changed in one file of a change that is too long to be read at once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBlobStore } from '../../db/blobs.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { startOf, workflows } from '../../domain/run/history.ts'
import type { CodePatch, PatchFile } from '../../domain/work.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
})
afterAll(() => on.close())

const get = (path: string, key = on.key) =>
  on.app.fetch(new Request(`http://localhost${path}`, { headers: { authorization: `Bearer ${key}` } }))

const files = 400
const pathOf = (place: number) => `src/größe ${place}.ts`
const linesOf = (place: number, count = 100) =>
  Array.from({ length: count }, (_, line) => `+const value${place}_${line} = 'of a change that is very long'\n`).join(
    '',
  )
const partOf = (place: number, lines?: string) =>
  `diff --git a/${pathOf(place)} b/${pathOf(place)}\nnew file mode 100644\n@@ -0,0 +1,100 @@\n${lines ?? linesOf(place)}`
const diff = `${Array.from({ length: files }, (_, place) => partOf(place)).join('')}${partOf(files, linesOf(files, 50_000))}`

/** The change as an artifact of some run; its global id. */
async function change(kind = 'CodePatch'): Promise<string> {
  const blobs = createBlobStore(on.sql, on.organisationId)
  const { hash, size } = await blobs.put(new TextEncoder().encode(diff))
  const touched = [...Array(files + 1).keys()].map(
    (place): PatchFile => ({ path: pathOf(place), from: null, status: 'added', added: 100, removed: 0 }),
  )
  const patch: CodePatch = {
    ...{ base: 'a'.repeat(40), commit: 'b'.repeat(40), branch: null, published: null },
    ...{ files: touched, added: files * 100, removed: 0, commits: [], simulated: false },
    diff: { hash, bytes: size, text: null },
  }
  const body = await blobs.put(new TextEncoder().encode(JSON.stringify(patch)))
  const [runId, artifactId] = [randomUUID(), randomUUID()]
  const by = { actor: { kind: 'engine', id: 't', name: 't' } as const }
  const artifacts = [{ artifactId, kind, title: 'The change', mediaType: 'application/json', ...body }]
  await on.services.handle.handle(runId, { ...startOf(workflows.single), organisationId: on.organisationId }, by)
  await on.services.handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
  await on.services.handle.handle(runId, { type: 'FinishTask', taskIndex: 0, epoch: 1, output: null, artifacts }, by)
  return toGlobalId('Artifact', artifactId)
}

const at = (id: string, place: number) => `/artifacts/${id}/diff?file=${encodeURIComponent(pathOf(place))}`

test('is had file by file, and as a whole', async () => {
  const id = await change()
  for (const place of [0, 217, files - 1]) expect(await (await get(at(id, place))).text()).toBe(partOf(place))
  const whole = await get(`/artifacts/${id}/diff`)
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': expect.stringContaining('filename="The change.diff"'),
    'x-content-type-options': 'nosniff',
  })
  expect(await whole.text()).toBe(diff)
})

test('is refused where it is too large, and is not there for whom it is not', async () => {
  const id = await change()
  const large = await get(at(id, files))
  expect(large.status).toBe(413)
  expect(await large.json()).toMatchObject({ errors: [{ message: expect.stringContaining('more than 2 MiB') }] })
  const stranger = randomUUID()
  await on.sql`insert into organisations (id, name) values (${stranger}, 'Other')`
  const theirs = await on.keys.create({ organisationId: stranger, name: 'theirs', expiresAt: null })
  expect((await get(at(id, 0), theirs)).status).toBe(404)
  const file = await change('File')
  for (const path of [at(id, files + 1), at(file, 0), `/artifacts/${file}/diff`, `/artifacts/${id}/else`])
    expect((await get(path)).status).toBe(404)
})
