/** The loop by itself: what it finds, what it survives, and what it says about itself. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { step, tester, workflowOf } from '../db/rig.ts'
import { isRunEnded, isTaskEnded, type Run } from '../domain/run/state.ts'
import { claim, createEngineRig, done, type EngineRig } from './engine-rig.ts'
import { childRunId } from './sub-runs.ts'
import type { Ticket, TicketQueue } from './tickets.ts'

let rig: EngineRig
afterEach(() => rig.close())

const by = { actor: tester }
const ended = (run: Run) => isRunEnded(run.status)
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Tickets as they are queued, and a switch that takes Redis away. */
function scriptedTickets() {
  const queued: Ticket[] = []
  const link = { kind: 'redis' as const, up: true, reason: '' }
  const queue: TicketQueue = {
    async enqueue(tickets) {
      queued.push(...tickets)
    },
    process: () => ({ stop: async () => {}, close: async () => {} }),
    counts: async () => ({ waiting: 0, active: 0 }),
    state: () => ({ ...link }),
    close: async () => {},
  }
  return { queue, queued, link }
}

describe('the loop', () => {
  test('tickets what is due when the bell rings, long before it would look by itself', async () => {
    rig = await createEngineRig({ agents: {} })
    await rig.addWorker({ tickets: scriptedTickets().queue })
    const { queue, queued } = scriptedTickets()
    rig.addLoop({ tickets: queue, intervalMs: 60_000 })
    await pause(100)
    const runId = await rig.start([step('a'), step('b')])
    await vi.waitFor(() => expect(queued).toHaveLength(2), 5_000)
    expect(queued[0]).toEqual({ runId, taskIndex: 0, epoch: 1, workerClass: 'light' })
  })

  test('needs no bell', async () => {
    rig = await createEngineRig({ agents: {} })
    await rig.addWorker({ tickets: scriptedTickets().queue })
    const { queue, queued } = scriptedTickets()
    const deaf = { ...rig.bell, listen: () => () => {} }
    rig.addLoop({ tickets: queue, bell: deaf, intervalMs: 200 })
    await pause(100)
    await rig.start([step('a')])
    await vi.waitFor(() => expect(queued).toHaveLength(1), 5_000)
  })

  test('makes one look of many wishes', async () => {
    rig = await createEngineRig({ agents: {} })
    const loop = rig.addLoop({ intervalMs: 60_000 })
    await vi.waitFor(() => expect(loop.state().passes).toBe(1), 5_000)
    for (let wish = 0; wish < 1_000; wish++) loop.wake()
    await pause(300)
    expect(loop.state().passes).toBeLessThanOrEqual(3)
    expect(loop.state()).toMatchObject({ up: true, reason: '' })
  })

  test('tickets nothing while Redis is away, says so, goes on with the rest, and catches up', async () => {
    rig = await createEngineRig({ leaseMs: 600, agents: {} })
    await rig.addWorker({ tickets: scriptedTickets().queue })
    const { queue, queued, link } = scriptedTickets()
    Object.assign(link, { up: false, reason: 'connect ECONNREFUSED' })
    const loop = rig.addLoop({ tickets: queue, intervalMs: 100 })
    const runId = await rig.start([step('a')])
    await vi.waitFor(
      () => expect(loop.state()).toMatchObject({ up: false, reason: expect.stringContaining('ECONNREFUSED') }),
      5_000,
    )
    await claim(rig.handle, runId, 0, 1)
    await rig.until(runId, run => run.tasks[0]?.status === 'READY')
    expect(queued).toEqual([])
    Object.assign(link, { up: true, reason: '' })
    await vi.waitFor(() => expect(queued).toMatchObject([{ epoch: 2 }]), 5_000)
    await vi.waitFor(() => expect(loop.state().up).toBe(true))
  })

  test('survives a Postgres that is away, and says so', async () => {
    rig = await createEngineRig({ agents: {} })
    const { sql } = rig.process()
    const loop = rig.addLoop({ sql, intervalMs: 100 })
    await vi.waitFor(() => expect(loop.state().passes).toBeGreaterThan(0), 5_000)
    await sql.end({ timeout: 0 })
    await vi.waitFor(
      () => expect(loop.state()).toMatchObject({ up: false, reason: expect.stringContaining('CONNECTION') }),
      5_000,
    )
    const { passes } = loop.state()
    await vi.waitFor(() => expect(loop.state().passes).toBeGreaterThan(passes), 5_000)
  })

  test('is not held up by a run that a newer version wrote', async () => {
    rig = await createEngineRig({ agents: {} })
    const bad = await rig.start([step('a')])
    const good = await rig.start([step('a')])
    for (const runId of [bad, good]) await claim(rig.handle, runId, 0, 1, 'dead')
    await rig.sql`update leases set expires_at = now() - interval '1 second'`
    await rig.sql`
      insert into events (run_id, seq, organisation_id, project_id, type, v, data, actor, correlation_id, at)
      select run_id, seq + 1, organisation_id, project_id, 'FromTheFuture', 1, '{}', actor, 'c', now() from events where run_id = ${bad} order by seq desc limit 1`
    await rig.sql`update runs set head = head + 1 where id = ${bad}`
    const { handle } = rig.process()
    const loop = rig.addLoop({ handle })
    await rig.until(good, run => run.tasks[0]?.status === 'READY')
    await vi.waitFor(() =>
      expect(rig.reports.join()).toMatch(
        /expiring leases: run .*UPGRADE_REQUIRED|expiring leases: run .*does not know/,
      ),
    )
    expect(loop.state().up).toBe(true)
  })

  test('passes a named point after it has queued tickets', async () => {
    rig = await createEngineRig({ agents: {} })
    await rig.addWorker({ tickets: scriptedTickets().queue })
    const points: string[] = []
    const { queue, queued } = scriptedTickets()
    rig.addLoop({ tickets: queue, crashAt: point => points.push(`${point} ${queued.length}`) })
    await rig.start([step('a')])
    await vi.waitFor(() => expect(points).toEqual(['after-publish 1']), 5_000)
  })
})

describe('time', () => {
  test('ends a run at its deadline, also while it is paused', async () => {
    rig = await createEngineRig({ agents: {} })
    rig.addLoop()
    const runId = await rig.start([step('a')], { timeoutMs: 1_000 })
    await rig.handle.handle(runId, { type: 'PauseRun', reason: '' }, by)
    const run = await rig.until(runId, ended)
    expect(run).toMatchObject({ status: 'FAILED', error: { code: 'TIMEOUT' } })
    expect(await rig.sql`select 1 from timers`).toHaveLength(0)
  })

  test('fires each timer once, however many look', async () => {
    rig = await createEngineRig({ agents: {} })
    const runId = await rig.start([step('a', { timeoutMs: 1_000, retry: { maxAttempts: 2, backoffMs: 0 } })])
    await claim(rig.handle, runId, 0, 1)
    const others = [rig.process(), rig.process()]
    for (const { sql, handle } of others) rig.addLoop({ sql, handle })
    await rig.until(runId, run => run.tasks[0]?.attempt === 2)
    await pause(300)
    const types = await rig.sql<{ type: string }[]>`select type from events where run_id = ${runId} order by seq`
    expect(types.map(row => row.type).filter(type => type === 'TaskAttemptFailed')).toHaveLength(1)
  })
})

describe('sub-runs', () => {
  const child = workflowOf([step('inner')], { name: 'child' })
  const childOf = async (runId: string) => (await rig.handle.load(runId))?.tasks[0]?.childRunId ?? ''

  test('have an id that anybody can work out, and a new one under each epoch', () => {
    const id = childRunId('0199c1d2-0000-7000-8000-000000000001', 3, 1)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(childRunId('0199c1d2-0000-7000-8000-000000000001', 3, 1)).toBe(id)
    expect(childRunId('0199c1d2-0000-7000-8000-000000000001', 3, 2)).not.toBe(id)
  })

  test('are started once, by however many loops', async () => {
    rig = await createEngineRig({ workflows: [child], agents: {} })
    for (const { sql, handle } of [rig.process(), rig.process(), rig.process()]) rig.addLoop({ sql, handle })
    const runId = await rig.start([step('sub', { workflow: 'child' })])
    const inner = childRunId(runId, 0, 1)
    await rig.until(inner, run => run.tasks[0]?.status === 'READY')
    expect(await rig.sql`select 1 from runs`).toHaveLength(2)
    expect(await childOf(runId)).toBe(inner)
  })

  test('of a paused run are not begun', async () => {
    rig = await createEngineRig({ workflows: [child], agents: {} })
    const runId = await rig.start([step('sub', { workflow: 'child' })])
    await rig.handle.handle(runId, { type: 'PauseRun', reason: '' }, by)
    const loop = rig.addLoop()
    await vi.waitFor(() => expect(loop.state().passes).toBeGreaterThan(0), 5_000)
    expect(await childOf(runId)).toBe('')
    await rig.handle.handle(runId, { type: 'ResumeRun', reason: '' }, by)
    await vi.waitFor(async () => expect(await childOf(runId)).not.toBe(''), 5_000)
  })

  test('end with the time of their step, or with their own where that is shorter', async () => {
    rig = await createEngineRig({ workflows: [child], agents: {} })
    rig.addLoop()
    const runId = await rig.start([
      step('short', { workflow: 'child', timeoutMs: 1_000 }),
      step('long', { workflow: 'child', timeoutMs: 86_400_000 }),
    ])
    const [short, long] = await Promise.all(
      [0, 1].map(index => rig.until(childRunId(runId, index, 1), run => run.tasks[0]?.status === 'READY')),
    )
    expect((short?.dueAt ?? 0) - (short?.startedAt ?? 0)).toBe(1_000)
    expect((long?.dueAt ?? 0) - (long?.startedAt ?? 0)).toBe(child.timeoutMs)
    expect((await rig.until(short?.id ?? '', ended)).status).toBe('FAILED')
    expect((await rig.until(runId, run => isTaskEnded(run.tasks[0]?.status ?? 'READY'))).tasks[0]?.status).toBe(
      'FAILED',
    )
  })

  test('are done anew when their task is retried; one that is reopened by itself is left alone', async () => {
    rig = await createEngineRig({ workflows: [child], agents: { 'test.agent': done } })
    rig.addLoop()
    const runId = await rig.start([step('sub', { workflow: 'child' })])
    const first = childRunId(runId, 0, 1)
    await rig.until(first, run => run.tasks[0]?.status === 'READY')
    await claim(rig.handle, first, 0, 1)
    await rig.handle.handle(
      first,
      {
        type: 'FailTask',
        taskIndex: 0,
        epoch: 1,
        failure: { code: 'TASK_FAILED', message: 'no', hint: '', retryable: false },
        blocked: false,
        artifacts: [],
      },
      by,
    )
    expect((await rig.until(runId, ended)).status).toBe('FAILED')

    await rig.handle.handle(first, { type: 'RetryTask', taskIndex: 0, reason: '' }, by)
    await pause(700)
    expect((await rig.handle.load(first))?.status).not.toBe('CANCELLED')

    await rig.handle.handle(runId, { type: 'RetryTask', taskIndex: 0, reason: '' }, by)
    const second = childRunId(runId, 0, 2)
    await rig.until(second, run => run.tasks[0]?.status === 'READY')
    // Nobody waits for the first any more.
    expect((await rig.until(first, ended)).status).toBe('CANCELLED')
    await rig.addWorker()
    expect((await rig.until(runId, ended)).status).toBe('SUCCEEDED')
  })
})
