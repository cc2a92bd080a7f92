import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing.ts'
import { busyRun, failedRun, type History, judgedRun, projectOf, statementsOf, stranger } from './operator-rig.ts'

let on: TestApp
let judged: History
let busy: History
beforeAll(async () => {
  on = await testApp()
  const projectId = await projectOf(on)
  judged = await judgedRun(on, projectId)
  await failedRun(on, projectId)
  busy = await busyRun(on, projectId)
})
afterAll(() => on.close())

const fields = `name figures { ended succeeded failed attempts medianMs p95Ms sentBack modelCalls spent inputTokens outputTokens }
  atWork { doing with type seq task { index run { id } } } recent(first: 5) { status run { id } }`
type Agent = {
  name: string
  figures: Record<string, unknown>
  atWork: unknown[]
  recent: { status: string; run: { id: string } }[]
}
const agentsFor = async (key?: string) =>
  (await on.send<{ agents: Agent[] }>(`{ agents { ${fields} } }`, {}, key)).data.agents

test('an agent has figures of what it did, in tasks, money and rounds', async () => {
  const agents = await agentsFor()
  const writer = agents.find(({ name }) => name === 'test.first')
  expect(writer?.figures).toMatchObject({
    ended: 2,
    succeeded: 1,
    failed: 1,
    attempts: 3,
    sentBack: 1,
    modelCalls: 3,
    spent: 1_500,
    inputTokens: 3_000,
    outputTokens: 300,
  })
  expect(writer?.figures.medianMs).toBeGreaterThanOrEqual(0)
  expect(writer?.recent.map(({ status }) => status)).toEqual(['FAILED', 'SUCCEEDED'])
  expect(writer?.recent[1]?.run.id).toBe(judged.runId)
  expect(agents.find(({ name }) => name === 'test.each')).toMatchObject({
    figures: { ended: 0, medianMs: null, spent: 0, sentBack: 0 },
    atWork: [],
    recent: [],
  })
})

test('what it does now is its newest event', async () => {
  const { data } = await on.send<{ agent: Agent }>(`query { agent(name: "test.first") { ${fields} } }`)
  expect(data.agent.atWork).toEqual([
    { doing: 'npm test', with: 'shell', type: 'ToolCallStarted', seq: 6, task: { index: 0, run: { id: busy.runId } } },
  ])
  const { data: nobody } = await on.send('{ agent(name: "nobody") { name } }')
  expect(nobody).toEqual({ agent: null })
})

test('its newest tasks can be asked for by how they ended', async () => {
  const { data } = await on.send<{ agent: Agent }>(
    '{ agent(name: "test.first") { recent(first: 5, statuses: [FAILED]) { status } } }',
  )
  expect(data.agent.recent).toEqual([{ status: 'FAILED' }])
})

test.each([
  ['figures(days: 0) { ended }', 'days: must be 1 … 366, not 0'],
  ['recent(first: 101) { status }', 'first must be 0 … 100'],
])('%s is refused', async (field, message) => {
  const { errors } = await on.send(`{ agent(name: "test.first") { ${field} } }`)
  expect(errors?.map(error => error.message)).toEqual([message])
})

test('another organisation sees the agents, and nothing of what they did here', async () => {
  const agents = await agentsFor(await stranger(on))
  expect(agents.map(({ name }) => name)).toEqual(['test.each', 'test.first', 'test.second'])
  for (const { figures, atWork, recent } of agents)
    expect([figures.ended, figures.spent, figures.sentBack, atWork, recent]).toEqual([0, 0, 0, [], []])
})

test('three agents take as many statements as one', async () => {
  const one = await statementsOf(on, `{ agent(name: "test.first") { ${fields} } }`)
  const all = await statementsOf(on, `{ agents { ${fields} } }`)
  expect(all).toHaveLength(one.length)
  expect(one.length).toBeLessThanOrEqual(5)
})
