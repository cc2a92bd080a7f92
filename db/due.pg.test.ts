/** What is ticketed when, on real rows. The arithmetic of fairness is tested in fair-share.test.ts. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Sql } from './connect.ts'
import { type Due, dueDefaults, returnTicket, takeDue } from './due.ts'
import { createRig, type Rig, step, tester } from './rig.ts'
import { transaction } from './transaction.ts'
import { beat } from './workers.ts'

let rig: Rig
beforeEach(async () => {
  rig = await createRig()
})
afterEach(() => rig.close())

const worker = (classes: Record<string, number>, extra: { id?: string; draining?: boolean } = {}) =>
  beat(rig.sql, {
    id: 'w',
    organisationId: rig.organisationId,
    host: 'h',
    pid: 1,
    version: '0',
    classes,
    active: 0,
    sandbox: null,
    draining: false,
    ...extra,
  })
const flat = (count: number, extra = {}) => Array.from({ length: count }, (_, index) => step(`s${index}`, extra))
const take = async (options = dueDefaults) => (await takeDue(rig.sql, options))?.tasks ?? []

/** Until so many of this database wait for a lock. */
async function waiters(sql: Sql, count: number): Promise<void> {
  for (let waiting = 0; waiting < count; ) {
    ;[{ waiting }] = await sql<[{ waiting: number }]>`
      select count(*)::int as waiting from pg_locks join pg_stat_activity using (pid)
      where not granted and datname = current_database()`
  }
}

describe('what is due', () => {
  test('is nothing without workers, and as much as they can do with them', async () => {
    await rig.start(flat(5))
    expect(await take()).toEqual([])
    await worker({ light: 2 })
    await worker({ light: 1, sandbox: 9 }, { id: 'w2' })
    expect(await take()).toHaveLength(3)
    // Ticketed and not yet claimed counts as taken.
    expect(await take()).toEqual([])
    await rig.sql`update workers set heartbeat_at = now() - interval '1 minute' where id = 'w'`
    expect(await take()).toEqual([])
  })

  test('goes to no worker that drains', async () => {
    await rig.start(flat(2))
    await worker({ light: 2 }, { draining: true })
    expect(await take()).toEqual([])
  })

  test('carries the epoch of the next claim, and comes again when it was not claimed', async () => {
    const runId = await rig.start(flat(1))
    await worker({ light: 1 })
    const ticket = { runId, taskIndex: 0, epoch: 1, workerClass: 'light' }
    expect(await take({ ...dueDefaults, ticketMs: 50 })).toEqual([ticket])
    await new Promise(resolve => setTimeout(resolve, 60))
    expect(await take()).toEqual([ticket])
    await returnTicket(rig.sql, ticket)
    expect(await take()).toEqual([ticket])
    await rig.handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, { actor: tester })
    await rig.handle.handle(runId, { type: 'ReleaseTask', taskIndex: 0, epoch: 1, reason: '' }, { actor: tester })
    await returnTicket(rig.sql, ticket)
    expect(await take()).toEqual([{ ...ticket, epoch: 2 }])
    await returnTicket(rig.sql, ticket)
    expect(await take()).toEqual([])
  })

  test('keeps to the limit of a run, of which claims and tickets count', async () => {
    const runId = await rig.start(flat(6), { maxParallel: 3 })
    await worker({ light: 100 })
    const [first] = await take()
    expect(first).toBeDefined()
    await rig.handle.handle(
      runId,
      { type: 'ClaimTask', taskIndex: first?.taskIndex ?? 0, epoch: 1, worker: 'w' },
      { actor: tester },
    )
    expect(await take()).toEqual([])
    await rig.handle.handle(
      runId,
      { type: 'FinishTask', taskIndex: first?.taskIndex ?? 0, epoch: 1, output: {}, artifacts: [] },
      { actor: tester },
    )
    expect(await take()).toHaveLength(1)
  })

  test('keeps to the limit of a project, its own or the default', async () => {
    const small = await rig.addProject(2)
    await rig.start(flat(5), { projectId: small })
    await rig.start(flat(5), { projectId: small })
    await rig.start(flat(5), { maxParallel: 5 })
    await worker({ light: 100 })
    expect(await take({ ...dueDefaults, projectParallel: 4 })).toHaveLength(2 + 4)
  })

  test('leaves paused and ended runs alone', async () => {
    const paused = await rig.start(flat(3), { priority: 9 })
    const cancelled = await rig.start(flat(3), { priority: 9 })
    const running = await rig.start(flat(1))
    await rig.handle.handle(paused, { type: 'PauseRun', reason: '' }, { actor: tester })
    await rig.handle.handle(cancelled, { type: 'CancelRun', reason: '' }, { actor: tester })
    await worker({ light: 100 })
    expect((await take()).map(one => one.runId)).toEqual([running])
    await rig.handle.handle(paused, { type: 'ResumeRun', reason: '' }, { actor: tester })
    expect((await take()).map(one => one.runId)).toEqual([paused, paused, paused])
  })

  test('is shared fairly: a greedy project does not hold up a modest one', async () => {
    const modest = await rig.addProject()
    for (let run = 0; run < 3; run++) await rig.start(flat(200), { maxParallel: 1_000, priority: 50 })
    const runId = await rig.start(flat(3), { projectId: modest })
    await worker({ light: 6 })
    const due = await take({ ...dueDefaults, projectParallel: 1_000 })
    expect(due).toHaveLength(6)
    expect(due.filter(one => one.runId === runId)).toHaveLength(3)
  })

  test('full runs in front do not hide what is behind them, in as many passes as it takes', async () => {
    for (let run = 0; run < 3; run++) await rig.start(flat(100), { maxParallel: 1, priority: 50 })
    const last = await rig.start(flat(1))
    await worker({ light: 50 })
    const seen = [...(await take()), ...(await take()), ...(await take()), ...(await take())]
    expect(new Set(seen.map(one => one.runId)).size).toBe(4)
    expect(seen.map(one => one.runId)).toContain(last)
  })

  test.each([
    { what: 'where all has room', tasks: 16, light: 40 },
    { what: 'where some must be chosen', tasks: 40, light: 12 },
  ])('is taken by one process at a time, $what', async ({ tasks, light }) => {
    await rig.start(flat(tasks), { maxParallel: 40 })
    await worker({ light })
    const pools = [rig.process().sql, rig.process().sql]
    const all: Promise<Due | null>[] = []
    await transaction(rig.sql, async connection => {
      // All of them have looked before any of them can take its turn.
      await connection`select from passes for update`
      for (let index = 0; index < 8; index++) all.push(takeDue(pools[index % 2] as Sql, dueDefaults))
      await waiters(connection, 8)
    })
    const passes = await Promise.all(all)
    expect(passes.filter(pass => pass === null)).toHaveLength(7)
    const taken = passes.flatMap(pass => pass?.tasks ?? []).map(one => one.taskIndex)
    expect(new Set(taken).size).toBe(taken.length)
    expect(taken).toHaveLength(Math.min(tasks, light))
    expect(await take()).toEqual([])
  })

  test('waits for no append that holds a row', async () => {
    const runId = await rig.start(flat(2))
    await worker({ light: 2 })
    await rig.sql.begin(async transaction => {
      await transaction`select 1 from tasks where run_id = ${runId} and index = 0 for update`
      expect((await take()).map(one => one.taskIndex)).toEqual([1])
    })
    expect((await take()).map(one => one.taskIndex)).toEqual([0])
  })
})

test('a pass reads no more among ten thousand runs and a hundred thousand tasks', async () => {
  await worker({ light: 20 })
  await fill(100)
  const few = await rowsRead()
  await fill(10_000)
  const many = await rowsRead()
  expect(few).toBeGreaterThan(20)
  // At most the sixteen most urgent tasks of each of twenty more projects, and their runs.
  expect(many).toBeLessThan(few + 20 * 16 * 4)
}, 60_000)

/** Ready, ended and planned tasks, ten a run, over twenty projects; one of them greedy. */
async function fill(runs: number): Promise<void> {
  const projects = Array.from({ length: 20 }, () => randomUUID())
  await rig.sql`
    insert into runs (id, organisation_id, project_id, head, status, workflow, workflow_version, title, priority, max_parallel, correlation_id,
      task_count, tasks_ended, tasks_failed, started_at, updated_at, ended_at)
    select gen_random_uuid(), ${rig.organisationId}, (${projects}::uuid[])[1 + case when n % 2 = 0 then 0 else n % 20 end], 20,
      case when n % 5 = 0 then 'SUCCEEDED' else 'RUNNING' end, 'test', 1, 'Test', 0, 8, 'c', 10, 0, 0, now(), now(),
      case when n % 5 = 0 then now() end
    from generate_series(1, ${runs}) n`
  await rig.sql`
    insert into tasks (run_id, index, organisation_id, project_id, status, kind, key, title, uses, worker_class, priority, attempt, epoch, ready_at, planned_seq, last_seq)
    select id, index, organisation_id, project_id, case when status = 'SUCCEEDED' then 'SUCCEEDED' when index < 5 then 'READY' else 'PLANNED' end,
      'work', 'k', 't', 'u', 'light', 0, 1, 0, now() - random() * interval '1 hour', 1, 20
    from runs cross join generate_series(0, 9) index where not exists (select from tasks where run_id = runs.id)`
}

/** Rows of tasks and runs that one pass fetches, as Postgres counts them. */
async function rowsRead(): Promise<number> {
  const sql = connect(rig.url, { max: 1 })
  const count = async () => {
    await sql`select pg_stat_force_next_flush()`
    await sql`select pg_stat_clear_snapshot()`
    const [row] = await sql<{ rows: number }[]>`
      select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_user_tables where relname in ('tasks', 'runs')`
    return row?.rows ?? 0
  }
  await count()
  const before = await count()
  expect((await takeDue(sql))?.tasks).toHaveLength(20)
  const after = await count()
  await sql`update tasks set not_before = null where status = 'READY' and not_before is not null`
  await sql.end()
  return after - before
}
