import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing.ts'
import { failedRun, type History, judgedRun, projectOf, statementsOf, stranger } from './operator-rig.ts'

let on: TestApp
let judged: History
let failed: History
beforeAll(async () => {
  on = await testApp()
  judged = await judgedRun(on, await projectOf(on))
  failed = await failedRun(on, await projectOf(on))
})
afterAll(() => on.close())

const query = `query($filter: QualityFilter) { quality(filter: $filter) {
  complete figures { count mean median lowest gated held }
  points { artifactId runId seq kind score agent model gate simulated project { id } }
  groups(by: MODEL) { name figures { count mean } } days { at figures { count } }
  sentBack { runId seq taskIndex agent judge round reason findings } } }`
type Point = { artifactId: string; runId: string; seq: number; score: number }
type Answer = {
  quality: { points: Point[]; figures: object | null; groups: object[]; days: object[]; sentBack: object[] }
}
const ask = async (filter: object | null = null, key?: string) =>
  (await on.send<Answer>(query, { filter }, key)).data.quality

test('scores are brought together, and each point is an artifact', async () => {
  const quality = await ask()
  expect(quality).toMatchObject({ complete: true, figures: { count: 3, median: 0.6, lowest: 0.2, gated: 3, held: 2 } })
  expect(quality.points.map(({ score }) => score)).toEqual([0.2, 0.8, 0.6])
  expect(quality.points[1]).toMatchObject({
    runId: judged.runId,
    kind: 'Plan',
    agent: 'test.first',
    model: 'acme/big',
    gate: 0.5,
  })
  expect(quality.groups).toMatchObject([{ name: 'acme/big', figures: { count: 3 } }])
  expect(quality.days).toMatchObject([{ figures: { count: 3 } }])
  const { data } = await on.send<{ node: object }>(
    'query($id: ID!) { node(id: $id) { ... on Artifact { score seq scoreParts } } }',
    { id: quality.points[1]?.artifactId },
  )
  expect(data.node).toMatchObject({
    score: expect.closeTo(0.8),
    seq: quality.points[1]?.seq,
    scoreParts: [{ name: 'risks' }],
  })
})

test('what was sent back is told with its round, its judge and what was found', async () => {
  const { sentBack } = await ask()
  expect(sentBack).toMatchObject([
    { runId: judged.runId, taskIndex: 0, agent: 'test.first', judge: 'test.second', round: 1, findings: 2 },
  ])
})

test.each<[string, () => object, number]>([
  ['a project', () => ({ projectId: failed.projectId }), 1],
  ['a kind', () => ({ kind: 'Plan' }), 3],
  ['a kind that nobody made', () => ({ kind: 'SpecDoc' }), 0],
  ['an agent', () => ({ agent: 'test.first' }), 3],
  ['another agent', () => ({ agent: 'test.second' }), 0],
  ['a model', () => ({ model: 'acme/big' }), 3],
  ['another model', () => ({ model: 'acme/small' }), 0],
])('is filtered by %s', async (_, filter, count) => {
  expect((await ask({ days: 7, ...filter() })).points).toHaveLength(count)
})

test('nothing of it is shown elsewhere', async () => {
  expect(await ask(null, await stranger(on))).toMatchObject({
    points: [],
    figures: null,
    groups: [],
    days: [],
    sentBack: [],
  })
})

test('many artifacts take as many statements as one', async () => {
  const one = await statementsOf(on, query, { filter: { days: 7, projectId: failed.projectId } })
  expect(await statementsOf(on, query, { filter: { days: 7 } })).toHaveLength(one.length)
  expect(one.length).toBeLessThanOrEqual(3)
})
