/** Live delivery as clients see it: graphql-ws over a real socket, raw frames, server-sent events. */
import { createClient as createSseClient } from 'graphql-sse'
import { type Client, createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { uuidOf } from '../../domain/ids.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
let address: { port: number; url: string }
const clients: Client[] = []
beforeAll(async () => {
  on = await testApp({ heartbeatMs: 1_000 })
  address = await on.listen()
})
afterAll(async () => {
  for (const client of clients) await client.dispose()
  await on.close()
})

type Batch = { status: string; head: number; events: { seq: number; type: string; __typename: string }[] }
const follow = `subscription Follow($runId: ID!, $after: Int! = 0) { runEvents(runId: $runId, after: $after) {
  status head events { __typename seq type ... on TaskPlanned { key title needs } ... on ToolCallFinished { tool output } } } }`

const socketUrl = () => `ws://127.0.0.1:${address.port}/graphql`

function client(key = on.key): Client {
  const made = createClient({
    url: socketUrl(),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
  })
  clients.push(made)
  return made
}

async function* batches(of: Client, runId: string, after = 0): AsyncGenerator<Batch> {
  for await (const result of of.iterate<{ runEvents: Batch }>({ query: follow, variables: { runId, after } })) {
    if (result.errors) throw new Error(JSON.stringify(result.errors))
    if (result.data) yield result.data.runEvents
  }
}

async function newRun(): Promise<string> {
  const project = await on.send<{ createProject: { project: { id: string } } }>(
    `mutation { createProject(input: { name: "p", slug: "p-${Math.random().toString(36).slice(2)}" }) { ... on CreateProjectPayload { project { id } } } }`,
  )
  const { data } = await on.send<{ startRun: { run: { id: string } } }>(
    'mutation($input: StartRunInput!) { startRun(input: $input) { ... on StartRunPayload { run { id } } } }',
    { input: { projectId: project.data.createProject.project.id, workflow: 'simple', variables: { repo: '/r' } } },
  )
  return data.startRun.run.id
}

const by = { actor: { kind: 'engine', id: 'test', name: 'test' } as const }
const pause = (id: string) => on.services.handle.handle(uuidOf('Run', id), { type: 'PauseRun', reason: 'x' }, by)
const resume = (id: string) => on.services.handle.handle(uuidOf('Run', id), { type: 'ResumeRun', reason: 'x' }, by)
const cancel = (id: string) => on.services.handle.handle(uuidOf('Run', id), { type: 'CancelRun', reason: 'x' }, by)
/** Two events each. */
const toggle = async (id: string, times: number) => {
  for (let count = 0; count < times; count++) {
    await pause(id)
    await resume(id)
  }
}

const seqs = (given: readonly Batch[]): number[] => given.flatMap(batch => batch.events.map(event => event.seq))
const upTo = (head: number) => Array.from({ length: head }, (_, index) => index + 1)

describe('run events over WebSocket', () => {
  test('are history, then live, each once and in order, then the end', async () => {
    const id = await newRun()
    await toggle(id, 200)
    const seen: Batch[] = []
    let told = false
    for await (const batch of batches(client(), id)) {
      seen.push(batch)
      if (batch.status === 'LIVE' && !told) {
        told = true
        void toggle(id, 20).then(() => cancel(id))
      }
    }
    const head = (await on.services.handle.load(uuidOf('Run', id)))?.head ?? 0
    expect(seqs(seen)).toEqual(upTo(head))
    expect(seen[0]).toMatchObject({
      status: 'CATCHING_UP',
      events: expect.arrayContaining([expect.objectContaining({ __typename: 'TaskPlanned', key: 'first', needs: [] })]),
    })
    expect(seen.at(-1)?.status).toBe('ENDED')
    expect(seen.filter(batch => batch.status === 'ENDED')).toHaveLength(1)
  })

  test('go on after the seq that a client has', async () => {
    const id = await newRun()
    await cancel(id)
    const all: Batch[] = []
    for await (const batch of batches(client(), id)) all.push(batch)
    const head = seqs(all).length
    const rest: Batch[] = []
    for await (const batch of batches(client(), id, head - 2)) rest.push(batch)
    expect(seqs(rest)).toEqual([head - 1, head])
    const nothing: Batch[] = []
    for await (const batch of batches(client(), id, head)) nothing.push(batch)
    expect(nothing).toMatchObject([{ status: 'ENDED', events: [] }])
  })

  test('reach many watchers who came at different times, all of them exactly once', async () => {
    const id = await newRun()
    const writing = toggle(id, 150).then(() => cancel(id))
    const watchers = Array.from({ length: 30 }, async (_, index) => {
      await new Promise(resolve => setTimeout(resolve, index * 15))
      const seen: Batch[] = []
      for await (const batch of batches(client(), id)) seen.push(batch)
      return seqs(seen)
    })
    await writing
    const head = (await on.services.handle.load(uuidOf('Run', id)))?.head ?? 0
    for (const seen of await Promise.all(watchers)) expect(seen).toEqual(upTo(head))
  })

  test('that nobody has are said to be none, with the head, as a heartbeat', async () => {
    const id = await newRun()
    const beats: Batch[] = []
    for await (const batch of batches(client(), id)) {
      if (batch.events.length === 0) beats.push(batch)
      if (beats.length === 3) break
    }
    expect(beats.at(-1)).toMatchObject({ status: 'LIVE', events: [], head: 5 })
  })

  test.each([
    ['a run that does not exist', { runId: 'run_00000000000000000000000000000000' }, 'NOT_FOUND'],
    ['what is no id', { runId: 'x' }, 'BAD_INPUT'],
    ['a negative seq', { after: -1 }, 'BAD_INPUT'],
    ['a seq beyond the head', { after: 99 }, 'BAD_INPUT'],
  ])('of %s are refused', async (_, change, code) => {
    const variables = { runId: await newRun(), after: 0, ...change }
    const iterator = client().iterate({ query: follow, variables })
    const first = await iterator.next()
    expect(first.value).toMatchObject({ errors: [{ extensions: { code } }] })
    expect((await iterator.next()).done).toBe(true)
  })

  test('of another organisation are not there', async () => {
    const id = await newRun()
    const stranger = '0199c1d2-0000-7000-8000-000000000002'
    await on.sql`insert into organisations (id, name) values (${stranger}, 'Other')`
    const theirs = await on.keys.create({ organisationId: stranger, name: 'theirs', expiresAt: null })
    const first = await client(theirs)
      .iterate({ query: follow, variables: { runId: id } })
      .next()
    expect(first.value).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
  })

  test('stop at once when a client leaves, and nothing is left over', async () => {
    const id = await newRun()
    const iterator = batches(client(), id)
    await iterator.next()
    await iterator.return(undefined)
    await expect.poll(() => on.services.followers.state()).toEqual({ runs: 0, consumers: 0 })
  })
})

test('run events over server-sent events are the same', async () => {
  const id = await newRun()
  await toggle(id, 5)
  const sse = createSseClient({
    url: `${address.url}/graphql`,
    headers: { authorization: `Bearer ${on.key}` },
    retryAttempts: 0,
  })
  const seen: Batch[] = []
  let cancelled = false
  for await (const result of sse.iterate<{ runEvents: Batch }>({ query: follow, variables: { runId: id, after: 3 } })) {
    if (result.data) seen.push(result.data.runEvents)
    if (!cancelled) {
      cancelled = true
      void cancel(id)
    }
  }
  const head = (await on.services.handle.load(uuidOf('Run', id)))?.head ?? 0
  expect(seqs(seen)).toEqual(upTo(head).slice(3))
  expect(seen.at(-1)?.status).toBe('ENDED')
  sse.dispose()
  await expect.poll(() => on.services.followers.state().consumers).toBe(0)
})

test('lists hear of runs that began and changed, as they are then', async () => {
  const id = await newRun()
  const iterator = client().iterate<{ runsChanged: { reload: boolean; runs: { id: string; status: string }[] } }>({
    query: 'subscription { runsChanged { reload runs { id status } } }',
  })
  expect((await iterator.next()).value.data.runsChanged).toEqual({ reload: true, runs: [] })
  for (const [change, status] of [
    [pause, 'PAUSED'],
    [resume, 'PENDING'],
    [cancel, 'CANCELLED'],
  ] as const) {
    await change(id)
    expect((await iterator.next()).value.data.runsChanged).toEqual({ reload: false, runs: [{ id, status }] })
  }
  await iterator.return?.()
})

test('the output of a task is what is kept, then what comes, over its claims, until it has ended', async () => {
  const id = await newRun()
  const runId = uuidOf('Run', id)
  const { handle, liveOutput } = on.services
  const first = { runId, taskIndex: 0, epoch: 1 }
  await handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
  liveOutput.write(first, 'so far ')
  await new Promise(resolve => setTimeout(resolve, 200))
  const iterator = client().iterate<{ taskOutput: { epoch: number; offset: number; text: string; end: boolean } }>({
    query: 'subscription($runId: ID!) { taskOutput(runId: $runId, taskIndex: 0) { epoch offset text end } }',
    variables: { runId: id },
  })
  const chunks: { epoch: number; text: string }[] = []
  const reading = (async () => {
    for await (const { data } of { [Symbol.asyncIterator]: () => iterator }) if (data) chunks.push(data.taskOutput)
  })()
  await expect.poll(() => chunks.map(chunk => chunk.text).join('')).toBe('so far ')
  liveOutput.write(first, 'and on')
  await expect.poll(() => chunks.map(chunk => chunk.text).join('')).toBe('so far and on')
  // The first worker dies; the second begins anew.
  await handle.handle(runId, { type: 'ExpireLease', taskIndex: 0, epoch: 1 }, by)
  await handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 2, worker: 'v' }, by)
  liveOutput.write({ ...first, epoch: 2 }, 'again')
  await expect
    .poll(() =>
      chunks
        .filter(chunk => chunk.epoch === 2)
        .map(chunk => chunk.text)
        .join(''),
    )
    .toBe('again')
  await liveOutput.end({ ...first, epoch: 2 })
  await handle.handle(runId, { type: 'FinishTask', taskIndex: 0, epoch: 2, output: null, artifacts: [] }, by)
  await reading
})

test('the feed of a project brings the events of all its runs, and goes on after a cursor', async () => {
  type Feed = { events: { runId: string; seq: number; type: string }[]; cursor: string }
  const made = await on.send<{ createProject: { project: { id: string } } }>(
    'mutation { createProject(input: { name: "feed" }) { ... on CreateProjectPayload { project { id } } } }',
  )
  const projectId = made.data.createProject.project.id
  const start = async () =>
    (
      await on.send<{ startRun: { run: { id: string } } }>(
        'mutation($input: StartRunInput!) { startRun(input: $input) { ... on StartRunPayload { run { id } } } }',
        { input: { projectId, workflow: 'simple', variables: { repo: '/r' } } },
      )
    ).data.startRun.run.id
  const feed = (after: string | null) =>
    client().iterate<{ projectFeed: Feed }>({
      query:
        'subscription($projectId: ID!, $after: String) { projectFeed(projectId: $projectId, after: $after) { cursor events { runId seq type } } }',
      variables: { projectId, after },
    })
  const read = async (stream: ReturnType<typeof feed>, wanted: number) => {
    const events: string[] = []
    let cursor = ''
    while (events.length < wanted) {
      const { value } = await stream.next()
      cursor = value.data.projectFeed.cursor
      events.push(...(value.data.projectFeed as Feed).events.map(event => `${event.runId} ${event.seq}`))
    }
    await stream.return?.()
    return { events, cursor }
  }
  const runs = [await start()]
  const reading = read(feed(null), 10)
  runs.push(await start())
  const first = await reading
  expect(first.events).toEqual(runs.flatMap(id => upTo(5).map(seq => `${id} ${seq}`)))
  await cancel(runs[0] ?? '')
  const second = await read(feed(first.cursor), 4)
  expect(second.events).toEqual([6, 7, 8, 9].map(seq => `${runs[0]} ${seq}`))
  const wrong = await feed('nonsense').next()
  expect(wrong.value).toMatchObject({ errors: [{ extensions: { code: 'BAD_INPUT' } }] })
})

test('an event of a newer version is shown as it was stored, in lists and live, and the others go on', async () => {
  const id = await newRun()
  const runId = uuidOf('Run', id)
  await on.sql.begin(async sql => {
    await sql`
      insert into events (run_id, seq, organisation_id, project_id, type, v, data, actor, correlation_id, at)
      select run_id, 6, organisation_id, project_id, 'TaskTeleported', 1, '{"taskIndex": 0, "to": "mars"}', actor, correlation_id, now()
      from events where run_id = ${runId} and seq = 5`
    await sql`update runs set head = 6 where id = ${runId}`
  })
  const unknown = {
    __typename: 'UnknownEvent',
    type: 'TaskTeleported',
    seq: 6,
    taskIndex: 0,
    data: { taskIndex: 0, to: 'mars' },
  }
  const { data } = await on.send<{ run: { events: { nodes: object[] } } }>(
    'query($id: ID!) { run(id: $id) { events(last: 2) { nodes { __typename type seq taskIndex data } } } }',
    { id },
  )
  expect(data.run.events.nodes).toMatchObject([{ __typename: 'TaskReady' }, unknown])
  const seen: Batch[] = []
  for await (const batch of batches(client(), id)) {
    seen.push(batch)
    if (batch.status === 'LIVE') break
  }
  expect(seqs(seen)).toEqual(upTo(6))
  expect(seen.flatMap(batch => batch.events).at(-1)).toMatchObject({
    __typename: 'UnknownEvent',
    type: 'TaskTeleported',
  })
  const stuck = await on.send<{ cancelRun: object }>(
    'mutation($id: ID!) { cancelRun(input: { runId: $id }) { __typename } }',
    { id },
  )
  expect(stuck.data.cancelRun).toEqual({ __typename: 'UpgradeRequired' })
})
