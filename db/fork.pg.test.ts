/** Forks on a real Postgres: what is copied, what is decided anew, and what is left alone. */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StoredArtifact } from '../domain/run/commands.ts'
import { fold, type Run } from '../domain/run/state.ts'
import { createFeed } from './feed.ts'
import { createForks, type ForkRequest } from './fork.ts'
import { recordedCalls } from './journal.ts'
import { createRig, type Rig, step, tester, workflowOf } from './rig.ts'
import type { Committed } from './store.ts'
import { forTenant } from './tenancy.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

let rig: Rig
const rung: Committed[] = []
beforeAll(async () => {
  rig = await createRig()
})
afterAll(() => rig.close())

const by = { actor: tester }
const forks = (extra = {}) =>
  createForks({ sql: rig.sql, store: rig.store, onCommitted: changes => rung.push(...changes), ...extra })

const fork = (fromRunId: string, atSeq: number, extra: Partial<ForkRequest> = {}): Promise<Run> =>
  forks().fork(
    { forkRunId: randomUUID(), fromRunId, atSeq, changes: {}, agents: [], reason: '', parent: null, ...extra },
    by,
  )

const claim = (runId: string, taskIndex: number, epoch: number) =>
  rig.handle.handle(runId, { type: 'ClaimTask', taskIndex, epoch, worker: 'w' }, by)
const finish = (
  runId: string,
  taskIndex: number,
  epoch: number,
  output = {},
  artifacts: readonly StoredArtifact[] = [],
) => rig.handle.handle(runId, { type: 'FinishTask', taskIndex, epoch, output, artifacts }, by)
const tool = (
  runId: string,
  taskIndex: number,
  epoch: number,
  call: number,
  name = 'look',
  output: object = { call },
) => {
  const result = { output: output as never, exitCode: null, durationMs: 1, outputHash: null, treeHash: null }
  return rig.handle.handle(runId, { type: 'FinishToolCall', taskIndex, epoch, call, tool: name, ...result }, by)
}

/** Every row of a run as text, but for those columns that say which run and when they were written. */
const rowsOf = async (runId: string, upTo = 2 ** 31 - 1) =>
  (
    await rig.sql<{ row: string }[]>`
      select (to_jsonb(events) - 'run_id' - 'transaction')::text as row from events where run_id = ${runId} and seq <= ${upTo} order by seq`
  ).map(({ row }) => row)

test('has the events of the other run, byte for byte, and goes on with what had begun', async () => {
  const runId = await rig.start([step('one'), step('two', { needs: ['one'] })])
  await claim(runId, 0, 1)
  await tool(runId, 0, 1, 0)
  const { run: parent } = await tool(runId, 0, 1, 1)
  const before = await rowsOf(runId)

  const forked = await fork(runId, parent.head)

  expect(await rowsOf(forked.id, parent.head)).toEqual(before)
  expect(await rowsOf(runId)).toEqual(before)
  expect((await rig.store.read(forked.id, parent.head, 9)).map(one => one.type)).toEqual(['RunForked', 'TaskReady'])
  expect(forked).toMatchObject({
    id: forked.id,
    forkedFrom: { runId, seq: parent.head },
    tasks: [{ status: 'READY', attempt: 1, epoch: 1, calls: 2 }, { status: 'PLANNED' }],
  })
  expect(rung.at(-1)).toMatchObject({ runId: forked.id, head: forked.head, due: true })
  const calls = { runId: forked.id, taskIndex: 0, attempt: 1, calls: 2 }
  expect((await recordedCalls(rig.sql, calls)).map(one => one.output)).toEqual([{ call: 0 }, { call: 1 }])
  await claim(forked.id, 0, 2)
  await tool(forked.id, 0, 2, 2)
  await finish(forked.id, 0, 2)
  await claim(forked.id, 1, 1)
  const { run } = await finish(forked.id, 1, 1)
  expect(run.status).toBe('SUCCEEDED')
  expect(await rowsOf(runId)).toEqual(before)
})

const typesAfter = async (runId: string, after: number) =>
  (await rig.store.read(runId, after, 1_000)).map(one => one.type)
const artifact = (title: string) => ({
  artifactId: randomUUID(),
  kind: 'Markdown',
  title,
  mediaType: 'text/markdown',
  size: 1,
  hash: '0'.repeat(64),
})

test('has rows that say what its state says: tasks, artifacts, timers, questions, budget', async () => {
  const runId = await rig.start([step('one'), step('two', { needs: ['one'] }), step('three', { needs: ['two'] })])
  await claim(runId, 0, 1)
  await finish(runId, 0, 1, {}, [artifact('a'), artifact('b')])
  await claim(runId, 1, 1)
  const { run: parent } = await tool(runId, 1, 1, 0)
  const forked = await fork(runId, parent.head, { changes: { budgetMicros: 7_000 } })

  const told = await rig.sql`
    select task_index as index, min(seq) filter (where type = 'TaskPlanned') as planned_seq,
      min(seq) filter (where type = 'TaskReady' and (data ->> 'attempt')::int = (
        select attempt from tasks where run_id = ${forked.id} and index = task_index)) as attempt_seq,
      max(seq) filter (where type = 'TaskSucceeded') as succeeded_seq
    from events where run_id = ${forked.id} and task_index is not null group by 1 order by 1`
  const kept = await rig.sql`
    select index, planned_seq, attempt_seq, succeeded_seq from tasks where run_id = ${forked.id} order by index`
  expect([...kept]).toEqual([...told])

  const made = (id: string) =>
    rig.sql<{ id: string; seq: number; title: string; hash: string; created_at: Date }[]>`
      select id, seq, title, hash, created_at from artifacts where run_id = ${id} order by seq`
  const [inherited, original] = [await made(forked.id), await made(runId)]
  expect(inherited.map(one => one.id)).toEqual(forked.artifacts.map(one => one.id))
  expect(inherited.map(({ id: _, ...one }) => one)).toEqual(original.map(({ id: _, ...one }) => one))
  expect(inherited.map(one => one.id)).not.toEqual(original.map(one => one.id))

  const timers = await rig.sql`select name from timers where run_id = ${forked.id}`
  expect(timers.map(one => one.name)).toEqual(['deadline'])
  expect(await rig.sql`select 1 from leases where run_id = ${forked.id}`).toHaveLength(0)
  const [begun] = await rig.sql<{ startedAt: Date }[]>`
    select started_at as "startedAt" from runs where id = ${forked.id}`
  expect(begun?.startedAt.getTime()).toBe(forked.forkedFrom?.at)
  const [row] = await rig.sql`
    select head, status, forked_from_run_id, forked_at_seq, task_count, tasks_ended, limit_micros::int as limit
    from runs join budgets on kind = 'run' and budgets.id = runs.id::text where runs.id = ${forked.id}`
  expect(row).toEqual({
    head: forked.head,
    status: 'RUNNING',
    forked_from_run_id: runId,
    forked_at_seq: parent.head,
    task_count: 3,
    tasks_ended: 1,
    limit: 7_000,
  })
  expect(await rig.process().handle.load(forked.id)).toEqual(forked)
  expect(await rig.handle.stateAt(forked.id, parent.head)).toEqual({ ...parent, id: forked.id })
})

test('is told in the same order as the run, though it is kept as a state', async () => {
  const runId = await rig.start([step('one'), step('two', { needs: ['one'] })])
  await claim(runId, 0, 1)
  // Longer names before shorter ones, which is not how Postgres would sort them.
  const { run } = await finish(runId, 0, 1, { outcome: 'failed', passed: 1, of: { newest: 1, at: 2 } })
  const forked = await fork(runId, run.head)
  const [kept, folded] = [
    await rig.process().store.snapshot(forked.id, forked.head),
    fold(null, await rig.store.read(forked.id, 0, 1_000)),
  ]
  expect(kept).toEqual(forked)
  expect(JSON.stringify(kept?.tasks[0]?.output)).toBe(JSON.stringify(folded?.tasks[0]?.output))
  expect(JSON.stringify(kept?.tasks[0]?.output)).toBe('{"outcome":"failed","passed":1,"of":{"newest":1,"at":2}}')
})

test('never cuts a plan in two', async () => {
  const runId = await rig.start([step('one'), step('two'), step('three')])
  const forked = await fork(runId, 2)
  expect(forked.forkedFrom?.seq).toBe(4)
  expect(forked.tasks).toHaveLength(3)
  const mapped = await rig.start([step('find'), step('each', { needs: ['find'], forEach: 'tasks.find.output.items' })])
  await claim(mapped, 0, 1)
  const { events } = await finish(mapped, 0, 1, { items: [1, 2, 3] })
  const expanded = events.find(one => one.type === 'TaskExpanded')?.seq ?? 0
  for (const atSeq of [expanded, expanded + 1, expanded + 3])
    expect((await fork(mapped, atSeq)).tasks.filter(task => task.status === 'READY')).toHaveLength(3)
  const refusing = await rig.start([step('one')])
  await claim(refusing, 0, 1)
  const offer = { type: 'OfferHandoff' as const, taskIndex: 0, epoch: 1, call: 0, handoffId: randomUUID() }
  const nobody = { agent: 'nobody', known: false, workerClass: 'light', title: 'Help', goal: 'help' }
  const { run } = await rig.handle.handle(
    refusing,
    { ...offer, ...nobody, packet: null, input: null, timeoutMs: 1_000 },
    by,
  )
  expect((await fork(refusing, run.head - 1)).forkedFrom?.seq).toBe(run.head)
  // Before it was expanded, it is expanded by the fork.
  expect(await typesAfter((await fork(mapped, expanded - 1)).id, expanded)).toContain('TaskExpanded')
})

test('knows of a task that was a run where that stood at the same time', async () => {
  const runId = await rig.start([step('nested', { workflow: 'inner' })])
  const childRunId = randomUUID()
  await rig.handle.handle(runId, { type: 'StartChild', taskIndex: 0, epoch: 1, childRunId }, by)
  const child = {
    organisationId: rig.organisationId,
    projectId: rig.projectId,
    title: 'Inner',
    variables: {},
    priority: 0,
  }
  const part = { maxParallel: null, timeoutMs: null, parent: { runId, taskIndex: 0, depth: 0 } }
  await rig.handle.handle(childRunId, { type: 'StartRun', workflow: workflowOf([step('one')]), ...child, ...part }, by)
  const { run: stood } = await claim(childRunId, 0, 1)
  await sleep(20)
  const { run: paused } = await rig.handle.handle(runId, { type: 'PauseRun', reason: '' }, by)
  await sleep(20)
  const { run: newer } = await tool(childRunId, 0, 1, 0)
  const { run: resumed } = await rig.handle.handle(runId, { type: 'ResumeRun', reason: '' }, by)
  await sleep(20)
  const { run: newest } = await tool(childRunId, 0, 1, 1)
  expect([newer.head, newest.head]).toEqual([stood.head + 1, stood.head + 2])

  const [then] = (await fork(runId, paused.head)).tasks
  expect(then).toMatchObject({ status: 'READY', childFrom: { runId: childRunId, seq: stood.head } })
  // The newest event of a run lasts until now.
  const [now] = (await fork(runId, resumed.head)).tasks
  expect(now?.childFrom).toMatchObject({ runId: childRunId, seq: newest.head })
  // What a fork goes on with has the time of the moment, and not of the event that it stood at.
  const at = then?.childFrom?.at ?? 0
  expect((await rig.store.read(runId, paused.head - 1, 1))[0]?.at).toBe(at)
})

test('refuses what there is not', async () => {
  const runId = await rig.start([step('one')])
  const refusals: [string, number, string][] = [
    [runId, 0, 'BAD_INPUT'],
    [runId, -1, 'BAD_INPUT'],
    [runId, 4, 'BAD_INPUT'],
    [runId, 2 ** 40, 'BAD_INPUT'],
    [randomUUID(), 1, 'NOT_FOUND'],
  ]
  for (const [id, atSeq, code] of refusals) await expect(fork(id, atSeq)).rejects.toMatchObject({ code })
  await claim(runId, 0, 1)
  const { run } = await finish(runId, 0, 1)
  await expect(fork(runId, run.head)).rejects.toMatchObject({
    code: 'CONFLICT',
    hint: `Fork it at an earlier event: after event ${run.head - 2} something was still to be done.`,
  })
  const long = { prompts: [{ role: 'a', text: 'x'.repeat(20_000), replaces: false }] }
  await expect(fork(runId, 3, { changes: long })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  const [row] = await rig.sql<{ count: number }[]>`
    select count(*)::int as count from runs where forked_from_run_id = ${runId}`
  expect(row?.count).toBe(0)
})

test('is one, however many ask for it at once, and another one for another id', async () => {
  const runId = await rig.start([step('one'), step('two')])
  const forkRunId = randomUUID()
  const same = await Promise.all([1, 2, 3, 4].map(() => fork(runId, 3, { forkRunId })))
  expect(new Set(same.map(run => JSON.stringify(run))).size).toBe(1)
  const others = await Promise.all([1, 2, 3].map(() => fork(runId, 3)))
  expect(new Set(others.map(run => run.id)).size).toBe(3)
  expect(await typesAfter(forkRunId, 3)).toEqual(['RunForked', 'TaskReady', 'TaskReady'])
  expect((await fork(runId, 3, { forkRunId })).head).toBe(same[0]?.head)
})

test('can be begun again and again while the run goes on being written', async () => {
  const runId = await rig.start([step('one')])
  await claim(runId, 0, 1)
  let going = true
  const writing = (async () => {
    for (let call = 0; going || call < 200; call++) await tool(runId, 0, 1, call)
  })()
  for (let turn = 0; turn < 10; turn++) {
    const head = (await rig.store.heads([runId])).get(runId) ?? 0
    const forked = await fork(runId, head)
    expect(forked.tasks[0]).toMatchObject({ status: 'READY', calls: head - 4 })
    expect(await rowsOf(forked.id, head)).toEqual(await rowsOf(runId, head))
  }
  going = false
  await writing
})

test('inherits no yes that nothing was done with yet, and none to publish; an answer stays', async () => {
  const asked = async (kind: 'tool' | 'push' | 'question', later: boolean) => {
    const runId = await rig.start([step('one')])
    await claim(runId, 0, 1)
    await tool(runId, 0, 1, 0)
    const approvalId = randomUUID()
    const question = { kind, title: 'May I?', body: '', fields: [], timeoutMs: null, onDeadline: 'deny' as const }
    await rig.handle.handle(
      runId,
      {
        type: 'RequestApproval',
        taskIndex: 0,
        epoch: 1,
        call: 1,
        approvalId,
        question: { ...question, quorum: 1, facts: null, subject: null },
      },
      by,
    )
    await rig.handle.handle(runId, { type: 'AnswerApproval', approvalId, answer: { approve: true } }, by)
    await claim(runId, 0, 2)
    let { run } = await tool(runId, 0, 2, 1, 'ask', { outcome: 'answered' })
    if (later) run = (await tool(runId, 0, 2, 2)).run
    return (await fork(runId, run.head)).tasks[0]?.calls
  }
  expect(await asked('tool', false)).toBe(1)
  expect(await asked('tool', true)).toBe(3)
  expect(await asked('push', false)).toBe(1)
  expect(await asked('push', true)).toBe(1)
  expect(await asked('question', false)).toBe(2)
  expect(await asked('question', true)).toBe(3)
})

test('counts nothing twice in what is told of agents, models and quality', async () => {
  const name = 'test.counted'
  const runId = await rig.start([step('one', { agent: name }), step('two', { agent: name, needs: ['one'] })])
  await claim(runId, 0, 1)
  const call = { taskIndex: 0, epoch: 1, call: 0, tryIndex: 0, model: 'm/counted', provider: 'm', simulated: false }
  const error = { code: 'UNAVAILABLE' as const, message: '', hint: '', retryable: true }
  const failed = { ...call, costMicros: 0, certainty: 'known' as const, reason: 'OVERLOADED', error, retryInMs: null }
  await rig.handle.handle(runId, { type: 'FailModelCall', ...failed }, by)
  const { run } = await finish(runId, 0, 1, {}, [{ ...artifact('scored'), score: 0.5, scoreParts: [] }])
  const told = async () => {
    const { agents, models, quality } = forTenant(rig.sql, rig.organisationId)
    const since = new Date(0)
    const [figures] = await agents.figures([name], since)
    const failures = (await models.failures(since)).filter(one => one.model === 'm/counted')
    const scored = await quality.scored({ since, projectId: null, kind: null, agent: name, model: null })
    return [
      figures?.ended,
      failures.map(one => one.count),
      scored.length,
      (await agents.recent([name], 9, null)).length,
    ]
  }
  expect(await told()).toEqual([1, [1], 1, 1])
  const forked = await fork(runId, run.head)
  expect(await told()).toEqual([1, [1], 1, 1])
  await claim(forked.id, 1, 1)
  await finish(forked.id, 1, 1)
  expect(await told()).toEqual([2, [1], 1, 2])
})

test('foresees its cost by what it did itself', async () => {
  const runId = await rig.start(
    ['a', 'b', 'c', 'd'].map((key, index, all) => step(key, { needs: all.slice(index - 1, index) })),
  )
  for (const index of [0, 1]) {
    await claim(runId, index, 1)
    await finish(runId, index, 1)
  }
  const { head } = (await rig.handle.load(runId)) as Run
  const forked = await fork(runId, head)
  const { budgets } = forTenant(rig.sql, rig.organisationId)
  const scope = { kind: 'run' as const, id: forked.id }
  expect(await budgets.forecasts([scope])).toEqual([null])
  await claim(forked.id, 2, 1)
  await finish(forked.id, 2, 1)
  await budgets.setLimit(scope, null)
  await rig.sql`update budgets set spent_micros = 100 where kind = 'run' and id = ${forked.id}`
  // One of its two tasks has cost 100; what the run before it did is no part of it.
  expect(await budgets.forecasts([scope])).toEqual([200])
})

test('appears whole in the feed of its project', async () => {
  const runId = await rig.start([step('one')])
  const forked = await fork(runId, 3)
  const seqs: number[] = []
  const feed = createFeed(rig.sql)
  for (let after: string | null = null, more = true; more; ) {
    const page = await feed.read({ organisationId: rig.organisationId, projectId: rig.projectId, after, limit: 500 })
    seqs.push(...page.events.filter(one => one.runId === forked.id).map(one => one.seq))
    more = page.events.length > 0
    after = page.cursor
  }
  expect(seqs).toEqual(Array.from({ length: forked.head }, (_, index) => index + 1))
})

test('is there whole or not at all, when its process is killed in the middle', async () => {
  const runId = await rig.start([step('one'), step('two')])
  const forkRunId = randomUUID()
  const request = { forkRunId, fromRunId: runId, atSeq: 3, changes: {}, agents: [], reason: '', parent: null }
  const dying = (point: string) => `
    import { connect } from './db/connect.ts'
    import { createPostgresStore } from './db/events.ts'
    import { createForks } from './db/fork.ts'
    const sql = connect(${JSON.stringify(rig.url)})
    const crashAt = point => point === '${point}' && process.kill(process.pid, 'SIGKILL')
    const forks = createForks({ sql, store: createPostgresStore(sql), onCommitted: () => {}, crashAt })
    await forks.fork(${JSON.stringify(request)}, { actor: ${JSON.stringify(tester)} })`
  const run = (point: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', dying(point)], { cwd: root })
  const rows = async () =>
    (
      await rig.sql<{ count: number }[]>`
        select (select count(*) from runs where id = ${forkRunId})::int + (select count(*) from events where run_id = ${forkRunId})::int
          + (select count(*) from tasks where run_id = ${forkRunId})::int + (select count(*) from timers where run_id = ${forkRunId})::int as count`
    )[0]?.count

  expect(run('before-fork-commit').signal).toBe('SIGKILL')
  expect(await rows()).toBe(0)
  expect(run('after-fork-commit').signal).toBe('SIGKILL')
  const whole = await rows()
  expect(whole).toBeGreaterThan(0)
  const forked = await fork(runId, 3, { forkRunId })
  expect(await rows()).toBe(whole)
  expect(await typesAfter(forked.id, 3)).toEqual(['RunForked', 'TaskReady', 'TaskReady'])
}, 60_000)

test('is unavailable while Postgres is, and can be asked for again', async () => {
  const runId = await rig.start([step('one')])
  const { sql, store } = rig.process()
  const forkRunId = randomUUID()
  const request = { forkRunId, fromRunId: runId, atSeq: 3, changes: {}, agents: [], reason: '', parent: null }
  const crashAt = () => {
    throw Object.assign(new Error('could not serialize access'), { code: '40001' })
  }
  const lost = createForks({ sql, store, onCommitted: () => {}, crashAt }).fork(request, by)
  await expect(lost).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true })
  expect((await fork(runId, 3, { forkRunId })).id).toBe(forkRunId)
})

test('of 100,000 events is begun in seconds', async () => {
  const runId = await rig.start([step('one'), step('two')])
  const { run } = await claim(runId, 0, 1)
  const head = 100_000
  const data = { taskIndex: 0, attempt: 1, epoch: 1, call: 0, tool: 'look', summary: 'a file of the repository' }
  await rig.sql`
    insert into events (run_id, seq, organisation_id, project_id, type, v, task_index, data, actor, correlation_id, at)
    select ${runId}, seq, ${rig.organisationId}, ${rig.projectId}, 'ToolCallStarted', 1, 0, ${rig.sql.json(data)},
      ${rig.sql.json(tester)}, 'many', now() from generate_series(${run.head + 1}::int, ${head}::int) as seq`
  await rig.sql`update runs set head = ${head} where id = ${runId}`
  // Folding the run for the first time is no part of a fork: it keeps states as it goes.
  const { handle } = rig.process()
  await handle.load(runId)
  const begunAt = performance.now()
  const forked = await fork(runId, head)
  const seconds = (performance.now() - begunAt) / 1_000
  expect(forked.head).toBe(head + 3)
  const [row] = await rig.sql<
    { count: number }[]
  >`select count(*)::int as count from events where run_id = ${forked.id}`
  expect(row?.count).toBe(forked.head)
  // What it takes, so that a change of it is seen; the limit is for a machine that does much else.
  console.log(`a fork of ${head} events: ${seconds.toFixed(1)} s`)
  expect(seconds).toBeLessThan(60)
}, 180_000)
