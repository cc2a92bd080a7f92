import { afterAll, beforeAll, expect, test } from 'vitest'
import { forTenant } from '../../db/tenancy.ts'
import { type TestApp, testApp } from '../testing.ts'
import { failedRun, type History, projectOf, statementsOf, stranger } from './operator-rig.ts'

let on: TestApp
let history: History
beforeAll(async () => {
  on = await testApp()
  history = await failedRun(on, await projectOf(on))
  // What is spent is told of the models of the configuration.
  await on.sql`update ledger_calls set model = ${known()} where model = 'acme/big'`
})
afterAll(() => on.close())

const known = () => on.services.models.config.models[0]?.id ?? ''

test('a provider says where it is configured and which variable holds its key', async () => {
  const { data } = await on.send<{ providers: { name: string }[]; missingModel: string }>(
    '{ missingModel providers { name simulated source status keyVariable baseUrl maxConcurrent retryAt models { id source inputPrice outputPrice maxConcurrent } } }',
  )
  expect(data.missingModel).toMatch(/^Set one of ANTHROPIC_API_KEY/)
  expect(data.providers.find(({ name }) => name === 'anthropic')).toMatchObject({
    source: 'BUILT_IN',
    status: 'NOT_SET_UP',
    keyVariable: 'ANTHROPIC_API_KEY',
    baseUrl: null,
    retryAt: null,
  })
  const simulated = data.providers.find(one => 'simulated' in one && one.simulated === true)
  expect(simulated).toMatchObject({ keyVariable: null, status: 'READY' })
  const priced = data.providers.flatMap(one => (one as { models?: { inputPrice: number | null }[] }).models ?? [])
  expect(priced.some(({ inputPrice }) => (inputPrice ?? 0) > 0)).toBe(true)
})

const usage =
  'providers { models { id usage { calls spent inputTokens cacheReadTokens finished p50Ms } failuresByKind { reason count runId seq } } }'
type Used = { providers: { models: { id: string; usage: object | null; failuresByKind: object[] }[] }[] }
const models = async (key?: string) =>
  (await on.send<Used>(`{ ${usage} }`, {}, key)).data.providers.flatMap(provider => provider.models)

test('what was spent is the ledger’s, and counts elsewhere for nothing', async () => {
  const all = await models()
  const used = all.filter(model => model.usage !== null)
  expect(used).toMatchObject([
    {
      id: known(),
      usage: { calls: 1, spent: 500, inputTokens: 1_000, cacheReadTokens: 200, finished: 0, p50Ms: null },
    },
  ])
  for (const model of await models(await stranger(on))) expect([model.usage, model.failuresByKind]).toEqual([null, []])
})

test('failures are counted by kind, and lead to the newest event', async () => {
  const since = new Date(Date.now() - 60_000)
  const failures = await forTenant(on.sql, on.organisationId).models.failures(since)
  expect(failures).toMatchObject([{ model: 'acme/small', reason: 'OVERLOADED', count: 1, runId: history.run }])
  const took = await forTenant(on.sql, on.organisationId).models.usage(since)
  expect(took).toHaveLength(1)
})

test('all models take two statements', async () => {
  expect(await statementsOf(on, `{ ${usage} }`)).toHaveLength(2)
})
