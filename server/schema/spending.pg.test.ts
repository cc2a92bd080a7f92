/** What was spent in a span of time: the sum, the rows that it is made of, and that it is told when it changes. */
import { randomUUID } from 'node:crypto'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { uuidOf } from '../../domain/ids.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
let projectId: string
beforeAll(async () => {
  on = await testApp()
  const { data } = await on.send<{ createProject: { project: { id: string } } }>(
    'mutation($input: CreateProjectInput!) { createProject(input: $input) { ... on CreateProjectPayload { project { id } } } }',
    { input: { name: 'Paying' } },
  )
  projectId = data.createProject.project.id
  await paid('a', '2026-03-01T10:00:00.000Z', 100)
  await paid('b', '2026-03-02T10:00:00.000Z', 20)
  await paid('c', '2026-03-02T10:00:00.000Z', 3, uuidOf('Project', projectId))
  await paid('d', '2026-03-03T00:00:00.000Z', 5_000)
  await paid('open', null, 0)
  await paid('foreign', '2026-03-02T11:00:00.000Z', 7, null, randomUUID())
})
afterAll(() => on.close())

async function paid(
  key: string,
  at: string | null,
  micros: number,
  project: string | null = null,
  organisation = on.organisationId,
) {
  const scopes = [`organisation:${organisation}`, ...(project === null ? [] : [`project:${project}`])]
  await on.sql`insert into ledger_calls (key, organisation_id, scopes, provider, model, reserved_micros, charged_micros, state, settled_at)
    values (${`message/${key}`}, ${organisation}, ${scopes}, 'p', 'p/m', 1, ${at === null ? null : micros}, ${at === null ? 'open' : 'known'}, ${at})`
}

type Spent = {
  spent: string
  count: number
  calls: {
    totalCount: number
    nodes: { key: string; charged: string }[]
    pageInfo: { hasNextPage: boolean; endCursor: string }
  }
}
const spending = async (variables: object) =>
  (
    await on.send<{ spending: Spent }>(
      `query($from: DateTime!, $to: DateTime, $projectId: ID, $first: Int, $after: String) {
        spending(from: $from, to: $to, projectId: $projectId) { spent count
          calls(first: $first, after: $after) { totalCount nodes { key charged } pageInfo { hasNextPage endCursor } } } }`,
      variables,
    )
  ).data.spending

const day = { from: '2026-03-02T00:00:00.000Z', to: '2026-03-03T00:00:00.000Z' }

test('the sum of a day is the sum of its rows, and of no others', async () => {
  const { spent, count, calls } = await spending(day)
  expect([Number(spent), count, calls.totalCount]).toEqual([23, 2, 2])
  expect(calls.nodes.map(({ key }) => key)).toEqual(['message/c', 'message/b'])
  expect(calls.nodes.reduce((sum, { charged }) => sum + Number(charged), 0)).toBe(Number(spent))
})

test('without an end it goes on until now, and of one project it is what that pays', async () => {
  expect(Number((await spending({ from: day.from })).spent)).toBe(5_023)
  expect(Number((await spending({ ...day, projectId })).spent)).toBe(3)
})

test('the rows come in pages, those of one moment too', async () => {
  const first = await spending({ ...day, first: 1 })
  expect(first.calls.pageInfo.hasNextPage).toBe(true)
  const second = await spending({ ...day, first: 1, after: first.calls.pageInfo.endCursor })
  expect(second.calls.nodes.map(({ key }) => key)).toEqual(['message/b'])
  expect(second.calls.pageInfo.hasNextPage).toBe(false)
})

test('a change is told, and only a change', async () => {
  const { port } = await on.listen()
  const client = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${on.key}` },
  })
  const told: number[] = []
  const stop = client.subscribe<{ spendingChanged: { spent: string } }>(
    {
      query: 'subscription($from: DateTime!) { spendingChanged(from: $from) { spent } }',
      variables: { from: day.from },
    },
    { next: ({ data }) => void told.push(Number(data?.spendingChanged.spent)), error: () => {}, complete: () => {} },
  )
  await expect.poll(() => told, { timeout: 20_000 }).toEqual([5_023])
  await paid('e', '2026-03-04T00:00:00.000Z', 1)
  on.services.bell.ringOf(`spending:${on.organisationId}`)
  await expect.poll(() => told, { timeout: 20_000 }).toEqual([5_023, 5_024])
  stop()
  await client.dispose()
})
