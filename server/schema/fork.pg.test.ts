/** Forks as clients see them: how they are asked for, what is refused, and what they can be asked. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidOf } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
let projectId: string
beforeAll(async () => {
  on = await testApp()
  const { data } = await on.send<{ createProject: { project: { id: string } } }>(
    'mutation { createProject(input: { name: "Forks" }) { ... on CreateProjectPayload { project { id } } } }',
  )
  projectId = data.createProject.project.id
})
afterAll(() => on.close())

const startRun = `mutation($input: StartRunInput!) { startRun(input: $input) { ... on StartRunPayload { run { id head } } } }`
const forkRun = `mutation($input: ForkRunInput!) { forkRun(input: $input) {
  __typename
  ... on UserError { code message hint }
  ... on ForkRunPayload { run { id title status variables dueAt budget { limit } parent { id }
    forkedFrom { seq at reason changes run { id forks(first: 10) { totalCount nodes { id } } } } } } } }`

type Forked = {
  __typename: string
  message: string
  hint: string
  run: {
    id: string
    title: string
    status: string
    variables: Json
    budget: { limit: number | null }
    forkedFrom: {
      seq: number
      changes: Json
      run: { id: string; forks: { totalCount: number; nodes: { id: string }[] } }
    }
  }
}

async function newRun(more: object = {}): Promise<{ id: string; head: number }> {
  const { data } = await on.send<{ startRun: { run: { id: string; head: number } } }>(startRun, {
    input: { projectId, workflow: 'simple', variables: { repo: '/r' }, title: 'A run', ...more },
  })
  return data.startRun.run
}

async function fork(input: object, key?: string): Promise<Forked> {
  const { data, errors } = await on.send<{ forkRun: Forked }>(forkRun, { input }, key)
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data.forkRun
}

test('answers with the fork, which knows where it comes from, as the run knows it', async () => {
  const { id, head } = await newRun()
  const changes = { title: 'Another', variables: { depth: 4 }, budgetMicros: '5000000', withoutTools: ['shell'] }
  const { run } = await fork({ runId: id, atSeq: head, changes, reason: ' because ' })
  expect(run).toMatchObject({
    title: 'Another',
    status: 'PENDING',
    variables: { repo: '/r', depth: 4 },
    budget: { limit: 5_000_000 },
    parent: null,
    forkedFrom: {
      seq: head,
      reason: 'because',
      changes: { title: 'Another', variables: { depth: 4 }, budgetMicros: 5_000_000, withoutTools: ['shell'] },
      run: { id, forks: { totalCount: 1, nodes: [{ id: run.id }] } },
    },
  })
  const again = await fork({ runId: run.id, atSeq: head + 1 })
  expect(again.run).toMatchObject({
    title: 'Another',
    variables: { repo: '/r', depth: 4 },
    forkedFrom: { changes: {} },
  })
  const plain = await on.send('query($id: ID!) { run(id: $id) { forkedFrom { seq } forks { totalCount } } }', { id })
  expect(plain.data).toEqual({ run: { forkedFrom: null, forks: { totalCount: 1 } } })
})

test('can be read like any run: events, states, graph, artifacts, replay', async () => {
  const { id, head } = await newRun()
  const { run } = await fork({ runId: id, atSeq: head })
  const { data, errors } = await on.send<{ run: { events: { nodes: { type: string; seq: number }[] } } }>(
    `query($id: ID!, $seq: Int!) { run(id: $id) { head
      events(first: 50) { nodes { type seq ... on RunForked { fromRunId forkRunId atSeq restarted dueAt changes } } }
      before: stateAt(seq: $seq) { seq status tasks { status } }
      graph { nodes { status } } tasks { nodes { status attempt } } artifacts { totalCount } } }`,
    { id: run.id, seq: head },
  )
  expect(errors).toBeUndefined()
  expect(data.run.events.nodes.map(one => one.seq)).toEqual(Array.from({ length: head + 2 }, (_, index) => index + 1))
  expect(data.run.events.nodes[head]).toMatchObject({
    type: 'RunForked',
    fromRunId: id,
    forkRunId: run.id,
    atSeq: head,
  })
  expect(data.run).toMatchObject({ before: { seq: head }, artifacts: { totalCount: 0 } })
  const replay = await on.send<{ replayRun: { identical: boolean } }>(
    'mutation($input: ReplayRunInput!) { replayRun(input: $input) { ... on ReplayRunPayload { identical } } }',
    { input: { runId: run.id } },
  )
  expect(replay.data.replayRun.identical).toBe(true)
})

test('with one idempotency key is one fork, also at the same moment, and refuses other input', async () => {
  const { id, head } = await newRun()
  const input = { runId: id, atSeq: head, idempotencyKey: randomUUID(), changes: { budgetMicros: '7' } }
  const all = await Promise.all(Array.from({ length: 5 }, () => fork(input)))
  expect(new Set(all.map(({ run }) => run.id)).size).toBe(1)
  expect(all[0]?.run.forkedFrom.run.forks.totalCount).toBe(1)
  expect(await fork({ ...input, atSeq: 2 })).toMatchObject({ __typename: 'IdempotencyMismatch' })
})

test.each([
  ['an event before the first one', { atSeq: 0 }, 'InvalidInput', /atSeq: must be 1 …/],
  ['an event that is not there yet', { atSeq: 1_000 }, 'InvalidInput', /atSeq: must be 1 …/],
  ['a run that is none', { runId: 'run_00000000000000000000000000000000' }, 'NotFound', /no run/],
  ['the id of something else', { runId: 'prj_00000000000000000000000000000000' }, 'InvalidInput', /id of a Project/],
  [
    'a role, a model and a tool that are none, all at once',
    {
      changes: {
        prompts: [{ role: 'nobody', text: '' }],
        allowedModels: ['no/model'],
        withoutTools: ['submit'],
        preference: { quality: 2, cost: 0, latency: 0 },
        title: '',
      },
    },
    'InvalidInput',
    /title.*no role "nobody".*text.*no model "no\/model".*no tool "submit".*preference\.quality/s,
  ],
  [
    'a variable that is none',
    { changes: { variables: { nope: 1 } } },
    'InvalidInput',
    /no variable "nope" \(repo, depth\)/,
  ],
  ['an objective where there is none', { changes: { objective: 'x' } }, 'InvalidInput', /no variable "objective"/],
  ['a value that does not fit', { changes: { variables: { depth: 9 } } }, 'InvalidInput', /depth/],
  ['variables that are no object', { changes: { variables: [1] } }, 'InvalidInput', /must be an object/],
])('refuses %s', async (_, change, type, message) => {
  const { id, head } = await newRun()
  const refused = await fork({ runId: id, atSeq: head, ...change })
  expect(refused.__typename).toBe(type)
  expect(refused.message).toMatch(message)
  const [row] = await on.sql<{ count: number }[]>`
    select count(*)::int as count from runs where forked_from_run_id = ${uuidOf('Run', id)}`
  expect(row?.count).toBe(0)
})

test('takes no changes at all', async () => {
  const { id, head } = await newRun()
  for (const changes of [undefined, null, {}, { prompts: [], allowedModels: [], variables: {} }]) {
    const { run } = await fork({ runId: id, atSeq: head, changes })
    expect(run.forkedFrom.changes).toEqual({})
  }
})

test('says when something was left to do where nothing is', async () => {
  const { id } = await newRun()
  await on.send(`mutation { cancelRun(input: { runId: "${id}" }) { __typename } }`)
  const { data } = await on.send<{ run: { head: number } }>('query($id: ID!) { run(id: $id) { head } }', { id })
  const refused = await fork({ runId: id, atSeq: data.run.head })
  expect(refused).toMatchObject({ __typename: 'Conflict', message: expect.stringContaining('nothing is left to do') })
  const left = Number(/after event (\d+)/.exec(refused.hint)?.[1])
  expect((await fork({ runId: id, atSeq: left })).__typename).toBe('ForkRunPayload')
})

test('a stranger finds no run to fork', async () => {
  const organisationId = randomUUID()
  await on.sql`insert into organisations (id, name) values (${organisationId}, 'Others')`
  const key = await on.keys.create({ organisationId, name: 'other', role: 'owner', expiresAt: null })
  const { id, head } = await newRun()
  expect(await fork({ runId: id, atSeq: head }, key)).toMatchObject({ __typename: 'NotFound' })
})

test('asks about many forks in as many statements as about one', async () => {
  const { id, head } = await newRun()
  await Promise.all([1, 2, 3, 4].map(() => fork({ runId: id, atSeq: head })))
  const { data, errors } = await on.send<{ run: { forks: { nodes: { forkedFrom: { seq: number } }[] } } }>(
    'query($id: ID!) { run(id: $id) { forks(first: 10) { nodes { forkedFrom { seq run { id } } forks { totalCount } } } } }',
    { id },
  )
  expect(errors).toBeUndefined()
  expect(data.run.forks.nodes).toHaveLength(4)
  expect(data.run.forks.nodes.every(one => one.forkedFrom.seq === head)).toBe(true)
})
