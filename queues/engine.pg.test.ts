/** Loop, tickets and worker together, on real Postgres and Redis: runs come to their end, whatever happens on the way. */
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { step, tester, workflowOf } from '../db/rig.ts'
import { forTenant } from '../db/tenancy.ts'
import { OrreryError } from '../domain/errors.ts'
import type { TaskContext } from '../domain/ports.ts'
import { isRunEnded, type Run } from '../domain/run/state.ts'
import { claim, createEngineRig, done, type EngineOptions, type EngineRig } from './engine-rig.ts'
import { createMemoryTickets } from './tickets-memory.ts'

let rig: EngineRig
afterEach(() => rig.close())

async function engine(options: EngineOptions, workers = 1): Promise<EngineRig> {
  rig = await createEngineRig(options)
  rig.addLoop()
  for (let count = 0; count < workers; count++) await rig.addWorker()
  return rig
}

const ended = (run: Run) => isRunEnded(run.status)
const by = { actor: tester }
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { open, opened }
}

describe.each([
  ['Redis', true],
  ['memory', false],
])('an engine whose tickets are in %s', (_, redis) => {
  test('brings a graph to its end, in the order of the graph', async () => {
    const order: string[] = []
    const note = async (context: TaskContext) => {
      order.push(String(context.taskIndex))
      return { ok: true as const, output: { index: context.taskIndex }, artifacts: [] }
    }
    await engine({ redis, agents: { 'test.agent': note } }, 2)
    const runId = await rig.start([
      step('a'),
      step('b', { needs: ['a'] }),
      step('c', { needs: ['a'] }),
      step('d', { needs: ['b', 'c'], input: { sum: { $ref: 'tasks.b.output.index' } } }),
    ])
    const run = await rig.until(runId, ended)
    expect(run.status).toBe('SUCCEEDED')
    expect(order.map(Number)).toEqual(expect.arrayContaining([0, 1, 2, 3]))
    expect([order[0], order[3]]).toEqual(['0', '3'])
    expect(run.tasks.map(task => [task.attempt, task.epoch])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ])
    expect(rig.reports).toEqual([])
  })

  test('fans out, within the limit of the run, and joins', async () => {
    let under = 0
    let most = 0
    const full = gate()
    const agents = {
      'test.agent': async () => ({
        ok: true as const,
        output: { list: ['a', 'b', 'c', 'd', 'e', 'f'] },
        artifacts: [],
      }),
      'test.element': async () => {
        most = Math.max(most, ++under)
        if (under === 3) full.open()
        // Nobody leaves before as many are at work as may be; then a fourth has time to come in by mistake.
        await full.opened
        await pause(50)
        under--
        return { ok: true as const, output: {}, artifacts: [] }
      },
    }
    await engine({ redis, agents }, 2)
    const runId = await rig.start(
      [
        step('find'),
        step('each', { agent: 'test.element', needs: ['find'], forEach: 'tasks.find.output.list' }),
        step('end', { needs: ['each'] }),
      ],
      { maxParallel: 3 },
    )
    const run = await rig.until(runId, ended)
    expect(run.status).toBe('SUCCEEDED')
    expect(run.tasks.filter(task => task.groupIndex === 1)).toHaveLength(6)
    expect(most).toBe(3)
  })

  test('tries again after a failure, when its time has come', async () => {
    const at: number[] = []
    const flaky = async ({ attempt }: TaskContext) => {
      at.push(performance.now())
      if (attempt < 3) throw new Error('flaky')
      return { ok: true as const, output: { attempt }, artifacts: [] }
    }
    await engine({ redis, agents: { 'test.agent': flaky } })
    const runId = await rig.start([step('a', { retry: { maxAttempts: 3, backoffMs: 300, factor: 2, jitter: 0 } })])
    const run = await rig.until(runId, ended)
    expect(run.tasks[0]).toMatchObject({ status: 'SUCCEEDED', attempt: 3, output: { attempt: 3 } })
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(295)
    expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThan(595)
    // Found by the timer, rather than two seconds later by chance.
    expect((at[2] ?? 0) - (at[1] ?? 0)).toBeLessThan(1_600)
  })

  test('ends a task that takes too long, and tells its agent', async () => {
    const aborted = vi.fn()
    const slow = ({ signal }: TaskContext) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted(signal.reason.code)
          reject(signal.reason)
        })
      })
    await engine({ redis, agents: { 'test.agent': slow } })
    const runId = await rig.start([step('a', { timeoutMs: 1_000 })])
    const run = await rig.until(runId, ended)
    expect(run.tasks[0]).toMatchObject({ status: 'FAILED', error: { code: 'TIMEOUT' } })
    expect(aborted).toHaveBeenCalledWith('TIMEOUT')
  })

  test('cancels: the agent is told, its result is not wanted', async () => {
    const begun = gate()
    const aborted = gate()
    const agent = async ({ signal }: TaskContext) => {
      begun.open()
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      aborted.open()
      return { ok: true as const, output: { late: true }, artifacts: [] }
    }
    await engine({ redis, agents: { 'test.agent': agent } })
    const runId = await rig.start([step('a'), step('b', { needs: ['a'] })])
    await begun.opened
    await rig.handle.handle(runId, { type: 'CancelRun', reason: 'enough' }, by)
    await aborted.opened
    await pause(50)
    const run = await rig.handle.load(runId)
    expect(run?.tasks.map(task => task.status)).toEqual(['CANCELLED', 'CANCELLED'])
    expect(run?.tasks[0]?.output).toBeNull()
  })

  test('pauses new claims, lets the running one finish, and goes on after a resume', async () => {
    const begun = gate()
    const release = gate()
    const agent = async () => {
      begun.open()
      await release.opened
      return { ok: true as const, output: {}, artifacts: [] }
    }
    await engine({ redis, agents: { 'test.agent': agent } })
    const runId = await rig.start([step('a'), step('b', { needs: ['a'] })])
    await begun.opened
    await rig.handle.handle(runId, { type: 'PauseRun', reason: '' }, by)
    release.open()
    await rig.until(runId, run => run.tasks[0]?.status === 'SUCCEEDED')
    await pause(200)
    expect((await rig.handle.load(runId))?.tasks[1]?.status).toBe('READY')
    await rig.handle.handle(runId, { type: 'ResumeRun', reason: '' }, by)
    expect((await rig.until(runId, ended)).status).toBe('SUCCEEDED')
  })
})

describe('leases', () => {
  test('that nobody renews run out, and the task is done by another worker', async () => {
    await engine({ leaseMs: 1_200, agents: { 'test.agent': done } }, 0)
    const runId = await rig.start([step('a')])
    await claim(rig.handle, runId, 0, 1, 'dead')
    await rig.addWorker()
    const run = await rig.until(runId, ended)
    expect(run.tasks[0]).toMatchObject({ status: 'SUCCEEDED', epoch: 2, attempt: 1, losses: 1 })
    const stale = rig.handle.handle(
      runId,
      { type: 'FinishTask', taskIndex: 0, epoch: 1, output: { stale: true }, artifacts: [] },
      by,
    )
    await expect(stale).rejects.toMatchObject({ code: 'STALE_EPOCH' })
  })

  test('are renewed for as long as a task takes', async () => {
    const slow = async () => {
      await pause(3_000)
      return { ok: true as const, output: {}, artifacts: [] }
    }
    await engine({ leaseMs: 1_500, agents: { 'test.agent': slow } })
    const runId = await rig.start([step('a')])
    expect((await rig.until(runId, ended)).tasks[0]).toMatchObject({ status: 'SUCCEEDED', epoch: 1 })
  })

  test('of one task go to one of two workers, whatever their tickets say', async () => {
    let calls = 0
    const count = async () => {
      calls++
      await pause(50)
      return { ok: true as const, output: {}, artifacts: [] }
    }
    rig = await createEngineRig({ agents: { 'test.agent': count } })
    await rig.addWorker()
    const other = await createOther(rig)
    const runId = await rig.start([step('a')])
    const ticket = { runId, taskIndex: 0, epoch: 1, workerClass: 'light' }
    await Promise.all([rig.tickets.enqueue([ticket]), other.enqueue([ticket])])
    expect((await rig.until(runId, ended)).tasks[0]).toMatchObject({ status: 'SUCCEEDED', epoch: 1 })
    // Doubled, old and reordered tickets afterwards change nothing.
    for (const epoch of [2, 1, 3, 1]) await rig.tickets.enqueue([{ ...ticket, epoch }])
    await pause(100)
    expect(calls).toBe(1)
    expect(rig.reports).toEqual([])
  })

  test('of a worker that stood still are not worked on: it stops by itself', async () => {
    let now = 0
    const begun = gate()
    const wake = gate()
    const outcome: unknown[] = []
    const agent = async (context: TaskContext) => {
      begun.open()
      await wake.opened
      await context
        .journal('effect', 'too late', async () => ({ output: 'done' }))
        .then(
          () => outcome.push('done'),
          error => outcome.push(error.code),
        )
      return { ok: true as const, output: {}, artifacts: [] }
    }
    rig = await createEngineRig({ leaseMs: 1_200, agents: { 'test.agent': agent } })
    await rig.addWorker({ clock: () => now })
    const runId = await rig.start([step('a')])
    await rig.tickets.enqueue([{ runId, taskIndex: 0, epoch: 1, workerClass: 'light' }])
    await begun.opened
    now += 900
    wake.open()
    await vi.waitFor(() => expect(outcome).toEqual(['STALE_EPOCH']))
    expect((await rig.handle.load(runId))?.tasks[0]).toMatchObject({ status: 'CLAIMED', calls: 0 })
  })
})

/** Tickets that a second worker listens to, with its own connections. */
async function createOther(first: EngineRig) {
  const tickets = createMemoryTickets()
  const { sql, handle } = first.process()
  await first.addWorker({ tickets, sql, handle })
  return tickets
}

describe('Redis', () => {
  test('may forget everything in the middle: nothing is lost, little is late', async () => {
    const slow = async () => {
      await pause(30)
      return { ok: true as const, output: {}, artifacts: [] }
    }
    rig = await createEngineRig({ redis: true, agents: { 'test.agent': slow } })
    rig.addLoop({ due: { ticketMs: 1_000 } })
    await rig.addWorker()
    const steps = Array.from({ length: 30 }, (_, index) =>
      step(`s${index}`, index < 4 ? {} : { needs: [`s${index - 4}`] }),
    )
    const runs = [await rig.start(steps), await rig.start(steps)]
    const admin = new Redis(rig.redisUrl ?? '')
    rig.onClose(() => admin.disconnect())
    for (let flush = 0; flush < 5; flush++) {
      await pause(100)
      await admin.flushdb()
    }
    for (const runId of runs) {
      const run = await rig.until(runId, ended, 15_000)
      expect(run.status).toBe('SUCCEEDED')
      expect(run.tasks.every(task => task.epoch === 1)).toBe(true)
    }
  }, 30_000)
})

describe('a worker that drains', () => {
  test('finishes what it can, gives back the rest, and leaves', async () => {
    const begun: number[] = []
    const agent = async ({ taskIndex, signal }: TaskContext) => {
      begun.push(taskIndex)
      await new Promise<void>(resolve => {
        if (taskIndex === 0) setTimeout(resolve, 150)
        else signal.addEventListener('abort', () => resolve())
      })
      return signal.aborted
        ? { ok: false as const, failure: { code: 'CANCELLED' as const, message: 'told to', hint: '', retryable: true } }
        : { ok: true as const, output: {}, artifacts: [] }
    }
    await engine({ agents: { 'test.agent': agent } }, 0)
    const worker = await rig.addWorker()
    const runId = await rig.start([step('quick'), step('endless')])
    await vi.waitFor(() => expect(begun).toHaveLength(2))
    await worker.drain(400)
    const run = await rig.handle.load(runId)
    expect(run?.tasks.map(task => [task.status, task.attempt])).toEqual([
      ['SUCCEEDED', 1],
      ['READY', 1],
    ])
    expect(await rig.sql`select 1 from workers`).toHaveLength(0)
    expect(await rig.sql`select 1 from leases`).toHaveLength(0)
    await rig.addWorker()
    await vi.waitFor(() => expect(begun).toEqual([0, 1, 1]), 10_000)
  })

  test('may be asked to through its row', async () => {
    await engine({ agents: { 'test.agent': done } }, 0)
    const worker = await rig.addWorker({ beatMs: 50 })
    const ask = (organisationId: string) => forTenant(rig.sql, organisationId).workers.drain([worker.state().id])
    expect(await ask(randomUUID())).toHaveLength(0)
    expect(await ask(rig.organisationId)).toHaveLength(1)
    await vi.waitFor(() => expect(worker.state().draining).toBe(true))
    const runId = await rig.start([step('a')])
    await pause(200)
    expect((await rig.handle.load(runId))?.tasks[0]?.status).toBe('READY')
  })
})

describe('sub-workflows', () => {
  const child = workflowOf([step('inner')], {
    name: 'child',
    variables: [{ name: 'word', type: 'string', description: 'a word', required: true }],
  })
  const childOf = async (runId: string, index = 0) => (await rig.handle.load(runId))?.tasks[index]?.childRunId ?? ''

  test('are runs of their own, whose end is the end of the task', async () => {
    await engine({
      workflows: [child],
      agents: { 'test.agent': async ({ variables }) => ({ ok: true, output: variables, artifacts: [] }) },
    })
    const runId = await rig.start([
      step('a'),
      step('sub', { needs: ['a'], workflow: 'child', input: { word: 'hello' } }),
    ])
    const run = await rig.until(runId, ended)
    expect(run.status).toBe('SUCCEEDED')
    const inner = await rig.handle.load(await childOf(runId, 1))
    expect(inner).toMatchObject({
      parentRunId: runId,
      parentTaskIndex: 1,
      depth: 1,
      correlationId: run.correlationId,
      status: 'SUCCEEDED',
    })
    expect(inner?.tasks[0]?.output).toEqual({ word: 'hello' })
  })

  test('that cannot be started fail their task, with the reason', async () => {
    await engine({ workflows: [child], agents: { 'test.agent': done } })
    const missing = await rig.start([step('sub', { workflow: 'nobody-knows' })])
    expect((await rig.until(missing, ended)).error?.message).toContain('there is no workflow nobody-knows')
    const wrong = await rig.start([step('sub', { workflow: 'child', input: { word: 7 } })])
    expect((await rig.until(wrong, ended)).error?.message).toContain('word')
  })

  test('that fail fail their task', async () => {
    const broken = async () => {
      throw new OrreryError('TASK_FAILED', 'inner trouble')
    }
    await engine({ workflows: [child], agents: { 'test.agent': broken } })
    const runId = await rig.start([step('sub', { workflow: 'child', input: { word: 'x' } })])
    expect((await rig.until(runId, ended)).error?.message).toContain('inner trouble')
  })

  test('are cancelled with their parent', async () => {
    const begun = gate()
    const endless = ({ signal }: TaskContext) =>
      new Promise<never>((_, reject) => {
        begun.open()
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    await engine({ workflows: [child], agents: { 'test.agent': endless } })
    const runId = await rig.start([step('sub', { workflow: 'child', input: { word: 'x' } })])
    await begun.opened
    const inner = await childOf(runId)
    await rig.handle.handle(runId, { type: 'CancelRun', reason: '' }, by)
    expect((await rig.until(inner, ended)).status).toBe('CANCELLED')
  })

  test('nest no deeper than allowed', async () => {
    const self = workflowOf([step('again', { workflow: 'self' })], { name: 'self' })
    await engine({ workflows: [self], agents: {} })
    const runId = await rig.start([step('sub', { workflow: 'self' })])
    expect((await rig.until(runId, ended)).error?.message).toContain('nested at most 5 deep')
  })
})
