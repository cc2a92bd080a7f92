/** What a worker does with one task: its journal, its artifacts, its failures, and what it does when it may not go on. */
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createBlobStore } from '../db/blobs.ts'
import { createHandle } from '../db/handle.ts'
import { step, tester } from '../db/rig.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import type { RecordedCall, TaskContext } from '../domain/ports.ts'
import { isRunEnded, type Run } from '../domain/run/state.ts'
import { claim, createEngineRig, done, type EngineOptions, type EngineRig, type Script } from './engine-rig.ts'

let rig: EngineRig
afterEach(() => rig.close())

async function engine(script: Script, options: Partial<EngineOptions> = {}): Promise<EngineRig> {
  rig = await createEngineRig({ agents: { 'test.agent': script }, ...options })
  rig.addLoop()
  return rig
}

const ended = (run: Run) => isRunEnded(run.status)
const by = { actor: tester }
const ok = (output: Json = {}) => ({ ok: true as const, output, artifacts: [] })

/** Starts one task of the script, with one worker, to its end. */
async function runOne(script: Script, extra: Parameters<typeof step>[1] = {}): Promise<Run> {
  await engine(script)
  await rig.addWorker()
  return rig.until(await rig.start([step('a', extra)]), ended)
}

describe('the journal', () => {
  test('records each call before it resolves, and numbers them from 0', async () => {
    const seen: (RecordedCall & { recorded: number })[] = []
    const run = await runOne(async context => {
      for (const tool of ['git.clone', 'git.log']) {
        const call = await context.journal(tool, `does ${tool}`, async () => ({
          output: { tool },
          exitCode: 0,
          treeHash: 'a'.repeat(64),
        }))
        const [{ count }] =
          (await rig.sql`select count(*)::int from events where type = 'ToolCallFinished'`) as unknown as [
            { count: number },
          ]
        seen.push({ ...call, recorded: count })
      }
      return ok()
    })
    expect(run.tasks[0]?.calls).toBe(2)
    expect(seen).toEqual([
      {
        call: 0,
        tool: 'git.clone',
        output: { tool: 'git.clone' },
        outputHash: null,
        treeHash: 'a'.repeat(64),
        recorded: 1,
      },
      {
        call: 1,
        tool: 'git.log',
        output: { tool: 'git.log' },
        outputHash: null,
        treeHash: 'a'.repeat(64),
        recorded: 2,
      },
    ])
    expect(await typesOf(run.id)).toEqual([
      'RunStarted',
      'TaskPlanned',
      'TaskReady',
      'TaskClaimed',
      'ToolCallStarted',
      'ToolCallFinished',
      'ToolCallStarted',
      'ToolCallFinished',
      'TaskSucceeded',
      'RunSucceeded',
    ])
  })

  test('gives the next worker what was recorded, and repeats only the unfinished call', async () => {
    const effects: string[] = []
    let workers = 0
    const script = async (context: TaskContext) => {
      const worker = ++workers
      const outputs: Json[] = []
      for (const name of ['first', 'second', 'third']) {
        const { output } = await context.journal(name, name, async () => {
          effects.push(`${name} by ${worker}`)
          // The first worker dies in its second call: it says nothing more.
          if (worker === 1 && name === 'second') await new Promise(() => {})
          return { output: { name, worker } }
        })
        outputs.push(output)
      }
      return ok(outputs)
    }
    await engine(script, { leaseMs: 900 })
    const first = await rig.addWorker({ graceMs: 50 })
    const runId = await rig.start([step('a')])
    await vi.waitFor(() => expect(effects).toHaveLength(2))
    // Its row of leases is let run out, as if the process were gone.
    await rig.sql`update leases set expires_at = now() - interval '1 second', worker = 'gone'`
    const run = await rig.until(runId, ended)
    await first.drain(0)
    expect(effects).toEqual(['first by 1', 'second by 1', 'second by 2', 'third by 2'])
    expect(run.tasks[0]).toMatchObject({
      attempt: 1,
      epoch: 2,
      output: [
        { name: 'first', worker: 1 },
        { name: 'second', worker: 2 },
        { name: 'third', worker: 2 },
      ],
    })
  })

  test('of a new attempt begins anew', async () => {
    const effects: number[] = []
    const run = await runOne(
      async context => {
        await context.journal('count', '', async () => {
          effects.push(context.attempt)
          return { output: null }
        })
        if (context.attempt === 1) throw new Error('once more')
        return ok()
      },
      { retry: { maxAttempts: 2, backoffMs: 0 } },
    )
    expect(effects).toEqual([1, 2])
    expect(run.status).toBe('SUCCEEDED')
  })

  test('keeps large outputs as blobs and gives them back whole', async () => {
    const large = { text: 'x'.repeat(100_000), nested: { $blob: 'not one of ours' } }
    const outputs: Json[] = []
    let workers = 0
    const script = async (context: TaskContext) => {
      const worker = ++workers
      outputs.push((await context.journal('large', '', async () => ({ output: large }))).output)
      if (worker === 1) await new Promise(() => {})
      return ok(large)
    }
    const inputs: Json[] = []
    const reader = async ({ input }: TaskContext) => ok(inputs.push(input))
    await engine(script, { leaseMs: 900, agents: { 'test.agent': script, 'test.reader': reader } })
    await rig.addWorker({ graceMs: 10 })
    const runId = await rig.start([
      step('a'),
      step('b', { agent: 'test.reader', needs: ['a'], input: { whole: { $ref: 'tasks.a.output' } } }),
    ])
    await vi.waitFor(() => expect(outputs).toHaveLength(1))
    await rig.sql`update leases set expires_at = now() - interval '1 second', worker = 'gone'`
    expect((await rig.until(runId, ended)).status).toBe('SUCCEEDED')
    expect(inputs).toEqual([{ whole: large }])
    expect(outputs).toEqual([large, large])
    const stored =
      await rig.sql`select data -> 'output' as output from events where type in ('ToolCallFinished', 'TaskSucceeded') and task_index = 0`
    const hash = createHash('sha256').update(JSON.stringify(large)).digest('hex')
    expect(stored.map(row => row.output)).toEqual([{ $blob: hash }, { $blob: hash }])
  })

  test('makes calls one after the other, also those that were asked for at once', async () => {
    let under = 0
    const run = await runOne(async context => {
      const calls = ['a', 'b', 'c'].map(tool =>
        context.journal(tool, '', async () => {
          expect(++under).toBe(1)
          await new Promise(resolve => setTimeout(resolve, 10))
          under--
          return { output: tool }
        }),
      )
      return ok((await Promise.all(calls)).map(one => `${one.call}${one.output}`))
    })
    expect(run.tasks[0]?.output).toEqual(['0a', '1b', '2c'])
  })

  test('does not record a call that threw: the agent may make another in its place', async () => {
    const run = await runOne(async context => {
      await context.journal('broken', '', async () => Promise.reject(new Error('no'))).catch(() => {})
      const { call } = await context.journal('whole', '', async () => ({ output: null }))
      return ok(call)
    })
    expect(run.tasks[0]).toMatchObject({ status: 'SUCCEEDED', output: 0, calls: 1 })
  })

  test('refuses an agent that does something else than was recorded', async () => {
    let workers = 0
    const script = async (context: TaskContext) => {
      const worker = ++workers
      await context.journal(worker === 1 ? 'this' : 'that', '', async () => ({ output: null }))
      if (worker === 1) await new Promise(() => {})
      return ok()
    }
    await engine(script, { leaseMs: 900 })
    await rig.addWorker({ graceMs: 10 })
    const runId = await rig.start([step('a')])
    await rig.until(runId, run => run.tasks[0]?.calls === 1)
    await rig.sql`update leases set expires_at = now() - interval '1 second', worker = 'gone'`
    expect((await rig.until(runId, ended)).error?.message).toContain('was this when it was recorded and is that now')
  })
})

describe('results', () => {
  test('carry artifacts, whose bytes are there before the event that cites them', async () => {
    const body = JSON.stringify({ checked: 'nothing' })
    const run = await runOne(async () => ({
      ok: true,
      output: {},
      artifacts: [{ kind: 'Markdown', title: 'Report', mediaType: 'text/markdown', body }],
    }))
    expect(run.artifacts).toMatchObject([
      { kind: 'Markdown', title: 'Report', mediaType: 'text/markdown', size: body.length, taskIndex: 0 },
    ])
    const bytes = await createBlobStore(rig.sql, rig.organisationId).get(run.artifacts[0]?.hash ?? '')
    expect(new TextDecoder().decode(bytes)).toBe(body)
  })

  test('that are not what their kind demands fail the task and keep nothing', async () => {
    const run = await runOne(async () => ({
      ok: true,
      output: {},
      artifacts: [{ kind: 'TestReport', title: 'Tests', mediaType: 'application/json', body: '{"runner": 7}' }],
    }))
    expect(run.tasks[0]).toMatchObject({
      status: 'FAILED',
      error: { code: 'TASK_FAILED', message: expect.stringMatching(/“Tests” is no well-formed TestReport: .*runner/) },
    })
    expect(run.artifacts).toEqual([])
    const notJson = await rig.until(await rig.start([step('b', { agent: 'test.agent' })]), ended)
    expect(notJson.status).toBe('FAILED')
  })

  test('are seen by the tasks that follow', async () => {
    const seen: unknown[] = []
    const agents = {
      'test.agent': async () => ({
        ok: true as const,
        output: {},
        artifacts: [{ kind: 'File' as const, title: 'one', mediaType: 'text/plain', body: 'hello' }],
      }),
      'test.reader': async (context: TaskContext) => {
        const all = await context.artifacts()
        seen.push(
          all.map(one => one.title),
          new TextDecoder().decode(await context.blobs.get(all[0]?.hash ?? '')),
        )
        return ok()
      },
    }
    rig = await createEngineRig({ agents })
    rig.addLoop()
    await rig.addWorker()
    await rig.until(await rig.start([step('a'), step('b', { agent: 'test.reader', needs: ['a'] })]), ended)
    expect(seen).toEqual([['one'], 'hello'])
  })

  test('are cleaned of what a log must not hold', async () => {
    const run = await runOne(async () => ok({ text: 'a\u0000b\u001b[31mc\u202e' }))
    expect(run.tasks[0]?.output).toEqual({ text: 'a\uFFFDb[31mc' })
  })
})

describe('failures', () => {
  test('of an agent that nobody knows block the task, and say how to mend it', async () => {
    await engine(done)
    await rig.addWorker()
    const run = await rig.until(await rig.start([step('a', { agent: 'nobody.knows' })]), ended)
    expect(run.tasks[0]).toMatchObject({
      status: 'BLOCKED',
      error: {
        code: 'NOT_FOUND',
        message: expect.stringContaining('nobody.knows'),
        hint: expect.stringContaining('install'),
      },
    })
  })

  test('that are thrown are recorded with what may be known of them', async () => {
    const known = await runOne(async () =>
      Promise.reject(new OrreryError('LIMIT_EXCEEDED', 'too large', { hint: 'make it smaller' })),
    )
    expect(known.tasks[0]?.error).toEqual({
      code: 'LIMIT_EXCEEDED',
      message: 'too large',
      hint: 'make it smaller',
      retryable: false,
    })
  })

  test('that an agent returns are kept, also as blocked and however long', async () => {
    const failure = {
      code: 'SANDBOX_UNAVAILABLE' as const,
      message: 'm'.repeat(9_000),
      hint: 'install it',
      retryable: false,
    }
    const run = await runOne(async () => ({ ok: false, failure, blocked: true }))
    expect(run.tasks[0]).toMatchObject({
      status: 'BLOCKED',
      error: { code: 'SANDBOX_UNAVAILABLE', message: 'm'.repeat(4_000) },
    })
  })
})

describe('a worker that may not go on', () => {
  test('leaves an agent that does not heed its signal to itself, and its claim to whoever ended it', async () => {
    await engine(() => new Promise(() => {}))
    const worker = await rig.addWorker({ graceMs: 50 })
    const runId = await rig.start([step('a')])
    await rig.until(runId, run => run.tasks[0]?.status === 'CLAIMED')
    await rig.handle.handle(runId, { type: 'CancelRun', reason: '' }, by)
    await vi.waitFor(() => expect(worker.state().active).toBe(0), 5_000)
    expect((await rig.handle.load(runId))?.tasks[0]?.status).toBe('CANCELLED')
  })

  test('does one ticket twice only once', async () => {
    let calls = 0
    rig = await createEngineRig({ agents: { 'test.agent': async () => ok(++calls) } })
    const worker = await rig.addWorker()
    const runId = await rig.start([step('a')])
    // A claim whose answer was lost: the next ticket of the same epoch finds it made, and takes it up.
    await claim(rig.handle, runId, 0, 1, worker.state().id)
    const ticket = { runId, taskIndex: 0, epoch: 1, workerClass: 'light' }
    await rig.tickets.enqueue([ticket])
    await rig.until(runId, ended)
    await rig.tickets.enqueue([ticket])
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(calls).toBe(1)
  })

  test('waits out a Postgres that is away, says so, and finishes', async () => {
    const away = { now: false }
    await engine(async () => {
      away.now = true
      setTimeout(() => {
        away.now = false
      }, 400)
      return ok()
    })
    const gone = async () => Promise.reject(Object.assign(new Error('away'), { code: 'CONNECTION_CLOSED' }))
    const store = {
      ...rig.store,
      append: (...args: Parameters<typeof rig.store.append>) => (away.now ? gone() : rig.store.append(...args)),
    }
    const handle = createHandle({ store, onCommitted: rig.bell.ring })
    rig.onClose(handle.close)
    await rig.addWorker({ handle })
    expect((await rig.until(await rig.start([step('a')]), ended)).status).toBe('SUCCEEDED')
  })

  test('shows itself while it lives, with its load', async () => {
    await engine(async ({ signal }) => {
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      return ok()
    })
    const worker = await rig.addWorker({ beatMs: 30, version: '1.2.3' })
    await rig.start([step('a')])
    await vi.waitFor(async () => {
      const [row] = await rig.sql`select active, version, classes, sandbox, draining from workers`
      expect(row).toMatchObject({
        active: 1,
        version: '1.2.3',
        classes: { light: 4 },
        sandbox: { available: false },
        draining: false,
      })
    })
    expect(worker.state()).toMatchObject({ active: 1, draining: false, up: true })
  })
})

test('live output reaches people without what could rewrite their screen', async () => {
  await engine(async context => {
    context.output('\u001b[2J\u001b]0;title\u0007plain \u001b[1;31mred\u001b[0m\n\u202e')
    return ok()
  })
  await rig.addWorker()
  const runId = await rig.start([step('a')])
  await rig.until(runId, ended)
  const chunks: string[] = []
  for await (const chunk of rig.liveOutput.follow({ runId, taskIndex: 0, epoch: 1 })) chunks.push(chunk.text)
  expect(chunks.join('')).toBe('plain red\n')
})

async function typesOf(runId: string): Promise<string[]> {
  const rows = await rig.sql<{ type: string }[]>`select type from events where run_id = ${runId} order by seq`
  return rows.map(row => row.type)
}

test('a claim that is granted while the worker ends is given back, and the worker ends', async () => {
  await engine(({ signal }) => new Promise(resolve => signal.addEventListener('abort', () => resolve(ok()))))
  let granted = () => {}
  const held = new Promise<void>(resolve => {
    granted = resolve
  })
  const late: typeof rig.handle = {
    ...rig.handle,
    async handle(runId, command, by) {
      const handled = await rig.handle.handle(runId, command, by)
      if (command.type === 'ClaimTask') await held
      return handled
    },
  }
  const worker = await rig.addWorker({ handle: late })
  const runId = await rig.start([step('a')])
  await rig.until(runId, run => run.tasks[0]?.status === 'CLAIMED')
  const ended = worker.drain(0)
  setTimeout(granted, 200)
  await ended
  expect(await rig.until(runId, run => run.tasks[0]?.status === 'READY')).toMatchObject({ status: 'RUNNING' })
})
