import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing.ts'
import { type History, judgedRun, projectOf, statementsOf, stranger } from './operator-rig.ts'

let on: TestApp
let history: History
beforeAll(async () => {
  on = await testApp()
  history = await judgedRun(on, await projectOf(on))
})
afterAll(() => on.close())

const query = `query($model: String, $first: Int, $after: String) { modelDecisions(model: $model, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { runId seq model propensity reason task { title run { id } }
  candidates { model propensity excluded cost quality score } } } }`
type Answer = {
  modelDecisions: {
    totalCount: number
    pageInfo: { hasNextPage: boolean; endCursor: string }
    nodes: { runId: string; seq: number; model: string; candidates: { model: string }[] }[]
  }
}

test('a decision is told as its event has it, the likeliest candidate first', async () => {
  const { data, errors } = await on.send<Answer>(query, { model: 'acme/big' })
  expect(errors).toBeUndefined()
  expect(data.modelDecisions.totalCount).toBe(2)
  expect(data.modelDecisions.nodes[0]).toMatchObject({
    runId: history.runId,
    model: 'acme/big',
    propensity: 0.7,
    reason: 'drawn',
    task: { title: 'Write', run: { id: history.runId } },
    candidates: [
      { model: 'acme/big', propensity: 0.7, excluded: null, cost: 900, quality: 0.9, score: 0.6 },
      { model: 'acme/small', propensity: 0.3 },
      { model: 'acme/dear', propensity: 0, excluded: 'has no known price', cost: null },
    ],
  })
  const [{ type }] = await on.sql<[{ type: string }]>`
    select type from events where run_id = ${history.run} and seq = ${data.modelDecisions.nodes[0]?.seq ?? 0}`
  expect(type).toBe('ModelRouted')
})

test('pages follow one another without gap or double', async () => {
  const seen: number[] = []
  for (let after: string | null = null; ; ) {
    const { modelDecisions: page }: Answer = (await on.send<Answer>(query, { first: 1, after })).data
    seen.push(...page.nodes.map(({ seq }) => seq))
    if (!page.pageInfo.hasNextPage) break
    after = page.pageInfo.endCursor
  }
  const rows = await on.sql<{ seq: number }[]>`
    select seq from events where run_id = ${history.run} and type = 'ModelRouted' order by at desc, seq desc`
  expect(seen).toEqual(rows.map(({ seq }) => seq))
  expect(seen).toHaveLength(4)
  const { errors } = await on.send(query, { after: 'nonsense' })
  expect(errors?.[0]?.message).toMatch(/is not a cursor/)
})

test('nothing of it is shown elsewhere', async () => {
  const { data } = await on.send<Answer>(query, {}, await stranger(on))
  expect(data.modelDecisions).toMatchObject({ totalCount: 0, nodes: [] })
})

test('four decisions take as many statements as one', async () => {
  const one = await statementsOf(on, query, { first: 1 })
  expect(await statementsOf(on, query, { first: 4 })).toHaveLength(one.length)
  expect(one.length).toBeLessThanOrEqual(5)
})
