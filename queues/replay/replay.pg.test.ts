/** Runs that were really done, with everything that can happen to one, and done again from their log. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createBlobStore } from '../../db/blobs.ts'
import { createLedger } from '../../db/ledger.ts'
import { step, tester, workflowOf } from '../../db/rig.ts'
import { choose } from '../../domain/choose.ts'
import type { ModelOutcome } from '../../domain/model.ts'
import type { Agent, ModelAsk, TaskContext } from '../../domain/ports.ts'
import { balanced } from '../../domain/routing.ts'
import { decide } from '../../domain/run/decide.ts'
import type { EventType, RecordedEvent } from '../../domain/run/events.ts'
import { isRunEnded, type Run } from '../../domain/run/state.ts'
import type { Workflow, WorkflowInput } from '../../domain/workflow.ts'
import { claim, createEngineRig, type EngineRig, type Script } from '../engine-rig.ts'
import type { ModelGateway } from '../model-gateway.ts'
import { promptHash } from '../prompt-hash.ts'
import { type ReplayDeps, replayRun } from './replay-run.ts'

let rig: EngineRig
afterEach(() => rig.close())

const ask = (text: string): ModelAsk => ({
  purpose: text,
  request: {
    system: 'You count.',
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    tools: [{ name: 'read', description: 'Reads a file.', inputSchema: { type: 'object' } }],
    toolChoice: 'auto',
    maxOutputTokens: 1_000,
    thinking: 'off',
    temperature: null,
    outputSchema: null,
  },
  needs: { abilities: {}, capabilities: { coding: 1 }, allowed: null, avoid: [], preferred: [] },
})

const usage = { input: 100, cacheRead: 0, cacheWrite: 0, output: 50, reasoning: 0 }
const overloaded = (): ModelOutcome => ({
  ok: false,
  error: { code: 'OVERLOADED', message: 'too many', retryable: true, retryAfterMs: null },
  usage: null,
  mayHaveCost: false,
  partial: '',
})

/** Answers with what it is asked. `fails` says of which number of call, from 1, it does not. */
function gateway(fails: (number: number) => boolean = () => false): ModelGateway & { calls(): number } {
  let calls = 0
  const model = (name: string) => ({
    id: `stub/${name}`,
    provider: 'stub',
    name,
    contextTokens: 100_000,
    maxOutputTokens: 4_000,
    abilities: { tools: true, vision: false, thinking: false, structuredOutput: false },
    capabilities: { coding: 0.5 },
    maxConcurrent: 8,
    latencySeconds: 1,
  })
  const state = { usable: true, breaker: 'closed' as const, inFlight: 0, latencySeconds: 1, simulated: false }
  return {
    calls: () => calls,
    list: () => ['one', 'two'].map(name => ({ model: model(name), ...state })),
    async call(name, { messages }) {
      if (fails(++calls)) return overloaded()
      const heard = JSON.stringify(messages)
      return { ok: true, reply: { content: [{ type: 'text', text: heard }], stopReason: 'end', model: name }, usage }
    },
    countTokens: async () => 100,
    nextTry: (_, tries) => (tries < 2 ? { waitMs: 1 } : null),
    price: (_, { input, output }) => input + output,
    worstCase: (_, { inputTokens, maxOutputTokens }) => inputTokens + maxOutputTokens,
    missing: () => '',
  }
}

type Doing = { agents: Record<string, Script>; workflows?: Workflow[]; models?: ModelGateway; workers?: number }

/** Does a run to its end; its id. */
async function done(steps: WorkflowInput['steps'], doing: Doing, meanwhile?: (runId: string) => Promise<unknown>) {
  const { models = gateway(), workers = 1, ...options } = doing
  rig = await createEngineRig({ leaseMs: 1_000, ...options })
  const ledger = createLedger({ sql: rig.sql })
  rig.addLoop()
  for (let index = 0; index < workers; index++)
    await rig.addWorker({ models: { gateway: models, ledger, choose, preference: balanced } })
  const runId = await rig.start(steps)
  await meanwhile?.(runId)
  await rig.until(runId, run => isRunEnded(run.status), 60_000)
  return runId
}

const agentsOf = (scripts: Record<string, Script>): ReadonlyMap<string, Agent> =>
  new Map(
    Object.entries(scripts).map(([name, run]): [string, Agent] => [
      name,
      { name, title: name, description: '', capabilities: [], workerClass: 'light', produces: [], run },
    ]),
  )

const replay = (runId: string, agents: Record<string, Script>, extra: Partial<ReplayDeps> = {}) =>
  replayRun({ sql: rig.sql, agents: agentsOf(agents), blobsFor: id => createBlobStore(rig.sql, id), ...extra }, runId)

async function events<T extends EventType>(runId: string, type: T) {
  const all = await rig.store.read(runId, 0, 10_000)
  return all.filter((event): event is Extract<RecordedEvent, { type: T }> => event.type === type)
}

/** Three turns of a model, each followed by a tool. */
const turns: Script = async (context: TaskContext) => {
  const seen: unknown[] = []
  for (let turn = 0; turn < 3; turn++) {
    const { reply } = await context.model(ask(`turn ${turn} of ${context.item}, knowing ${seen.length}`))
    const call = await context.journal('read', `file ${turn}`, async () => ({ output: { turn, at: Math.random() } }))
    seen.push(reply.content, call.output)
  }
  return { ok: true, output: { seen: JSON.parse(JSON.stringify(seen)) }, artifacts: [markdown(`${seen.length}`)] }
}
const markdown = (body: string) => ({ kind: 'Markdown' as const, title: 'Notes', mediaType: 'text/markdown', body })

/** The same agent, that tells its models something else. */
const telling =
  (change: (request: ModelAsk['request'], purpose: string) => Partial<ModelAsk['request']>): Script =>
  context =>
    turns({
      ...context,
      model: one => context.model({ ...one, request: { ...one.request, ...change(one.request, one.purpose) } }),
    })

describe('a run is identical', () => {
  test('where nothing changed, and nothing is called or written', async () => {
    const models = gateway()
    const runId = await done([step('a'), step('b', { needs: ['a'] })], { agents: { 'test.agent': turns }, models })
    const before = await rig.store.heads([runId])
    const calls = models.calls()
    const result = await replay(runId, { 'test.agent': turns })
    expect(result).toMatchObject({ divergence: null, unchecked: [], claims: 2, prompts: 6, calls: 12 })
    expect(result.events).toBe(before.get(runId))
    expect(models.calls()).toBe(calls)
    expect(await rig.store.heads([runId])).toEqual(before)
  })

  test('with retries, models that fail and are fallen back from, and failures that the agent lives with', async () => {
    let tries = 0
    const agent: Script = async context => {
      const { reply } = await context.model(ask('begin'))
      if (context.attempt === 1) return { ok: false, failure: failure(`try ${++tries}`) }
      const word = await context.model(ask('later')).catch(error => `${error.code}`)
      const other = await context.model(ask('again'))
      return { ok: true, output: JSON.parse(JSON.stringify([reply, word, other.reply])), artifacts: [] }
    }
    // Of the second attempt, all that is tried of “later” fails on both models.
    const models = gateway(number => number === 2 || (number >= 4 && number <= 7))
    const runId = await done([step('a', { retry: { maxAttempts: 2, backoffMs: 1 } })], {
      agents: { 'test.agent': agent },
      models,
    })
    expect((await events(runId, 'ModelFellBack')).length).toBeGreaterThan(0)
    expect((await events(runId, 'TaskSucceeded'))[0]?.data.output).toMatchObject({ 1: 'UNAVAILABLE' })
    expect(await replay(runId, { 'test.agent': agent })).toMatchObject({ divergence: null, unchecked: [], claims: 2 })
  })

  test('with questions, handoffs and messages, each of which does a task again', async () => {
    const giver: Script = async context => {
      await context.model(ask('what first?'))
      const answered = await context.ask(question)
      await context.send({ to: 'b', priority: 1, body: { hello: true } })
      const outcome = await context.handOff({ ...handoff, agent: 'test.receiver' })
      const words = await context.receive()
      await context.model(ask(`${answered.outcome}, ${JSON.stringify(outcome)}, ${JSON.stringify(words.length)}`))
      return { ok: true, output: { outcome: outcome.outcome }, artifacts: [] }
    }
    const listener: Script = async context => {
      const words = await context.receive()
      await context.model(ask(`heard ${JSON.stringify(words.map(({ body }) => body))}`))
      return { ok: true, output: null, artifacts: [] }
    }
    const agents = { 'test.agent': giver, 'test.receiver': turns, 'test.listener': listener }
    const runId = await done([step('a'), step('b', { needs: ['a'], agent: 'test.listener' })], { agents }, async id => {
      const asked = await rig.until(id, run => run.openApprovals > 0)
      await answer(id, asked)
    })
    expect((await events(runId, 'MessageHandled')).length).toBe(1)
    // The giver was claimed three times, the receiver and the listener once each.
    expect(await replay(runId, agents)).toMatchObject({ divergence: null, unchecked: [], claims: 5 })
  })

  test('with work that is sent back, and a step that a person lets begin', async () => {
    const author: Script = async context => {
      await context.model(ask(`write, ${JSON.stringify(context.revision)}`))
      return { ok: true, output: { round: context.revision?.round ?? 0 }, artifacts: [markdown('text')] }
    }
    const reviewer: Script = async context => {
      const made = await context.artifacts()
      await context.model(ask(`review ${made.map(one => one.artifactId)}`))
      return { ok: true, output: { verdict: made.length > 1 ? 'good' : 'bad' }, artifacts: [] }
    }
    const agents = { 'test.agent': author, 'test.reviewer': reviewer }
    const steps = [
      step('write', { approval: { title: 'May it begin?' } }),
      step('review', {
        agent: 'test.reviewer',
        needs: ['write'],
        back: { to: 'write', when: { path: 'tasks.review.output.verdict', op: 'equals', value: 'bad' }, maxRounds: 2 },
      }),
    ] as WorkflowInput['steps']
    const runId = await done(steps, { agents }, async id => {
      // A person is asked before each round.
      for (let round = 0; round < 2; round++) {
        const asked = await rig.until(id, run => run.openApprovals > 0)
        await answer(id, asked)
        await rig.until(id, run => run.openApprovals === 0)
      }
    })
    expect((await events(runId, 'TaskSentBack')).length).toBe(1)
    expect(await replay(runId, agents)).toMatchObject({ divergence: null, unchecked: [], claims: 4 })
  })

  test('with lost leases, a fan-out, a sub-run, and a task that begins anew', async () => {
    const agents: Record<string, Script> = {
      'test.agent': async context => {
        const made = await turns(context)
        return made.ok ? { ...made, output: { items: ['x', 'y', 'z'] } } : made
      },
      'test.each': turns,
    }
    const workflows = [{ ...workflowOf([step('only', { agent: 'test.each' })]), name: 'inner' }]
    rig = await createEngineRig({ leaseMs: 300, agents, workflows })
    const runId = await rig.start([
      step('a'),
      step('each', { agent: 'test.each', needs: ['a'], forEach: 'tasks.a.output.items' }),
      step('sub', { workflow: 'inner', needs: ['each'] }),
    ])
    // Somebody claims the first task, begins to ask a model, and is never heard of again.
    await claim(rig.handle, runId, 0, 1)
    const lost = { taskIndex: 0, epoch: 1, call: 0, tryIndex: 0, model: 'stub/one', provider: 'stub', simulated: false }
    const told = { purpose: 'turn 0', promptHash: promptHash(ask('turn 0 of null, knowing 0')) }
    const sized = { reservedMicros: 1, maxOutputTokens: 1, routed: null, fellBack: null }
    await rig.handle.handle(runId, { type: 'StartModelCall', ...lost, ...told, ...sized }, { actor: tester })
    rig.addLoop()
    const models = { gateway: gateway(), ledger: createLedger({ sql: rig.sql }), choose, preference: balanced }
    for (let index = 0; index < 2; index++) await rig.addWorker({ models })
    await rig.until(runId, run => isRunEnded(run.status), 60_000)
    expect((await events(runId, 'LeaseExpired')).length).toBeGreaterThan(0)
    await rig.handle.handle(runId, { type: 'RetryTask', taskIndex: 1, reason: 'again' }, { actor: tester })
    const run = await rig.until(runId, one => isRunEnded(one.status), 60_000)
    const result = await replay(runId, agents)
    // The claim that was lost told the model once more what the next one told it.
    expect(result).toMatchObject({ divergence: null, unchecked: [], claims: 8, prompts: 22 })
    for (const { childRunId } of run.tasks)
      if (childRunId !== null) expect(await replay(childRunId, agents)).toMatchObject({ divergence: null, claims: 1 })
  })
})

const failure = (message: string) => ({ code: 'UNAVAILABLE' as const, message, hint: '', retryable: true })
const question = {
  kind: 'question' as const,
  subject: null,
  title: 'Which?',
  body: '',
  fields: [],
  facts: null,
  timeoutMs: null,
  onDeadline: 'deny' as const,
  quorum: 1,
}
const handoff = {
  goal: 'Do this',
  constraints: [],
  artifactIds: [],
  carried: null,
  dropped: [],
  timeoutMs: 10_000,
}
async function answer(runId: string, run: Run): Promise<void> {
  const open = run.approvals.find(one => one.status === 'OPEN')
  const by = { actor: tester }
  await rig.handle.handle(runId, { type: 'AnswerApproval', approvalId: open?.id ?? '', answer: { approved: true } }, by)
}

describe('a change is named at its event', () => {
  const record = () => done([step('a'), step('b', { needs: ['a'] })], { agents: { 'test.agent': turns } })

  test('of a prompt, from one turn on', async () => {
    const runId = await record()
    const changed = telling((_, purpose) => (purpose.startsWith('turn 1') ? { system: 'You add.' } : {}))
    const { divergence } = await replay(runId, { 'test.agent': changed })
    const [, second] = await events(runId, 'ModelCallStarted')
    expect(divergence).toMatchObject({ seq: second?.seq, kind: 'prompt', taskIndex: 0 })
    expect(divergence?.expected).toMatchObject({ promptHash: second?.data.promptHash })
    expect(divergence?.difference).toContain('system')
  })

  test('of a tool’s description', async () => {
    const runId = await record()
    const changed = telling(({ tools }) => ({ tools: tools.map(tool => ({ ...tool, description: 'Reads.' })) }))
    const { divergence } = await replay(runId, { 'test.agent': changed })
    const [first] = await events(runId, 'ModelCallStarted')
    expect(divergence).toMatchObject({ seq: first?.seq, kind: 'prompt', got: { differs: ['tools'] } })
  })

  test('of a rule of decide', async () => {
    const runId = await record()
    const slower: typeof decide = (id, run, command, meta) => {
      const decided = decide(id, run, command, meta)
      const events = decided.events.map(event =>
        event.type === 'TaskClaimed' && event.data.taskIndex === 1
          ? { ...event, data: { ...event.data, dueAt: (event.data.dueAt ?? 0) + 1 } }
          : event,
      )
      return { ...decided, events }
    }
    const { divergence } = await replay(runId, { 'test.agent': turns }, { decide: slower })
    const [, second] = await events(runId, 'TaskClaimed')
    expect(divergence).toMatchObject({ seq: second?.seq, kind: 'decision', taskIndex: 1 })
    expect(divergence?.difference).toContain('data.dueAt')
  })

  test('of a rule that refuses, and of one that decides nothing', async () => {
    const runId = await record()
    const [last] = await events(runId, 'TaskSucceeded')
    const deny: typeof decide = (id, run, command, meta) => {
      if (command.type === 'FinishTask') throw new Error('no more')
      return decide(id, run, command, meta)
    }
    const refused = await replay(runId, { 'test.agent': turns }, { decide: deny })
    const artifact = (await events(runId, 'ArtifactCreated'))[0]
    expect(refused.divergence).toMatchObject({ seq: artifact?.seq, kind: 'decision' })
    expect(refused.divergence?.difference).toContain('no more')
    const silent: typeof decide = (id, run, command, meta) =>
      command.type === 'FinishTask' ? { events: [], run } : decide(id, run, command, meta)
    const nothing = await replay(runId, { 'test.agent': turns }, { decide: silent })
    expect(nothing.divergence).toMatchObject({ seq: artifact?.seq, got: null })
    expect(last?.seq).toBeGreaterThan(artifact?.seq ?? 0)
  })

  test('of the calls: another tool, another aim, one that is left out, and one too many', async () => {
    const runId = await record()
    const [first, second] = await events(runId, 'ToolCallFinished')
    const { seq: begun } = (await events(runId, 'ToolCallStarted'))[0] ?? { seq: 0 }
    const journaling =
      (tool: string, aim: string): Script =>
      context =>
        turns({ ...context, journal: (_tool, _summary, run) => context.journal(tool, aim, run) })
    const otherTool = await replay(runId, { 'test.agent': journaling('write', 'file 0') })
    expect(otherTool.divergence).toMatchObject({ seq: begun, kind: 'call', got: { tool: 'write' } })
    const otherAim = await replay(runId, { 'test.agent': journaling('read', 'file 0') })
    expect(otherAim.divergence).toMatchObject({ kind: 'call', expected: { summary: 'file 1' } })
    expect(otherAim.divergence?.seq).toBeGreaterThan(first?.seq ?? 0)
    expect(otherAim.divergence?.seq).toBeLessThanOrEqual(second?.seq ?? 0)
    const lazy: Script = async context => {
      await context.model(ask('turn 0 of null, knowing 0'))
      return { ok: true, output: null, artifacts: [] }
    }
    const left = await replay(runId, { 'test.agent': lazy })
    expect(left.divergence).toMatchObject({ seq: begun, kind: 'call', got: null })
    const eager: Script = async context => {
      const made = await turns(context)
      await context.journal('read', 'one more', async () => ({ output: null }))
      return made
    }
    const more = await replay(runId, { 'test.agent': eager })
    expect(more.divergence).toMatchObject({ seq: (await events(runId, 'TaskSucceeded'))[0]?.seq, kind: 'call' })
  })

  test('of a result that follows from the same calls', async () => {
    const runId = await record()
    const changed: Script = async context => {
      const made = await turns(context)
      return made.ok ? { ...made, output: { seen: [] } } : made
    }
    const { divergence } = await replay(runId, { 'test.agent': changed })
    const [first] = await events(runId, 'TaskSucceeded')
    expect(divergence).toMatchObject({ seq: first?.seq, kind: 'result' })
    const other: Script = async context => {
      const made = await turns(context)
      return made.ok ? { ...made, artifacts: [markdown('else')] } : made
    }
    const { divergence: artifact } = await replay(runId, { 'test.agent': other })
    expect(artifact).toMatchObject({ seq: first?.seq, kind: 'result' })
    expect(artifact?.difference).toContain('hash')
  })
})

describe('what cannot be compared is said', () => {
  test('an agent that is not there, and one that looks at a sandbox of its own accord', async () => {
    const runId = await done([step('a')], { agents: { 'test.agent': turns } })
    expect(await replay(runId, {})).toMatchObject({
      divergence: null,
      claims: 0,
      unchecked: [{ taskIndex: 0, epoch: 1, reason: 'there is no agent test.agent' }],
    })
    const curious: Script = async context => {
      await context.sandbox.open({ label: 'x' })
      return turns(context)
    }
    const { divergence, unchecked } = await replay(runId, { 'test.agent': curious })
    expect(divergence).toBeNull()
    expect(unchecked[0]?.reason).toContain('sandbox')
    const idle: Script = () => new Promise(() => {})
    const waited = await replay(runId, { 'test.agent': idle }, { patienceMs: 50 })
    expect(waited.unchecked[0]?.reason).toContain('in time')
  })

  test('a run that is still at work is compared as far as it has come', async () => {
    rig = await createEngineRig({ agents: {}, leaseMs: 60_000 })
    const runId = await rig.start([step('a')])
    await claim(rig.handle, runId, 0, 1)
    const run = vi.fn()
    const agent: Script = async context => {
      await context.journal('effect', 'outside', async () => ({ output: run() }))
      return { ok: true, output: null, artifacts: [] }
    }
    expect(await replay(runId, { 'test.agent': agent })).toMatchObject({ divergence: null, unchecked: [], claims: 1 })
    expect(run).not.toHaveBeenCalled()
    await expect(replay('00000000-0000-4000-8000-000000000000', {})).rejects.toThrow('there is no run')
  })
})

test('10,000 events are replayed in a few seconds', async () => {
  rig = await createEngineRig({ agents: {}, leaseMs: 60_000 })
  const runId = await rig.start([step('a')])
  await claim(rig.handle, runId, 0, 1)
  const say = (command: Parameters<typeof rig.handle.handle>[1]) => rig.handle.handle(runId, command, { actor: tester })
  const calls = 4_999
  for (let from = 0; from < calls; from += 500) {
    const numbers = Array.from({ length: Math.min(500, calls - from) }, (_, index) => from + index)
    await Promise.all(
      numbers.flatMap(call => {
        const at = { taskIndex: 0, epoch: 1, call, tool: 'count' }
        const result = { output: call, exitCode: null, durationMs: 0, outputHash: null, treeHash: null }
        return [
          say({ type: 'StartToolCall', ...at, summary: `${call}` }),
          say({ type: 'FinishToolCall', ...at, ...result }),
        ]
      }),
    )
  }
  await say({ type: 'FinishTask', taskIndex: 0, epoch: 1, output: calls, artifacts: [] })
  const agent: Script = async context => {
    for (let call = 0; call < calls; call++) await context.journal('count', `${call}`, async () => ({ output: null }))
    return { ok: true, output: calls, artifacts: [] }
  }
  const begunAt = performance.now()
  const result = await replay(runId, { 'test.agent': agent })
  expect(result).toMatchObject({ divergence: null, unchecked: [], calls })
  expect(result.events).toBeGreaterThan(10_000)
  expect(performance.now() - begunAt).toBeLessThan(10_000)
}, 60_000)
