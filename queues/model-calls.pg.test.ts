/** Model calls of a task on a real Postgres: what is recorded is never asked for again, and every call is paid for once. */
import { afterEach, describe, expect, test } from 'vitest'
import { createLedger } from '../db/ledger.ts'
import { step, tester } from '../db/rig.ts'
import { choose } from '../domain/choose.ts'
import type { ModelError, ModelOutcome, ModelRequest } from '../domain/model.ts'
import type { ModelAsk, TaskContext } from '../domain/ports.ts'
import { balanced } from '../domain/routing.ts'
import { isRunEnded, type Run } from '../domain/run/state.ts'
import { createEngineRig, type EngineOptions, type EngineRig, type Script } from './engine-rig.ts'
import type { AvailableModel, ModelGateway } from './model-gateway.ts'
import type { ModelCrashPoint } from './model-try.ts'

let rig: EngineRig
afterEach(() => rig.close())

const ask = (purpose: string): ModelAsk => ({
  purpose,
  request: {
    system: 'You count.',
    messages: [{ role: 'user', content: [{ type: 'text', text: purpose }] }],
    tools: [],
    toolChoice: 'auto',
    maxOutputTokens: 1_000,
    thinking: 'off',
    temperature: null,
    outputSchema: null,
  },
  needs: { abilities: {}, capabilities: { coding: 1 }, allowed: null, avoid: [], preferred: [] },
})

const available = (name: string, coding: number, simulated = false): AvailableModel => ({
  model: {
    id: `stub/${name}`,
    provider: 'stub',
    name,
    contextTokens: 100_000,
    maxOutputTokens: 4_000,
    abilities: { tools: true, vision: false, thinking: false, structuredOutput: false },
    capabilities: { coding },
    maxConcurrent: 8,
    latencySeconds: 1,
  },
  usable: true,
  breaker: 'closed',
  inFlight: 0,
  latencySeconds: 1,
  simulated,
})

const usage = { input: 100, cacheRead: 0, cacheWrite: 0, output: 50, reasoning: 0 }
const errorOf = (code: ModelError['code'], retryable = false): ModelError => ({
  code,
  message: `stub: ${code}`,
  retryable,
  retryAfterMs: null,
})

type Stub = ModelGateway & { readonly calls: { model: string; purpose: string; maxOutputTokens: number }[] }
type Reply = (call: { model: string; text: string; number: number }) => Partial<ModelOutcome> | undefined

/** Micro-dollars: 1 for a token. Answers with what it was asked, unless `reply` says otherwise. */
function stubGateway(reply: Reply = () => undefined, models = [available('good', 0.9), available('plain', 0.5)]): Stub {
  const calls: Stub['calls'] = []
  return {
    calls,
    list: () => models,
    async call(model, request, { onDelta }) {
      const text = textOf(request)
      calls.push({ model, purpose: text, maxOutputTokens: request.maxOutputTokens })
      onDelta({ type: 'text', text: 'one ' })
      const said = { content: [{ type: 'text' as const, text: `heard ${text}` }], stopReason: 'end' as const, model }
      return { ok: true, reply: said, usage, ...reply({ model, text, number: calls.length }) } as ModelOutcome
    },
    countTokens: async () => 100,
    nextTry: (error, tries) => (error.retryable && tries < 3 ? { waitMs: 1 } : null),
    price: (_, { input, output }) => input + output,
    worstCase: (_, { inputTokens, maxOutputTokens }) => inputTokens + maxOutputTokens,
    missing: () => 'Set STUB_KEY.',
  }
}
const textOf = ({ messages }: Omit<ModelRequest, 'model'>): string => {
  const part = messages[0]?.content[0]
  return part?.type === 'text' ? part.text : ''
}
const lost = (code: ModelError['code'], retryable = false) => ({
  ok: false as const,
  error: errorOf(code, retryable),
  usage: null,
  mayHaveCost: true,
  partial: '',
})

async function engine(
  script: Script,
  gateway: Stub,
  extra: Partial<EngineOptions> & { crashAt?: (point: string) => void } = {},
) {
  const { crashAt, ...options } = extra
  rig = await createEngineRig({ agents: { 'test.agent': script }, leaseMs: 1_000, ...options })
  const ledger = createLedger({ sql: rig.sql })
  const models = { gateway, ledger, choose, preference: balanced }
  rig.addLoop()
  const addWorker = (crash?: (point: string) => void) =>
    rig.addWorker({ models, ...(crash === undefined ? {} : { crashAt: crash }) })
  await addWorker(crashAt)
  return { ledger, addWorker }
}

const ended = (run: Run) => isRunEnded(run.status)
const turns = 10
const tenTurns: Script = async (context: TaskContext) => {
  const heard: string[] = []
  for (let turn = 0; turn < turns; turn++) {
    const { reply } = await context.model(ask(`turn ${turn}`))
    const part = reply.content[0]
    heard.push(part?.type === 'text' ? part.text : '')
    await context.journal('count', `count ${turn}`, async () => ({ output: turn }))
  }
  return { ok: true, output: heard, artifacts: [] }
}
const heardAll = Array.from({ length: turns }, (_, turn) => `heard turn ${turn}`)
const types = async (runId: string) => (await rig.store.read(runId, 0, 1_000)).map(event => event.type)
const openReservations = async (): Promise<number> => {
  const [row] = await rig.sql<{ count: number }[]>`select count(*)::int from ledger_calls where state = 'open'`
  return row?.count ?? 0
}

describe('a model call', () => {
  test('is routed, reserved, recorded and settled', async () => {
    const gateway = stubGateway()
    const { ledger } = await engine(tenTurns, gateway)
    const runId = await rig.start([step('a')])
    const run = await rig.until(runId, ended)
    expect(run.tasks[0]).toMatchObject({ status: 'SUCCEEDED', output: heardAll, calls: 20, spentMicros: 1_500 })
    expect(run.spentMicros).toBe(1_500)
    expect((await types(runId)).filter(type => type.startsWith('Model')).slice(0, 3)).toEqual([
      'ModelRouted',
      'ModelCallStarted',
      'ModelCallFinished',
    ])
    const [budget] = await ledger.state(run.organisationId, [{ kind: 'run', id: run.id }])
    expect(budget).toMatchObject({ spentMicros: 1_500, reservedMicros: 0 })
  })

  test('that cannot be had is made by the next model, and both are told', async () => {
    const gateway = stubGateway(({ model }) => (model === 'stub/good' ? lost('SERVER_ERROR') : undefined))
    await engine(async context => ({ ok: true, output: (await context.model(ask('x'))).model, artifacts: [] }), gateway)
    const runId = await rig.start([step('a')])
    const run = await rig.until(runId, ended)
    expect(run.tasks[0]?.output).toBe('stub/plain')
    const said = await types(runId)
    if (gateway.calls.length > 1) expect(said).toEqual(expect.arrayContaining(['ModelCallFailed', 'ModelFellBack']))
  })

  test('is tried again where that may help', async () => {
    const gateway = stubGateway(({ number }) => (number < 3 ? lost('OVERLOADED', true) : undefined))
    await engine(
      async context => ({ ok: true, output: (await context.model(ask('x'))).costMicros, artifacts: [] }),
      gateway,
    )
    const run = await rig.until(await rig.start([step('a')]), ended)
    expect(run.status).toBe('SUCCEEDED')
    expect(gateway.calls).toHaveLength(3)
    // Two replies were lost and count at what was reserved for them.
    expect(run.spentMicros).toBe(150 + 2 * 1_100)
  })

  test('without any model says what to set, and offers the simulation', async () => {
    await engine(
      async context => ({ ok: true, output: (await context.model(ask('x'))).model, artifacts: [] }),
      stubGateway(undefined, []),
    )
    const run = await rig.until(await rig.start([step('a')]), ended)
    expect(run.tasks[0]?.error).toMatchObject({ code: 'BAD_INPUT', hint: expect.stringContaining('Set STUB_KEY.') })
    expect(run.tasks[0]?.error?.hint).toContain('--simulate')
  })

  test('waits for the only model while its breaker is open', async () => {
    const model = available('good', 0.9)
    const gateway = stubGateway(undefined, [{ ...model, breaker: 'open' }])
    const opensAgainAt = performance.now() + 1_500
    gateway.list = () => [{ ...model, breaker: performance.now() < opensAgainAt ? 'open' : 'closed' }]
    await engine(async context => ({ ok: true, output: (await context.model(ask('x'))).model, artifacts: [] }), gateway)
    const run = await rig.until(await rig.start([step('a')]), ended)
    expect(run.tasks[0]?.output).toBe('stub/good')
  })

  test('with a key that its provider refuses lets the run wait and names it, and goes on when the key is set', async () => {
    let accepted = false
    const gateway = stubGateway(() => (accepted ? undefined : { ...lost('UNAUTHORISED'), mayHaveCost: false }))
    await engine(async context => ({ ok: true, output: (await context.model(ask('x'))).model, artifacts: [] }), gateway)
    const runId = await rig.start([step('a')])
    const waiting = await rig.until(runId, run => run.status === 'WAITING' || isRunEnded(run.status))
    expect(waiting.status).toBe('WAITING')
    const [asked] = waiting.approvals
    expect(asked).toMatchObject({ title: 'A provider refuses its key', body: expect.stringContaining('UNAUTHORISED') })
    expect(await openReservations()).toBe(0)
    accepted = true
    const answer = { approve: true }
    await rig.handle.handle(runId, { type: 'AnswerApproval', approvalId: asked?.id ?? '', answer }, { actor: tester })
    const run = await rig.until(runId, ended, 20_000)
    expect(run).toMatchObject({ status: 'SUCCEEDED', tasks: [{ status: 'SUCCEEDED' }] })
  })

  test('of a simulated run is made by simulated models alone', async () => {
    const gateway = stubGateway(undefined, [available('good', 0.9), available('sim', 0.1, true)])
    await engine(async context => ({ ok: true, output: (await context.model(ask('x'))).model, artifacts: [] }), gateway)
    const real = await rig.until(await rig.start([step('a')]), ended)
    expect(real.tasks[0]?.output).toBe('stub/good')
  })
})

const crashPoints: readonly ModelCrashPoint[] = [
  'after-reserve',
  'after-call-started',
  'in-stream',
  'before-reply-recorded',
  'before-settle',
]

describe('a worker that dies in a loop of ten turns', () => {
  test.each(crashPoints)('%s: no recorded call is made twice, and every call is paid for', async point => {
    const gateway = stubGateway()
    let passed = 0
    // The fifth time that the point is passed, the worker stops dead: it never says anything again.
    const dead = new Promise<never>(() => {})
    const crashing = (at: string) => {
      if (at === point && ++passed === 5) throw Object.assign(new Error('killed'), { dead })
    }
    const silent: Script = context =>
      tenTurns(context).catch(error => {
        if ('dead' in error) return dead
        throw error
      })
    const { ledger, addWorker } = await engine(silent, gateway, { crashAt: crashing })
    const runId = await rig.start([step('a', { timeoutMs: 60_000 })])
    await rig.until(runId, run => (run.tasks[0]?.calls ?? 0) >= 8)
    // Its lease is taken from it, as when it runs out.
    const { tasks } = (await rig.handle.load(runId)) as Run
    await new Promise(resolve => setTimeout(resolve, 300))
    await addWorker()
    await rig.handle.handle(
      runId,
      { type: 'ExpireLease', taskIndex: 0, epoch: tasks[0]?.epoch ?? 1 },
      { actor: tester },
    )
    const run = await rig.until(runId, ended, 20_000)
    expect(run.tasks[0]).toMatchObject({ status: 'SUCCEEDED', output: heardAll })
    const asked = gateway.calls.map(({ purpose }) => purpose)
    const repeated = asked.filter((purpose, index) => asked.indexOf(purpose) !== index)
    // Only a call whose reply was not recorded is made again: the fifth.
    const mayRepeat = point === 'in-stream' || point === 'before-reply-recorded' ? ['turn 4'] : []
    expect(repeated).toEqual(mayRepeat)
    await ledger.expire({ afterMs: 0, limit: 100 })
    const [budget] = await ledger.state(run.organisationId, [{ kind: 'run', id: runId }])
    expect(budget?.reservedMicros).toBe(0)
    expect(budget?.spentMicros).toBeGreaterThanOrEqual(1_500)
    expect(await openReservations()).toBe(0)
  })
})

describe('a budget', () => {
  test('that is used up lets the run wait, and goes on when it is raised', async () => {
    const gateway = stubGateway()
    const { ledger } = await engine(tenTurns, gateway)
    const budget = { kind: 'project' as const, id: rig.projectId }
    await ledger.setLimit(rig.organisationId, budget, 1_300)
    const runId = await rig.start([step('a')])
    const waiting = await rig.until(runId, run => run.status === 'WAITING')
    expect(waiting.approvals[0]).toMatchObject({ kind: 'budget', title: 'The budget of the project is used up' })
    const [full] = await ledger.state(rig.organisationId, [budget])
    expect(full?.spentMicros).toBeLessThanOrEqual(1_300)
    const answer = { choice: 'raise', limitMicros: 10_000 }
    await rig.handle.handle(
      runId,
      { type: 'AnswerApproval', approvalId: waiting.approvals[0]?.id ?? '', answer },
      { actor: tester },
    )
    const run = await rig.until(runId, ended)
    expect((await ledger.state(rig.organisationId, [budget]))[0]?.limitMicros).toBe(10_000)
    expect(run.tasks[0]?.output).toEqual(heardAll)
    expect(gateway.calls).toHaveLength(10)
  })

  test('that is nearly used up shortens the reply rather than refusing it', async () => {
    const gateway = stubGateway()
    const { ledger } = await engine(
      async context => ({ ok: true, output: (await context.model(ask('x'))).costMicros, artifacts: [] }),
      gateway,
    )
    await ledger.setLimit(rig.organisationId, { kind: 'project', id: rig.projectId }, 500)
    await rig.until(await rig.start([step('a')]), ended)
    expect(gateway.calls[0]?.maxOutputTokens).toBe(400)
  })

  test('ends the task where a person stops it', async () => {
    const { ledger } = await engine(tenTurns, stubGateway())
    await ledger.setLimit(rig.organisationId, { kind: 'project', id: rig.projectId }, 100)
    const runId = await rig.start([step('a')])
    const { approvals } = await rig.until(runId, run => run.status === 'WAITING')
    await rig.handle.handle(
      runId,
      { type: 'AnswerApproval', approvalId: approvals[0]?.id ?? '', answer: { choice: 'stop' } },
      { actor: tester },
    )
    const run = await rig.until(runId, ended)
    expect(run.tasks[0]?.error).toMatchObject({ code: 'BUDGET_EXCEEDED' })
  })
})
