import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Command } from '../domain/run/commands.ts'
import { createHistory, startOf, workflows } from '../domain/run/history.ts'
import { fold, type Run } from '../domain/run/state.ts'
import { parseWorkflow } from '../domain/validate.ts'
import { connect, type Sql } from './connect.ts'
import { createPostgresStore } from './events.ts'
import { createHandle } from './handle.ts'
import { createMemoryStore } from './memory.ts'
import type { By, EventStore } from './store.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

const by: By = { actor: { kind: 'engine', id: 'test', name: 'Test' } }
let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await testDatabase()
  sql = connect(database.url)
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const claim = (taskIndex: number, epoch: number, worker = 'w'): Command => ({
  type: 'ClaimTask',
  taskIndex,
  epoch,
  worker,
})
const finish = (taskIndex: number, epoch: number): Command => ({
  type: 'FinishTask',
  taskIndex,
  epoch,
  output: null,
  artifacts: [],
})

async function allEvents(store: EventStore, runId: string) {
  return store.read(runId, 0, 1_000_000)
}

describe.each([
  ['postgres', () => createPostgresStore(sql)],
  ['memory', () => createMemoryStore()],
] as const)('handle on the %s store', (_, createStore) => {
  it('carries a run to its end, and the fold of its log is the state that was answered', async () => {
    const store = createStore()
    const handle = createHandle({ store })
    const runId = randomUUID()
    await handle.handle(runId, startOf(workflows.diamond, { deep: true }), by)
    let run: Run | null = null
    for (const index of [0, 1, 2, 3]) {
      await handle.handle(runId, claim(index, 1), by)
      run = (await handle.handle(runId, finish(index, 1), by)).run
    }
    expect(run?.status).toBe('SUCCEEDED')
    const events = await allEvents(store, runId)
    expect(events.map(event => event.seq)).toEqual(events.map((_, index) => index + 1))
    expect(fold(null, events)).toEqual(run)
    expect(await handle.load(runId)).toEqual(run)
    await handle.close()
  })

  it('answers one command id once, also from another process', async () => {
    const store = createStore()
    const [one, two] = [createHandle({ store }), createHandle({ store })]
    const runId = randomUUID()
    const commandId = randomUUID()
    const answers = await Promise.all(
      [one, two].map(each => each.handle(runId, startOf(workflows.single), { ...by, commandId })),
    )
    expect(answers[0]?.run).toEqual(answers[1]?.run)
    expect(await allEvents(store, runId)).toHaveLength(3)
    const again = await one.handle(runId, startOf(workflows.single), { ...by, commandId })
    expect(again.run.head).toBe(3)
  })

  it('lets two processes append to 100 overlapping runs: nothing is lost, nothing is doubled', async () => {
    const store = createStore()
    const processes = [createHandle({ store }), createHandle({ store })] as const
    const ids = Array.from({ length: 100 }, () => randomUUID())
    await Promise.all(
      ids.map((runId, index) => processes[index % 2 === 0 ? 0 : 1].handle(runId, startOf(workflows.single), by)),
    )
    const reasons = Array.from({ length: 6 }, (_, index) => index)
    const said = await Promise.allSettled(
      ids.flatMap(runId =>
        reasons.flatMap(round =>
          processes.map(each =>
            each.handle(
              runId,
              round % 2 === 0 ? { type: 'PauseRun', reason: `${round}` } : { type: 'ResumeRun', reason: `${round}` },
              by,
            ),
          ),
        ),
      ),
    )
    expect(said.filter(one => one.status === 'rejected')).toEqual([])
    for (const runId of ids) {
      const events = await allEvents(store, runId)
      expect(events.map(event => event.seq)).toEqual(events.map((_, index) => index + 1))
      // A pause is never followed by a pause: each was decided on the state that it was appended to.
      const kinds = events.map(event => event.type).filter(type => type === 'RunPaused' || type === 'RunResumed')
      kinds.forEach((type, index) => {
        expect(type).toBe(index % 2 === 0 ? 'RunPaused' : 'RunResumed')
      })
    }
    await Promise.all(processes.map(each => each.close()))
  }, 30_000)

  it('gives a task to one of two who claim it at once', async () => {
    const store = createStore()
    const processes = [createHandle({ store }), createHandle({ store })] as const
    const runId = randomUUID()
    await processes[0].handle(runId, startOf(workflows.single), by)
    const claims = await Promise.allSettled(
      processes.map((each, index) => each.handle(runId, claim(0, 1, `w${index}`), by)),
    )
    expect(claims.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = claims.find(one => one.status === 'rejected')
    expect(refused?.status === 'rejected' && refused.reason).toMatchObject({ code: 'STALE_EPOCH' })
  })

  it('refuses what is not well formed without holding up the others', async () => {
    const handle = createHandle({ store: createStore() })
    const runs = [randomUUID(), randomUUID()] as const
    await Promise.all(runs.map(runId => handle.handle(runId, startOf(workflows.single), by)))
    const [large, fine] = await Promise.allSettled([
      handle.handle(runs[0], { type: 'PauseRun', reason: 'x'.repeat(4_001) }, by),
      handle.handle(runs[1], { type: 'PauseRun', reason: 'tea\0\ud800\u202e' }, by),
    ])
    expect(large).toMatchObject({ status: 'rejected', reason: { code: 'INTERNAL' } })
    expect(fine).toMatchObject({ status: 'fulfilled', value: { events: [{ data: { reason: 'tea\ufffd\ufffd' } }] } })
    await expect(handle.handle(randomUUID(), { type: 'PauseRun', reason: '' }, by)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await handle.handle(runs[0], claim(0, 1), by)
    const output = { text: 'y'.repeat(20_000) }
    await expect(
      handle.handle(runs[0], { type: 'FinishTask', taskIndex: 0, epoch: 1, output, artifacts: [] }, by),
    ).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })
})

describe('the log in Postgres', () => {
  it('projects tasks, timers, leases and artifacts with the events', async () => {
    const handle = createHandle({ store: createPostgresStore(sql) })
    const runId = randomUUID()
    await handle.handle(runId, startOf(workflows.single), by)
    await handle.handle(runId, claim(0, 1), by)
    expect(await sql`select status, epoch, worker from tasks where run_id = ${runId}`).toMatchObject([
      { status: 'CLAIMED', epoch: 1, worker: 'w' },
    ])
    expect(await sql`select name from timers where run_id = ${runId} order by name`).toMatchObject([
      { name: 'deadline' },
      { name: 'timeout:0:1' },
    ])
    expect(await sql`select epoch, expires_at > now() as valid from leases where run_id = ${runId}`).toMatchObject([
      { epoch: 1, valid: true },
    ])
    const artifact = {
      artifactId: randomUUID(),
      kind: 'File',
      title: 'f',
      mediaType: 'text/plain',
      size: 3,
      hash: 'a'.repeat(64),
    }
    await handle.handle(runId, { type: 'FinishTask', taskIndex: 0, epoch: 1, output: null, artifacts: [artifact] }, by)
    expect(await sql`select kind, seq from artifacts where run_id = ${runId}`).toMatchObject([{ kind: 'File', seq: 5 }])
    expect(await sql`select status, head, ended_at is not null as ended from runs where id = ${runId}`).toMatchObject([
      { status: 'SUCCEEDED', head: 7, ended: true },
    ])
    expect(
      await sql`select 1 from timers where run_id = ${runId} union all select 1 from leases where run_id = ${runId}`,
    ).toHaveLength(0)
  })

  it('is immutable by rights, for the owner by a trigger', async () => {
    const runId = randomUUID()
    await createHandle({ store: createPostgresStore(sql) }).handle(runId, startOf(workflows.single), by)
    for (const attempt of ["update events set data = '{}'", 'delete from events', 'truncate events']) {
      await expect(sql.unsafe(attempt)).rejects.toMatchObject({ code: '42501' })
      await expect(database.sql.unsafe(attempt)).rejects.toMatchObject({ code: '42501' })
    }
    expect(await sql`select 1 from events where run_id = ${runId}`).not.toHaveLength(0)
  })

  it('reads at most 5,000 events of a run of 100,000 to resume it or to show any of its states', async () => {
    const steps = [{ key: 'only', title: 'Only', agent: 'echo', retry: { maxAttempts: 1 } }]
    const runId = randomUUID()
    const handle = createHandle({ store: createPostgresStore(sql) })
    const workflow = parseWorkflow({
      name: 'long',
      version: 1,
      title: 'Long',
      description: '',
      timeoutMs: 86_400_000,
      steps,
    })
    await handle.handle(runId, startOf(workflow), by)
    for (let said = 0; said < 100_000; said += 1_000) {
      await Promise.all(
        Array.from({ length: 1_000 }, (_, index) =>
          handle.handle(
            runId,
            index % 2 === 0 ? { type: 'PauseRun', reason: '' } : { type: 'ResumeRun', reason: '' },
            by,
          ),
        ),
      )
    }
    await handle.close()
    let read = 0
    const fresh = createHandle({
      store: createPostgresStore(sql, {
        onRead: events => {
          read += events
        },
      }),
    })
    const run = await fresh.load(runId)
    expect(run?.head).toBe(100_003)
    expect(read).toBeLessThanOrEqual(5_000)
    for (const seq of [1, 1_999, 2_000, 51_234, 99_999]) {
      read = 0
      expect((await fresh.stateAt(runId, seq))?.head).toBe(seq)
      expect(read).toBeLessThanOrEqual(5_000)
    }
  }, 120_000)

  it('replays a log in an older vocabulary, and stops deciding at a newer one', async () => {
    const store = createPostgresStore(sql)
    const handle = createHandle({ store })
    const runId = randomUUID()
    const history = createHistory(workflows.single)
    history.claim(0)
    history.fail(0, false)
    await handle.handle(runId, startOf(workflows.single), by)
    const rows = [
      { seq: 4, type: 'TaskClaimed', v: 1, data: { taskIndex: 0, attempt: 1, epoch: 1, worker: 'w', dueAt: null } },
      {
        seq: 5,
        type: 'TaskFailed',
        v: 1,
        data: { taskIndex: 0, attempt: 1, epoch: 1, reason: 'as it was said in version 1' },
      },
    ]
    for (const row of rows) await insertEvent(runId, row)
    expect((await createHandle({ store }).load(runId))?.tasks[0]).toMatchObject({
      status: 'FAILED',
      error: { message: 'as it was said in version 1' },
    })
    await insertEvent(runId, { seq: 6, type: 'TaskDreamt', v: 1, data: {} })
    await expect(createHandle({ store }).handle(runId, { type: 'CancelRun', reason: '' }, by)).rejects.toMatchObject({
      code: 'UPGRADE_REQUIRED',
    })
  })
})

async function insertEvent(runId: string, row: { seq: number; type: string; v: number; data: object }) {
  await sql`
    insert into events (run_id, seq, organisation_id, project_id, type, v, data, actor, correlation_id, at)
    select run_id, ${row.seq}, organisation_id, project_id, ${row.type}, ${row.v}, ${sql.json(row.data as never)}, actor, correlation_id, at
    from events where run_id = ${runId} and seq = 1`
  await sql`update runs set head = ${row.seq} where id = ${runId}`
}
