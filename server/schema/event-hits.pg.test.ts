/** Full text in the events of a run: what is found, how far one search looks, and who may look. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresStore } from '../../db/events.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { holderOf, searchedText } from '../../domain/run/event-search.ts'
import { startOf, workflows } from '../../domain/run/history.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
const id = randomUUID()
const runId = toGlobalId('Run', id)
const by = { actor: { kind: 'person', id: 'p', name: 'Ada O’Lovelace' } as const }
const said = [
  'a needle in "quotes"',
  'C:\\temp\\needle',
  'שלום עולם',
  '100%_sure (x|y) [z]',
  'line one\nline two',
  'une École',
]

beforeAll(async () => {
  on = await testApp()
  const { handle } = on.services.handle
  await handle(id, { ...startOf(workflows.single), organisationId: on.organisationId }, by)
  await handle(id, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
  for (const [call, summary] of said.entries())
    await handle(id, { type: 'StartToolCall', taskIndex: 0, epoch: 1, call, tool: 'look', summary }, by)
})
afterAll(() => on.close())

type Page = {
  nodes: { seq: number }[]
  totalCount: number | null
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; searchedTo: number | null }
}
type Answer = { run: { events: Page; eventHits: { seqs: number[]; from: number; to: number } } | null }

const hitsQuery = `query($id: ID!, $search: String!, $before: Int) {
  run(id: $id) { eventHits(search: $search, before: $before) { seqs from to } } }`
const pageQuery = `query($id: ID!, $search: String, $first: Int, $last: Int, $after: Int, $before: Int, $types: [String!]) {
  run(id: $id) { events(search: $search, first: $first, last: $last, after: $after, before: $before, types: $types) {
    totalCount nodes { seq } pageInfo { hasNextPage hasPreviousPage searchedTo } } } }`

const ask = (query: string, variables: object, key?: string) => on.send<Answer>(query, { id: runId, ...variables }, key)
const hits = async (search: string, more: object = {}) =>
  (await ask(hitsQuery, { search, ...more })).data.run?.eventHits
const page = async (more: object) => (await ask(pageQuery, more)).data.run?.events

test.each([
  ...['needle', 'NEEDLE', 'in "quotes"', '\\temp\\', 'שלום', 'école', '100%_sure', '(x|y) [z]', '%', '_', '.*', '\\'],
  ...['one\nline', 'lovelace', 'toolcallstarted', 'summary', 'ToolCallStarted Ada', ' needle ', '\u202eneedle', 'a\0b'],
])('%j is found where the page finds it too', async text => {
  const events = await createPostgresStore(on.sql).read(id, 0, 100)
  const holds = holderOf(searchedText(text))
  const expected = events.filter(holds).map(event => event.seq)
  expect(await hits(text)).toEqual({ seqs: expected, from: 1, to: events.length })
  expect((await page({ search: text, first: 100 }))?.nodes.map(node => node.seq)).toEqual(expected)
})

test('a text of nothing, or of too much, is refused', async () => {
  for (const search of ['', '  ', '\u0007', 'x'.repeat(201), 'x'.repeat(10_000)]) {
    expect((await ask(hitsQuery, { search })).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    expect((await ask(pageQuery, { search, first: 5 })).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
  }
  expect((await ask(hitsQuery, { search: 'x', before: -1 })).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
})

test('with other filters, and from either end, a page at a time', async () => {
  const { seqs } = (await hits('look')) ?? { seqs: [] }
  expect(seqs.length).toBe(said.length)
  const [newest] = seqs.slice(-1)
  expect(await page({ search: 'look', last: 1 })).toEqual({
    totalCount: null,
    nodes: [{ seq: newest }],
    pageInfo: { hasNextPage: false, hasPreviousPage: true, searchedTo: newest },
  })
  expect((await page({ search: 'look', first: 2, after: seqs[1] ?? 0 }))?.nodes.map(({ seq }) => seq)).toEqual(
    seqs.slice(2, 4),
  )
  expect((await page({ search: 'look', first: 50, types: ['TaskClaimed'] }))?.nodes).toEqual([])
  expect((await hits('look', { before: newest }))?.seqs).toEqual(seqs.slice(0, -1))
  expect((await page({ first: 1 }))?.pageInfo.searchedTo).toBe(null)
})

describe('of a run of 25,000 events', () => {
  const long = randomUUID()
  const ofLong = { id: toGlobalId('Run', long) }
  beforeAll(async () => {
    const command = { ...startOf(workflows.single), organisationId: on.organisationId }
    await on.services.handle.handle(long, command, by)
    await on.database.sql`
      insert into events (run_id, seq, organisation_id, project_id, type, v, data, actor, correlation_id, at)
      select ${long}, n, organisation_id, project_id, 'RunPaused', 1, json_build_object('reason', case when n in (5000, 24000) then 'a needle' else 'hay' end), actor, correlation_id, at
      from events, generate_series((select head + 1 from runs where id = ${long}), 25000) as n where run_id = ${long} and seq = 1`
    await on.database.sql`update runs set head = 25000 where id = ${long}`
  })

  test('one search looks at 10,000, and says so', async () => {
    expect(await hits('needle', ofLong)).toEqual({ seqs: [24_000], from: 15_001, to: 25_000 })
    expect(await hits('needle', { ...ofLong, before: 15_001 })).toEqual({ seqs: [], from: 5_001, to: 15_000 })
    expect(await hits('needle', { ...ofLong, before: 5_001 })).toEqual({ seqs: [5_000], from: 1, to: 5_000 })
  })

  test('a page that ends for having looked enough is not the last', async () => {
    expect(await page({ ...ofLong, search: 'needle', first: 5 })).toMatchObject({
      nodes: [{ seq: 5_000 }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, searchedTo: 10_000 },
    })
    expect(await page({ ...ofLong, search: 'needle', first: 5, after: 10_000 })).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: true, searchedTo: 20_000 },
    })
    expect(await page({ ...ofLong, search: 'needle', first: 5, after: 20_000 })).toMatchObject({
      nodes: [{ seq: 24_000 }],
      pageInfo: { hasNextPage: false, searchedTo: 25_000 },
    })
    expect(await page({ ...ofLong, search: 'needle', last: 5, before: 24_000 })).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: true, searchedTo: 14_000 },
    })
  })
})

test('another organisation finds nothing, and one operation searches few runs', async () => {
  const stranger = randomUUID()
  await on.sql`insert into organisations (id, name) values (${stranger}, 'Other')`
  const theirs = await on.keys.create({ organisationId: stranger, name: 'theirs', expiresAt: null })
  expect((await ask(hitsQuery, { search: 'needle' }, theirs)).data.run).toBe(null)
  const { errors } = await on.send('{ runs(first: 100) { nodes { eventHits(search: "a") { seqs } } } }')
  expect(errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED')
})
