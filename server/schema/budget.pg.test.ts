import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLedger, type MoneyLedger } from '../../db/ledger.ts'
import { toGlobalId, uuidOf } from '../../domain/ids.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
let ledger: MoneyLedger
beforeAll(async () => {
  on = await testApp()
  ledger = createLedger({ sql: on.sql })
})
afterAll(() => on.close())

const budgetFields = `scope subjectId limit reserved spent remaining forecast`
const setBudget = `mutation($input: SetBudgetInput!) { setBudget(input: $input) {
  __typename ... on SetBudgetPayload { budget { ${budgetFields} } } ... on UserError { code message } } }`

type SetBudget = { setBudget: { __typename: string; message?: string; budget: Record<string, unknown> } }
const set = async (subjectId: string, more: object = { limit: 5_000 }, key?: string) =>
  (await on.send<SetBudget>(setBudget, { input: { subjectId, ...more } }, key)).data.setBudget

/** A project with a run, and what two calls of its first task and one of nobody's came to. */
async function spending() {
  const name = `Project ${randomUUID()}`
  const created = await on.send<{ createProject: { project: { id: string } } }>(
    'mutation($name: String!) { createProject(input: {name: $name}) { ... on CreateProjectPayload { project { id } } } }',
    { name },
  )
  const projectId = created.data.createProject.project.id
  const started = await on.send<{ startRun: { run: { id: string } } }>(
    `mutation($projectId: ID!) { startRun(input: {projectId: $projectId, workflow: "simple", variables: {repo: "/r"}}) {
      ... on StartRunPayload { run { id } } } }`,
    { projectId },
  )
  const runId = started.data.startRun.run.id
  const run = uuidOf('Run', runId)
  const scopes = [
    { kind: 'organisation' as const, id: on.organisationId },
    { kind: 'project' as const, id: uuidOf('Project', projectId) },
    { kind: 'run' as const, id: run },
    { kind: 'task' as const, id: `${run}/0` },
  ]
  const usage = { input: 1_000, cacheRead: 0, cacheWrite: 0, output: 100, reasoning: 0 }
  for (const [index, micros] of [300, 200, null].entries()) {
    const key = `${run}/0/1/${index}/0`
    const model = index === 0 ? 'acme/one' : 'acme/two'
    const call = { organisationId: on.organisationId, scopes, provider: 'acme', wantMicros: 1_000, leastMicros: 10 }
    await ledger.reserve({ ...call, key, model })
    if (micros !== null) await ledger.settle({ key, micros, usage, certainty: 'known' })
  }
  return { projectId, runId, run, taskId: toGlobalId('Task', run).concat('_0') }
}

describe('a budget', () => {
  test('is shown of an organisation, a project, a run and a task', async () => {
    const { runId, projectId, taskId } = await spending()
    await set(projectId, { limit: 10_000 })
    const { data, errors } = await on.send(
      `query($runId: ID!) { viewer { organisation { budget { scope spent reserved } } }
        run(id: $runId) { budget { ${budgetFields} } project { budget { ${budgetFields} } } task(index: 0) { budget { ${budgetFields} } } } }`,
      { runId },
    )
    expect(errors).toBeUndefined()
    const open = { reserved: 1_000, spent: 500, limit: null, remaining: null, forecast: null }
    expect(data).toMatchObject({
      viewer: { organisation: { budget: { scope: 'ORGANISATION' } } },
      run: {
        budget: { ...open, scope: 'RUN', subjectId: runId },
        project: {
          budget: { ...open, scope: 'PROJECT', subjectId: projectId, limit: 10_000, remaining: 8_500, forecast: 500 },
        },
        task: { budget: { ...open, scope: 'TASK', subjectId: taskId } },
      },
    })
  })

  test('tells what went where', async () => {
    const { runId, taskId } = await spending()
    const { data, errors } = await on.send(
      `query($runId: ID!) { run(id: $runId) { budget {
        byModel { name calls spent reserved inputTokens outputTokens task { id } }
        byAgent { name calls spent } byTask { name calls task { id title } } } } }`,
      { runId },
    )
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      run: {
        budget: {
          byModel: [
            { name: 'acme/one', calls: 1, spent: 300, reserved: 0, inputTokens: 1_000, outputTokens: 100, task: null },
            { name: 'acme/two', calls: 2, spent: 200, reserved: 1_000 },
          ],
          byAgent: [{ name: 'test.first', calls: 3, spent: 500 }],
          byTask: [{ name: taskId, calls: 3, task: { id: taskId, title: 'First' } }],
        },
      },
    })
  })

  test('forecasts what a run will come to from the tasks that have ended', async () => {
    const { runId, run, projectId } = await spending()
    const forecasts = async () => {
      const { data } = await on.send<{ run: { budget: object; project: { budget: object } } }>(
        'query($runId: ID!) { run(id: $runId) { budget { forecast } project { budget { forecast } } } }',
        { runId },
      )
      return [data.run.budget, data.run.project.budget]
    }
    expect(await forecasts()).toEqual([{ forecast: null }, { forecast: 500 }])
    await on.sql`update runs set tasks_ended = 2, task_count = 5 where id = ${run}`
    expect(await forecasts()).toEqual([{ forecast: 1_250 }, { forecast: 1_250 }])
    await on.sql`update runs set ended_at = now() where id = ${run}`
    expect(await forecasts()).toEqual([{ forecast: 500 }, { forecast: 500 }])
    expect(projectId).toMatch(/^prj_/)
  })
})

describe('setBudget', () => {
  test('sets and takes away the limit of each kind of thing', async () => {
    const { projectId, runId, taskId } = await spending()
    for (const id of [projectId, runId, taskId, toGlobalId('Organisation', on.organisationId)]) {
      const done = await set(id, { limit: '9007199254740991' })
      expect(done).toMatchObject({ __typename: 'SetBudgetPayload', budget: { subjectId: id, limit: 9007199254740991 } })
      expect((await set(id, { limit: null })).budget).toMatchObject({ limit: null, remaining: null })
    }
    expect((await set(runId, { limit: 100 })).budget).toMatchObject({ limit: 100, spent: 500, remaining: 0 })
  })

  test.each<[string, string, object, string, RegExp]>([
    ['a limit below nothing', 'prj_', { limit: -1 }, 'InvalidInput', /limit: must be 0/],
    ['a limit beyond all numbers', 'prj_', { limit: '9007199254740992' }, 'InvalidInput', /limit: must be/],
    ['no word about the limit', 'prj_', {}, 'InvalidInput', /or null for no limit/],
    ['what does not exist', `prj_${'0'.repeat(32)}`, { limit: 1 }, 'NotFound', /no project prj_0/],
    ['a run that does not exist', `run_${'0'.repeat(32)}`, { limit: 1 }, 'NotFound', /no run/],
    ['a task that does not exist', `tsk_${'0'.repeat(32)}_0`, { limit: 1 }, 'NotFound', /no task/],
    ['another organisation', `org_${'0'.repeat(32)}`, { limit: 1 }, 'NotFound', /no organisation/],
    ['what has no budget', `wrk_${'0'.repeat(32)}`, { limit: 1 }, 'InvalidInput', /only an organisation/],
    ['what is no id', 'nonsense', { limit: 1 }, 'InvalidInput', /is not an id/],
  ])('refuses %s', async (_, id, more, type, message) => {
    const subjectId = id === 'prj_' ? (await spending()).projectId : id
    expect(await set(subjectId, more)).toMatchObject({ __typename: type, message: expect.stringMatching(message) })
  })

  test('reaches nothing of another organisation', async () => {
    const { projectId } = await spending()
    const elsewhere = randomUUID()
    await on.sql`insert into organisations (id, name) values (${elsewhere}, 'Other')`
    const key = await on.keys.create({ organisationId: elsewhere, name: 'other', expiresAt: null })
    expect(await set(projectId, { limit: 1 }, key)).toMatchObject({ __typename: 'NotFound' })
  })
})
