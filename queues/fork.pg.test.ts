/** Forks of runs that were really done: nothing that is recorded is done again, and all that is left is. */
import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createBlobStore } from '../db/blobs.ts'
import { createLedger } from '../db/ledger.ts'
import { step, tester, workflowOf } from '../db/rig.ts'
import { yesOrNo } from '../domain/approval.ts'
import { choose } from '../domain/choose.ts'
import type { Agent, TaskContext, TaskResult } from '../domain/ports.ts'
import { balanced } from '../domain/routing.ts'
import type { RecordedEvent } from '../domain/run/events.ts'
import { isRunEnded, type Run } from '../domain/run/state.ts'
import { createEngineRig, type EngineRig, type Script } from './engine-rig.ts'
import type { ModelGateway } from './model-gateway.ts'
import { replayRun } from './replay/replay-run.ts'

let rig: EngineRig
afterEach(() => rig.close())

/** What happened outside, in order: calls of tools and models that were really made. */
let effects: string[] = []

const by = { actor: tester }
const ended = (run: Run) => isRunEnded(run.status)
const okay = (output: object): TaskResult => ({ ok: true, output: output as never, artifacts: [] })

const effect = (context: TaskContext, name: string) =>
  context.journal('work', name, async () => {
    effects.push(name)
    return { output: { name } }
  })

const think = (context: TaskContext, text: string) =>
  context.model({
    purpose: text,
    request: {
      system: `You think.${(context.adjustments?.prompts ?? []).map(one => ` ${one.text}`).join('')}`,
      messages: [{ role: 'user', content: [{ type: 'text', text }] }],
      tools: [],
      toolChoice: 'auto',
      maxOutputTokens: 100,
      thinking: 'off',
      temperature: null,
      outputSchema: null,
    },
    needs: { abilities: {}, capabilities: {}, allowed: null, avoid: [], preferred: [] },
  })

/** Finds a list, with a model and a tool in turns. */
const finder: Script = async context => {
  await think(context, 'model: find 1')
  await effect(context, 'find 1')
  await think(context, 'model: find 2')
  await effect(context, 'find 2')
  return { ...okay({ items: ['x', 'y', 'z'] }), artifacts: [notes('found')] } as TaskResult
}
const notes = (body: string) => ({ kind: 'Markdown' as const, title: 'Notes', mediaType: 'text/markdown', body })

const element: Script = async context => {
  for (const number of [1, 2]) await effect(context, `${context.item} ${number}`)
  return okay({})
}

/** Asks a person in the middle. */
const asker: Script = async context => {
  await effect(context, 'before the question')
  const { answer } = await context.ask({
    kind: 'question',
    title: 'Which way?',
    body: '',
    fields: yesOrNo,
    timeoutMs: null,
    onDeadline: 'deny',
    quorum: 1,
    facts: null,
    subject: null,
  })
  await effect(context, 'after the question')
  return okay({ answer })
}

const ender: Script = async context => {
  await effect(context, 'end')
  return okay({ artifacts: (await context.artifacts()).length })
}

const agents = { 'test.find': finder, 'test.each': element, 'test.ask': asker, 'test.agent': ender }
const inner = workflowOf([step('ask', { agent: 'test.ask' })], { name: 'inner' })
const steps = [
  step('find', { agent: 'test.find' }),
  step('each', { agent: 'test.each', needs: ['find'], forEach: 'tasks.find.output.items' }),
  step('inner', { workflow: 'inner', needs: ['find'] }),
  step('end', { needs: ['each', 'inner'] }),
]
const all = [
  ...['model: find 1', 'find 1', 'model: find 2', 'find 2'],
  ...['x 1', 'x 2', 'y 1', 'y 2', 'z 1', 'z 2'],
  ...['before the question', 'after the question', 'end'],
]

const gateway: ModelGateway = {
  list: () =>
    ['one', 'two'].map(name => ({
      model: {
        id: `stub/${name}`,
        provider: 'stub',
        name,
        contextTokens: 100_000,
        maxOutputTokens: 4_000,
        abilities: { tools: true, vision: false, thinking: false, structuredOutput: false },
        capabilities: {},
        maxConcurrent: 8,
        latencySeconds: 1,
      },
      usable: true,
      breaker: 'closed' as const,
      inFlight: 0,
      latencySeconds: 1,
      simulated: false,
    })),
  async call(model, { messages, system }) {
    effects.push(`model: ${/find \d/.exec(JSON.stringify(messages))?.[0]}`)
    const usage = { input: 100, cacheRead: 0, cacheWrite: 0, output: 50, reasoning: 0 }
    return { ok: true, reply: { content: [{ type: 'text', text: system }], stopReason: 'end', model }, usage }
  },
  countTokens: async () => 100,
  nextTry: () => null,
  price: () => 150,
  worstCase: () => 300,
  missing: () => '',
}

async function engine(): Promise<void> {
  effects = []
  rig = await createEngineRig({ leaseMs: 5_000, agents, workflows: [inner] })
  rig.addLoop({ intervalMs: 200 })
  const models = { gateway, ledger: createLedger({ sql: rig.sql }), choose, preference: balanced }
  for (let worker = 0; worker < 2; worker++) await rig.addWorker({ models })
}

/** The run at its end. Whatever is asked meanwhile, of it or of its sub-runs, is answered with yes. */
async function carriedOut(runId: string): Promise<Run> {
  await vi.waitFor(
    async () => {
      const open = await rig.sql<{ id: string; runId: string }[]>`
        select id, run_id as "runId" from approvals where status = 'OPEN'
          and run_id in (select id from runs where id = ${runId} or parent_run_id = ${runId})`
      for (const { id: approvalId, runId: asking } of open)
        await rig.handle.handle(asking, { type: 'AnswerApproval', approvalId, answer: { approve: true } }, by)
      const run = await rig.handle.load(runId)
      if (run === null || !ended(run)) throw new Error(`${run?.status} after ${rig.reports.join('; ')}`)
    },
    { timeout: 120_000, interval: 50 },
  )
  const run = await rig.handle.load(runId)
  if (run === null) throw new Error('unreachable')
  return run
}

const fork = (fromRunId: string, atSeq: number, extra: object = {}): Promise<Run> =>
  rig.forks.fork(
    { forkRunId: randomUUID(), fromRunId, atSeq, changes: {}, agents: [], reason: '', parent: null, ...extra },
    by,
  )

/** What is recorded in a run and its sub-runs, and how much of that they have from other runs. */
async function recordedIn(runId: string): Promise<{ inherited: string[]; own: string[] }> {
  const rows = await rig.sql<{ name: string; inherited: boolean }[]>`
    select coalesce(data -> 'output' ->> 'name', 'model: ' || (
        select regexp_replace(data ->> 'purpose', '^model: ', '') from events begun where begun.run_id = events.run_id
          and begun.type = 'ModelCallStarted' and begun.seq < events.seq order by seq desc limit 1)) as name,
      (seq <= coalesce(forked_at_seq, 0) or (runs.id <> ${runId} and parent_run_id <> ${runId})) as inherited
    from events join runs on runs.id = run_id
    where (runs.id = ${runId} or runs.id in (select child_run_id from tasks where run_id = ${runId}))
      and (type = 'ModelCallFinished' or (type = 'ToolCallFinished' and data ->> 'tool' = 'work'))`
  const named = (inherited: boolean) => rows.filter(row => row.inherited === inherited).map(row => row.name)
  return { inherited: named(true), own: named(false) }
}

const rowsOf = async (runId: string) =>
  (
    await rig.sql<{ row: string }[]>`
      select (select jsonb_agg(to_jsonb(events) order by seq) from events where run_id = ${runId})::text
        || (select jsonb_agg(to_jsonb(tasks) order by index) from tasks where run_id = ${runId})::text
        || (select to_jsonb(runs) from runs where id = ${runId})::text as row`
  )[0]?.row

const replayed = async (runId: string) => {
  const byName = new Map(
    Object.entries(agents).map(([name, run]): [string, Agent] => [
      name,
      { name, title: name, description: '', capabilities: [], workerClass: 'light', produces: [], run },
    ]),
  )
  const before = effects.length
  const replay = await replayRun({ sql: rig.sql, agents: byName, blobsFor: id => createBlobStore(rig.sql, id) }, runId)
  expect(effects.length).toBe(before)
  return replay
}

const seqOf = (events: readonly RecordedEvent[], found: (event: RecordedEvent) => boolean): number =>
  events.find(found)?.seq ?? 0

describe('a run with models, a fan-out, a sub-run and a question', () => {
  test('can be forked at any of its events, and nothing that is recorded there is done again', async () => {
    await engine()
    const runId = await rig.start(steps)
    const parent = await carriedOut(runId)
    expect(parent.status).toBe('SUCCEEDED')
    expect([...effects].sort()).toEqual([...all].sort())
    const before = await rowsOf(runId)
    const events = await rig.store.read(runId, 0, 10_000)
    const moments = [
      1,
      seqOf(events, one => one.type === 'TaskClaimed'),
      seqOf(events, one => one.type === 'ModelCallStarted'),
      seqOf(events, one => one.type === 'ToolCallFinished'),
      seqOf(events, one => one.type === 'TaskExpanded'),
      seqOf(events, one => one.type === 'ChildRunStarted'),
      seqOf(events, one => one.type === 'TaskSucceeded' && one.data.taskIndex > 3),
      seqOf(events, one => one.type === 'TaskClaimed' && one.data.taskIndex === 3),
    ]
    expect(moments.every(seq => seq > 0)).toBe(true)

    for (const atSeq of moments) {
      effects = []
      const { id } = await fork(runId, atSeq)
      const run = await carriedOut(id)
      expect(run.status, `forked at ${atSeq}`).toBe('SUCCEEDED')
      const { inherited, own } = await recordedIn(id)
      expect([...effects].sort(), `forked at ${atSeq}`).toEqual(own.sort())
      // What a fork does not have from the run it did itself, once, and between them they are all that there is to do.
      expect([...inherited, ...own].sort(), `forked at ${atSeq}`).toEqual([...all].sort())
      expect(await replayed(id), `forked at ${atSeq}`).toMatchObject({ divergence: null, unchecked: [] })
    }
    expect(await rowsOf(runId)).toBe(before)
  }, 300_000)

  test('can be forked while it waits for a person, and is asked in both', async () => {
    await engine()
    const runId = await rig.start(steps)
    const parent = await rig.until(runId, run => run.tasks[2]?.childRunId != null, 60_000)
    const childId = parent.tasks[2]?.childRunId ?? ''
    await rig.until(childId, run => run.openApprovals > 0, 60_000)
    const { head } = (await rig.handle.load(runId)) as Run
    effects = []

    const forked = await fork(runId, head)
    const [, , run] = (await rig.until(forked.id, one => one.tasks[2]?.childRunId != null, 60_000)).tasks
    const child = await rig.until(run?.childRunId ?? '', one => one.openApprovals > 0, 60_000)
    expect(child).toMatchObject({ parentRunId: forked.id, depth: 1, forkedFrom: { runId: childId } })
    const open = child.approvals.filter(one => one.status === 'OPEN')
    expect(open.map(one => one.id)).not.toContain((await rig.handle.load(childId))?.approvals[0]?.id)

    expect((await carriedOut(forked.id)).status).toBe('SUCCEEDED')
    expect(effects).not.toContain('before the question')
    expect((await rig.handle.load(childId))?.openApprovals).toBe(1)
    expect((await carriedOut(runId)).status).toBe('SUCCEEDED')
    expect(await replayed(child.id)).toMatchObject({ divergence: null, unchecked: [] })
  }, 120_000)
})

test('a fork of a fork does what neither has done, and its replay is identical', async () => {
  await engine()
  const runId = await rig.start(steps)
  await carriedOut(runId)
  const events = await rig.store.read(runId, 0, 10_000)
  const first = await fork(
    runId,
    seqOf(events, one => one.type === 'ToolCallFinished'),
  )
  await carriedOut(first.id)
  const own = await rig.store.read(first.id, first.forkedFrom?.seq ?? 0, 10_000)
  effects = []
  const second = await fork(
    first.id,
    seqOf(own, one => one.type === 'ToolCallFinished'),
  )
  const run = await carriedOut(second.id)
  expect(run.status).toBe('SUCCEEDED')
  expect(effects).not.toContain('find 1')
  expect(effects).not.toContain('find 2')
  expect(await replayed(second.id)).toMatchObject({ divergence: null, unchecked: [] })
  const rows = await rig.sql<{ id: string }[]>`select id from artifacts where run_id = ${run.id} order by seq`
  expect(rows.map(row => row.id)).toEqual(run.artifacts.map(one => one.id))
}, 120_000)

test('changed words reach the model, of tasks to come and of those that begin anew', async () => {
  await engine()
  const runId = await rig.start(steps)
  await carriedOut(runId)
  const events = await rig.store.read(runId, 0, 10_000)
  const at = seqOf(events, one => one.type === 'ToolCallFinished')
  effects = []
  const prompts = [{ role: 'test.find', text: 'Think twice.', replaces: false }]
  const changes = { prompts, allowedModels: ['stub/two'] }
  const forked = await fork(runId, at, { changes, agents: ['test.find'] })
  await carriedOut(forked.id)
  expect(effects.slice(0, 4)).toEqual(['model: find 1', 'find 1', 'model: find 2', 'find 2'])
  const own = (await rig.store.read(forked.id, at, 10_000)).filter(one => one.type === 'ModelCallFinished')
  expect(own).toHaveLength(2)
  for (const { data } of own)
    expect(data).toMatchObject({
      model: 'stub/two',
      attempt: 2,
      output: { content: [{ text: 'You think. Think twice.' }] },
    })
  expect(await replayed(forked.id)).toMatchObject({ divergence: null, unchecked: [] })
}, 120_000)

test('what a fork spends is charged to it alone', async () => {
  await engine()
  const runId = await rig.start(steps)
  await carriedOut(runId)
  const spent = async (id: string) =>
    (
      await rig.sql<{ spent: number }[]>`
      select spent_micros::int as spent from budgets where kind = 'run' and id = ${id}`
    )[0]?.spent ?? 0
  const before = await spent(runId)
  expect(before).toBe(300)
  const events = await rig.store.read(runId, 0, 10_000)
  const forked = await fork(
    runId,
    seqOf(events, one => one.type === 'ToolCallFinished'),
  )
  const run = await carriedOut(forked.id)
  expect([await spent(runId), await spent(forked.id)]).toEqual([300, 150])
  expect(run).toMatchObject({ spentMicros: 150, inheritedMicros: 150 })
}, 120_000)

/** Opens when it is told to, for whoever waits by then or later. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { open, opened }
}

test('work that was handed over is not handed over twice, and a message is read once', async () => {
  effects = []
  const helped = gate()
  const giver: Script = async context => {
    await context.send({ to: 'test.help', priority: 0, body: 'hello' })
    await effect(context, 'before')
    const packet = { constraints: [], artifactIds: [], carried: null, dropped: [], timeoutMs: 60_000 }
    const outcome = await context.handOff({ agent: 'test.help', goal: 'help', ...packet })
    await effect(context, 'after')
    return okay({ outcome: outcome.outcome })
  }
  const helper: Script = async context => {
    const heard = await context.receive()
    await effect(context, `help, having heard ${heard.length}`)
    await helped.opened
    return okay({})
  }
  rig = await createEngineRig({ agents: { 'test.agent': giver, 'test.help': helper } })
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  const runId = await rig.start([step('give')])
  await rig.until(runId, run => (run.tasks[1]?.calls ?? 0) === 2, 60_000)
  const { head } = (await rig.handle.load(runId)) as Run
  effects = []
  const forked = await fork(runId, head)
  helped.open()
  const run = await carriedOut(forked.id)
  await carriedOut(runId)
  expect(run).toMatchObject({ status: 'SUCCEEDED', tasks: [{ output: { outcome: 'done' } }, { status: 'SUCCEEDED' }] })
  expect(effects.sort()).toEqual(['after', 'after'])
  const types = (await rig.store.read(forked.id, 0, 1_000)).map(event => event.type)
  expect(types.filter(type => type === 'HandoffOffered')).toHaveLength(1)
  expect(types.filter(type => type === 'MessageSent')).toHaveLength(1)
  expect(types.filter(type => type === 'MessageHandled')).toHaveLength(1)

  // Sent and not yet recorded: the fork sends it no second time.
  const events = await rig.store.read(runId, 0, 1_000)
  const sent = await fork(
    runId,
    seqOf(events, event => event.type === 'MessageSent'),
  )
  await carriedOut(sent.id)
  const own = (await rig.store.read(sent.id, 0, 1_000)).map(event => event.type)
  expect(own.filter(type => type === 'MessageSent')).toHaveLength(1)
  expect(effects.filter(name => name.startsWith('help'))).toEqual(['help, having heard 1'])
}, 120_000)

test('a yes to a tool is asked for again in the fork, and its no counts there', async () => {
  effects = []
  const asking: Script = async context => {
    const { answer } = await context.ask({
      kind: 'tool',
      title: 'May fetch be used?',
      body: '',
      fields: yesOrNo,
      timeoutMs: null,
      onDeadline: 'deny',
      quorum: 1,
      facts: null,
      subject: 'fetch',
    })
    if (answer.approve === true) await effect(context, 'fetched')
    return okay({ answer })
  }
  rig = await createEngineRig({ agents: { 'test.agent': asking } })
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  const runId = await rig.start([step('one')])
  const { status } = await carriedOut(runId)
  expect([status, effects]).toEqual(['SUCCEEDED', ['fetched']])
  const events = await rig.store.read(runId, 0, 1_000)
  const recorded = seqOf(events, one => one.type === 'ToolCallFinished' && one.data.tool === 'ask')
  const forked = await fork(runId, recorded)
  expect(forked.tasks[0]).toMatchObject({ status: 'READY', calls: 0 })
  const asked = await rig.until(forked.id, run => run.openApprovals === 1, 60_000)
  const approvalId = asked.approvals.at(-1)?.id ?? ''
  await rig.handle.handle(forked.id, { type: 'AnswerApproval', approvalId, answer: { approve: false } }, by)
  const run = await rig.until(forked.id, ended, 60_000)
  expect(run.tasks[0]?.output).toEqual({ answer: { approve: false } })
  expect(effects).toEqual(['fetched'])
}, 120_000)

test('runs within runs within runs are forked all the way down, each where it stood', async () => {
  effects = []
  const middle = workflowOf([step('deeper', { workflow: 'inner' }), step('then', { needs: ['deeper'] })], {
    name: 'middle',
  })
  rig = await createEngineRig({ agents, workflows: [inner, middle] })
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  const runId = await rig.start([step('deep', { workflow: 'middle' })])
  const below = async (id: string): Promise<Run> => {
    const { tasks } = await rig.until(id, run => run.tasks[0]?.childRunId != null, 60_000)
    return rig.until(tasks[0]?.childRunId ?? '', () => true, 60_000)
  }
  const deepest = async (id: string) => below((await below(id)).id)
  const asking = await deepest(runId)
  await rig.until(asking.id, run => run.openApprovals === 1, 60_000)
  expect(effects).toEqual(['before the question'])

  const forked = await fork(runId, ((await rig.handle.load(runId)) as Run).head)
  const second = await deepest(forked.id)
  expect(second).toMatchObject({ depth: 2, forkedFrom: { runId: asking.id } })
  const { approvals } = await rig.until(second.id, run => run.openApprovals === 1, 60_000)
  const approvalId = approvals.at(-1)?.id ?? ''
  await rig.handle.handle(second.id, { type: 'AnswerApproval', approvalId, answer: { approve: true } }, by)
  expect((await rig.until(forked.id, ended, 60_000)).status).toBe('SUCCEEDED')
  expect(effects).toEqual(['before the question', 'after the question', 'end'])
  expect((await rig.handle.load(runId))?.status).toBe('RUNNING')
  expect(await replayed(second.id)).toMatchObject({ divergence: null, unchecked: [] })
}, 120_000)
