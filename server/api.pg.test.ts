import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromGlobalId, uuidOf } from '../domain/ids.ts'
import { type TestApp, testApp } from './testing.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
})
afterAll(() => on.close())

const createProject = `mutation($input: CreateProjectInput!) { createProject(input: $input) {
  __typename ... on CreateProjectPayload { project { id slug name } } ... on UserError { code message hint retryable } } }`
const startRun = `mutation($input: StartRunInput!) { startRun(input: $input) {
  __typename ... on StartRunPayload { run { id status head title variables progress { total ended } } } ... on UserError { code message hint } } }`

type Answer = {
  __typename: string
  code?: string
  message?: string
  hint?: string
  project: { id: string; slug: string }
  run: { id: string; status: string; head: number }
}

async function newProject(name = `Project ${Math.random()}`): Promise<{ id: string; slug: string }> {
  const { data } = await on.send<{ createProject: Answer }>(createProject, { input: { name } })
  return data.createProject.project
}

async function newRun(projectId: string, more: object = {}): Promise<Answer['run']> {
  const { data } = await on.send<{ startRun: Answer }>(startRun, {
    input: { projectId, workflow: 'simple', variables: { repo: '/r' }, ...more },
  })
  return data.startRun.run
}

describe('createProject', () => {
  test('makes a slug out of the name, and refuses a second project of that slug', async () => {
    const first = await on.send<{ createProject: Answer }>(createProject, { input: { name: ' Café & Co ' } })
    expect(first.data.createProject).toMatchObject({
      __typename: 'CreateProjectPayload',
      project: { slug: 'cafe-co', name: 'Café & Co' },
    })
    const second = await on.send<{ createProject: Answer }>(createProject, { input: { name: 'Cafe Co' } })
    expect(second.data.createProject).toMatchObject({ __typename: 'Conflict', code: 'CONFLICT', retryable: false })
    expect(second.data.createProject.hint).toMatch(/another slug/)
  })

  test('names every fault at once', async () => {
    const { data } = await on.send<{ createProject: Answer }>(createProject, {
      input: { name: '', slug: 'A b', maxParallel: 0 },
    })
    expect(data.createProject).toMatchObject({ __typename: 'InvalidInput', code: 'BAD_INPUT' })
    for (const name of ['name', 'slug', 'maxParallel']) expect(data.createProject.message).toContain(`${name}:`)
  })

  test('with one idempotency key makes one project, also at the same moment, and refuses other input', async () => {
    const input = { name: 'Once', idempotencyKey: 'once' }
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => on.send<{ createProject: Answer }>(createProject, { input })),
    )
    expect(new Set(answers.map(({ data }) => data.createProject.project.id)).size).toBe(1)
    const other = await on.send<{ createProject: Answer }>(createProject, { input: { ...input, name: 'Twice' } })
    expect(other.data.createProject).toMatchObject({ __typename: 'IdempotencyMismatch' })
  })
})

describe('startRun', () => {
  test('answers with the run, which can be read at once', async () => {
    const project = await newProject()
    const { data } = await on.send<{ startRun: Answer }>(startRun, {
      input: { projectId: project.id, workflow: 'simple', title: 'A run', variables: { repo: '/r' } },
    })
    expect(data.startRun).toMatchObject({
      __typename: 'StartRunPayload',
      run: { status: 'PENDING', title: 'A run', variables: { repo: '/r', depth: 2 }, progress: { total: 3, ended: 0 } },
    })
    const read = await on.send(
      'query($id: ID!) { run(id: $id) { id head status project { id } } node(id: $id) { __typename id } }',
      { id: data.startRun.run.id },
    )
    expect(read.data).toMatchObject({
      run: { id: data.startRun.run.id, head: data.startRun.run.head, project: { id: project.id } },
      node: { __typename: 'Run', id: data.startRun.run.id },
    })
  })

  test('with one idempotency key at the same moment makes one run of one beginning', async () => {
    const project = await newProject()
    const input = { projectId: project.id, workflow: 'simple', variables: { repo: '/r' }, idempotencyKey: 'run once' }
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => on.send<{ startRun: Answer }>(startRun, { input })),
    )
    const ids = new Set(answers.map(({ data }) => data.startRun.run.id))
    expect(ids.size).toBe(1)
    const [row] = await on.sql<{ runs: number; begun: number }[]>`
      select count(distinct run_id)::int as runs, count(*)::int as begun from events
      where type = 'RunStarted' and project_id = ${uuidOf('Project', project.id)}`
    expect(row).toEqual({ runs: 1, begun: 1 })
    const other = await on.send<{ startRun: Answer }>(startRun, { input: { ...input, title: 'Other' } })
    expect(other.data.startRun.__typename).toBe('IdempotencyMismatch')
  })

  test.each([
    ['an unknown workflow', { workflow: 'nope' }, 'NotFound', /no workflow "nope"/],
    ['variables that are wrong', { variables: { repo: 3, depth: 9, extra: 1 } }, 'InvalidInput', /extra.*repo.*depth/s],
    ['a missing variable', { variables: {} }, 'InvalidInput', /repo: is required/],
    ['variables that are no object', { variables: [1] }, 'InvalidInput', /must be an object/],
    [
      'a limit out of bounds',
      { maxParallel: 0, timeoutMs: 5, priority: 1_000 },
      'InvalidInput',
      /priority.*maxParallel.*timeoutMs/,
    ],
    ['a project that is none', { projectId: 'prj_00000000000000000000000000000000' }, 'NotFound', /no project/],
    ['the id of something else', { projectId: 'run_00000000000000000000000000000000' }, 'InvalidInput', /id of a Run/],
    ['what is no id', { projectId: 'x' }, 'InvalidInput', /is not an id/],
  ])('refuses %s', async (_, change, type, message) => {
    const project = await newProject()
    const { data } = await on.send<{ startRun: Answer }>(startRun, {
      input: { projectId: project.id, workflow: 'simple', variables: { repo: '/r' }, ...change },
    })
    expect(data.startRun.__typename).toBe(type)
    expect(data.startRun.message).toMatch(message)
  })
})

describe('control of a run', () => {
  const control = (name: string, input: string) =>
    `mutation { ${name}(input: ${input}) { __typename ... on UserError { code message } ... on ${name[0]?.toUpperCase()}${name.slice(1)}Payload { run { status head } } } }`

  test('pauses, resumes, resets and cancels, and says no to what has ended', async () => {
    const run = await newRun((await newProject()).id)
    const tell = async (name: string) =>
      (await on.send<Record<string, Answer>>(control(name, `{ runId: "${run.id}", reason: "because" }`))).data[name]
    expect(await tell('pauseRun')).toMatchObject({ run: { status: 'PAUSED' } })
    expect(await tell('pauseRun')).toMatchObject({ run: { status: 'PAUSED' } })
    expect(await tell('resumeRun')).toMatchObject({ run: { status: 'PENDING' } })
    expect(await tell('resetRun')).toMatchObject({ __typename: 'ResetRunPayload' })
    expect(await tell('cancelRun')).toMatchObject({ run: { status: 'CANCELLED' } })
    expect(await tell('pauseRun')).toMatchObject({ __typename: 'Conflict', code: 'CONFLICT' })
    const retried = await on.send<{ retryTask: Answer }>(control('retryTask', `{ runId: "${run.id}", taskIndex: 0 }`))
    expect(retried.data.retryTask).toMatchObject({ run: { status: 'PENDING' } })
    const events = await on.send<{ run: { events: { nodes: { type: string; actor: object; data: object }[] } } }>(
      'query($id: ID!) { run(id: $id) { events(first: 100, types: ["RunPaused", "RunReopened"]) { nodes { type actor { kind name } data } } } }',
      { id: run.id },
    )
    expect(events.data.run.events.nodes).toMatchObject([
      { type: 'RunPaused', actor: { kind: 'KEY', name: 'owner' }, data: { reason: 'because' } },
      { type: 'RunReopened' },
    ])
  })

  test('refuses a run that does not exist and a task that was never planned', async () => {
    const missing = await on.send<{ cancelRun: Answer }>(
      control('cancelRun', '{ runId: "run_00000000000000000000000000000000" }'),
    )
    expect(missing.data.cancelRun).toMatchObject({ __typename: 'NotFound' })
    const run = await newRun((await newProject()).id)
    const task = await on.send<{ retryTask: Answer }>(control('retryTask', `{ runId: "${run.id}", taskIndex: 99 }`))
    expect(task.data.retryTask.__typename).toMatch(/NotFound|InvalidInput/)
  })

  test('pauses everything, and goes on with all that is paused, whoever paused it', async () => {
    const project = await newProject()
    const ids = (await Promise.all([1, 2].map(() => newRun(project.id)))).map(({ id }) => id)
    await on.send(control('pauseRun', `{ runId: "${ids[0]}" }`))
    type Told = { runIds: string[]; failedRunIds: string[] }
    const all = async (name: string, input: string) => {
      const payload = `${name[0]?.toUpperCase()}${name.slice(1)}Payload`
      const { data } = await on.send<Record<string, Told>>(
        `mutation { ${name}(input: ${input}) { ... on ${payload} { runIds failedRunIds } ... on UserError { code } } }`,
      )
      return data[name] as Told
    }
    const statuses = async () => {
      const { data } = await on.send<{ project: { runs: { nodes: { status: string }[] } } }>(
        'query($id: ID!) { project(id: $id) { runs { nodes { status } } } }',
        { id: project.id },
      )
      return data.project.runs.nodes.map(({ status }) => status)
    }
    const paused = await all('stopEverything', '{ mode: PAUSE, reason: "the disk is full" }')
    expect(paused.runIds).toEqual(expect.arrayContaining(ids))
    expect(await statuses()).toEqual(['PAUSED', 'PAUSED'])
    expect(await all('resumeEverything', `{ reason: "${'x'.repeat(1_001)}" }`)).toMatchObject({ code: 'BAD_INPUT' })
    const resumed = await all('resumeEverything', '{}')
    expect(resumed.runIds).toEqual(expect.arrayContaining(ids))
    expect(resumed.failedRunIds).toEqual([])
    expect(await statuses()).not.toContain('PAUSED')
    expect(await all('resumeEverything', '{}')).toEqual({ runIds: [], failedRunIds: [] })
  })

  test('stops everything', async () => {
    const project = await newProject()
    const runs = await Promise.all([1, 2, 3].map(() => newRun(project.id)))
    const { data } = await on.send<{ stopEverything: { runIds: string[]; failedRunIds: string[] } }>(
      'mutation { stopEverything(input: { reason: "fire" }) { __typename ... on StopEverythingPayload { runIds failedRunIds } } }',
    )
    expect(data.stopEverything.runIds).toEqual(expect.arrayContaining(runs.map(run => run.id)))
    expect(data.stopEverything.failedRunIds).toEqual([])
    const { data: after } = await on.send<{ runs: { totalCount: number } }>(
      '{ runs(filter: { statuses: [PENDING, RUNNING, PAUSED, WAITING] }) { totalCount } }',
    )
    expect(after.runs.totalCount).toBe(0)
  })
})

describe('reading', () => {
  test('pages runs in both directions without a gap or an overlap', async () => {
    const project = await newProject()
    for (let count = 0; count < 7; count++) await newRun(project.id, { title: `run ${count}` })
    type Page = {
      project: {
        runs: {
          nodes: { title: string }[]
          pageInfo: { endCursor: string; startCursor: string; hasNextPage: boolean; hasPreviousPage: boolean }
          totalCount: number
        }
      }
    }
    const page = async (args: string) =>
      (
        await on.send<Page>(
          `query($id: ID!) { project(id: $id) { runs(${args}) { totalCount nodes { title } pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } } }`,
          { id: project.id },
        )
      ).data.project.runs
    const first = await page('first: 3')
    expect(first).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: true, hasPreviousPage: false } })
    const second = await page(`first: 3, after: "${first.pageInfo.endCursor}"`)
    const third = await page(`first: 3, after: "${second.pageInfo.endCursor}"`)
    expect(third.pageInfo.hasNextPage).toBe(false)
    expect([first, second, third].flatMap(one => one.nodes.map(run => run.title))).toEqual(
      [6, 5, 4, 3, 2, 1, 0].map(n => `run ${n}`),
    )
    const back = await page(`last: 3, before: "${third.pageInfo.startCursor}"`)
    expect(back.nodes.map(run => run.title)).toEqual(second.nodes.map(run => run.title))
    expect(back.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true })
    expect((await page('last: 2')).nodes.map(run => run.title)).toEqual(['run 1', 'run 0'])
    expect((await page('first: 0')).nodes).toEqual([])
    const all = await on.send<{ runs: { totalCount: number } }>(
      'query($id: ID!) { runs(filter: { projectId: $id }) { totalCount } }',
      { id: project.id },
    )
    expect(all.data.runs.totalCount).toBe(7)
    expect((await page('filter: { title: "RUN 3" }')).nodes).toEqual([{ title: 'run 3' }])
  })

  test.each([
    ['runs(first: 101) { nodes { id } }', /0 … 100/],
    ['runs(first: -1) { nodes { id } }', /0 … 100/],
    ['runs(first: 1, last: 1) { nodes { id } }', /exclude each other/],
    ['runs(after: "x") { nodes { id } }', /not a cursor/],
    ['run(id: "run_1") { id }', /not an id/],
    ['project { id }', /by its id or by its slug/],
    ['nodes(ids: ["x"]) { id }', /not an id/],
  ])('refuses %s', async (field, message) => {
    const { errors } = await on.send(`{ ${field} }`)
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code: 'BAD_INPUT' } })
  })

  test('shows a run, its tasks, its graph and its past', async () => {
    const run = await newRun((await newProject()).id)
    const runId = uuidOf('Run', run.id)
    const by = { actor: { kind: 'engine', id: 'test', name: 'test' } as const }
    await on.services.handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
    await on.services.handle.handle(
      runId,
      { type: 'FinishTask', taskIndex: 0, epoch: 1, output: { items: ['a', 'b'] }, artifacts: [] },
      by,
    )
    const { data, errors } = await on.send<{ run: Record<string, never> }>(
      `query($id: ID!) { run(id: $id) {
        status dueAt task(index: 0) { id output input needs optional timeoutMs run { id } }
        tasks(first: 10) { totalCount nodes { index key kind status groupIndex item needs } }
        ended: tasks(statuses: [SUCCEEDED]) { totalCount nodes { key } }
        graph { nodes { key status needs } edges { from to } criticalPath }
        stateAt(seq: 4) { seq status tasks { key status } data }
        early: stateAt(seq: 0) { seq }
        events(last: 2) { nodes { seq type } totalCount pageInfo { hasPreviousPage hasNextPage startCursor endCursor } }
        children { totalCount } parent { id } } }`,
      { id: run.id },
    )
    expect(errors).toBeUndefined()
    expect(data.run).toMatchObject({
      status: 'RUNNING',
      task: {
        id: `tsk_${runId.replaceAll('-', '')}_0`,
        output: { items: ['a', 'b'] },
        needs: [],
        optional: false,
        run: { id: run.id },
      },
      tasks: {
        totalCount: 5,
        nodes: [
          { key: 'first', kind: 'WORK', status: 'SUCCEEDED' },
          { key: 'second', needs: [0] },
          { key: 'each', kind: 'MAP' },
          { groupIndex: 2, item: 'a' },
          { groupIndex: 2, item: 'b' },
        ],
      },
      ended: { totalCount: 1, nodes: [{ key: 'first' }] },
      stateAt: { seq: 4, status: 'PENDING' },
      early: null,
      children: { totalCount: 0 },
      parent: null,
    })
    const { graph, events } = data.run as unknown as {
      graph: { nodes: object[]; edges: object[]; criticalPath: number[] }
      events: { nodes: { seq: number }[]; totalCount: number }
    }
    expect(graph.nodes).toHaveLength(5)
    expect(graph.edges).toEqual(
      expect.arrayContaining([
        { from: 0, to: 1 },
        { from: 0, to: 2 },
      ]),
    )
    expect(graph.criticalPath[0]).toBe(0)
    expect(events.nodes.at(-1)?.seq).toBe(events.totalCount)
    const task = await on.send<{ node: object }>(
      'query($id: ID!) { node(id: $id) { __typename id ... on Task { key } } }',
      { id: `tsk_${runId.replaceAll('-', '')}_1` },
    )
    expect(task.data.node).toMatchObject({ __typename: 'Task', key: 'second' })
  })

  test('whose next event a newer version wrote is read up to there, and says so', async () => {
    const run = await newRun((await newProject()).id)
    const runId = uuidOf('Run', run.id)
    const insert = (seq: number, type: string, v: number, data: object) => on.database.sql`
      insert into events (run_id, seq, organisation_id, project_id, type, v, data, actor, correlation_id, at)
      select run_id, ${seq}, organisation_id, project_id, ${type}, ${v}, ${on.database.sql.json(data as never)}, actor, correlation_id, at
      from events where run_id = ${runId} and seq = 1`
    const head = (await on.services.handle.load(runId))?.head ?? 0
    await insert(head + 1, 'TaskClaimed', 2, { taskIndex: 0, by: 'w' })
    await insert(head + 2, 'TaskDreamt', 1, { of: 'sheep' })
    await on.database.sql`update runs set head = ${head + 2} where id = ${runId}`
    const { data, errors } = await on.send<{ run: object }>(
      `query($id: ID!, $head: Int!) { run(id: $id) {
        head status
        graph { upgradeRequired nodes { key status } }
        known: stateAt(seq: $head) { seq upgradeRequired }
        beyond: stateAt(seq: 1000) { seq status upgradeRequired graph { upgradeRequired } }
        events(last: 2) { nodes { seq type data } } } }`,
      { id: run.id, head },
    )
    expect(errors).toBeUndefined()
    expect(data.run).toMatchObject({
      head: head + 2,
      graph: { upgradeRequired: true, nodes: [{ key: 'first', status: 'READY' }, {}, {}] },
      known: { seq: head, upgradeRequired: false },
      beyond: { seq: head, upgradeRequired: true, graph: { upgradeRequired: true } },
      events: { nodes: [{ type: 'TaskClaimed' }, { type: 'TaskDreamt', data: { of: 'sheep' } }] },
    })
    const refused = await on.send<{ cancelRun: object }>(
      'mutation($input: CancelRunInput!) { cancelRun(input: $input) { __typename ... on UserError { code } } }',
      { input: { runId: run.id } },
    )
    expect(refused.data.cancelRun).toMatchObject({ code: 'UPGRADE_REQUIRED' })
  })

  test('shows who asks, what there is, and how it is', async () => {
    const { data } = await on.send<{
      viewer: object
      workflows: { name: string }[]
      agents: { name: string }[]
      workers: []
      health: { status: string; checks: { name: string }[] }
    }>(
      '{ viewer { kind name keyId organisation { id name } } workflows { name variables { name type required default } steps { key needs } } agents { name produces } workers { id } health { status checks { name status reason mend } } }',
    )
    expect(data.viewer).toMatchObject({ kind: 'KEY', name: 'owner', organisation: { name: 'Test' } })
    expect(data.workflows).toMatchObject([
      {
        name: 'simple',
        variables: [
          { name: 'repo', required: true },
          { name: 'depth', default: 2 },
        ],
      },
    ])
    expect(data.agents.map(agent => agent.name)).toEqual(['test.each', 'test.first', 'test.second'])
    expect(data.health.status).toBe('DEGRADED')
    expect(data.health.checks.map(one => one.name)).toEqual(['postgres', 'redis', 'worker', 'sandbox'])
  })

  test('finds nothing of another organisation, by any way', async () => {
    const project = await newProject()
    const run = await newRun(project.id)
    const stranger = '0199c1d2-0000-7000-8000-000000000001'
    await on.sql`insert into organisations (id, name) values (${stranger}, 'Other')`
    const theirs = await on.keys.create({ organisationId: stranger, name: 'theirs', expiresAt: null })
    const { data } = await on.send<Record<string, never>>(
      `query($run: ID!, $project: ID!, $slug: String!, $task: ID!) {
        run(id: $run) { id } node(id: $run) { id } nodes(ids: [$run, $project, $task]) { id } project(id: $project) { id } bySlug: project(slug: $slug) { id }
        runs { totalCount nodes { id } } projects { totalCount } viewer { organisation { name } } }`,
      {
        run: run.id,
        project: project.id,
        slug: project.slug,
        task: `tsk_${fromGlobalId(run.id).uuid.replaceAll('-', '')}_0`,
      },
      theirs,
    )
    expect(data).toEqual({
      run: null,
      node: null,
      nodes: [null, null, null],
      project: null,
      bySlug: null,
      runs: { totalCount: 0, nodes: [] },
      projects: { totalCount: 0 },
      viewer: { organisation: { name: 'Other' } },
    })
    const told = await on.send<{ cancelRun: Answer }>(
      'mutation($id: ID!) { cancelRun(input: { runId: $id }) { __typename } }',
      { id: run.id },
      theirs,
    )
    expect(told.data.cancelRun.__typename).toBe('NotFound')
  })
})
