/** Agents at work with models: what they say, use, hand on, are asked and cost. Decided by the domain; only the work is made up. */
import type { Json } from '../../domain/json.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import type { WorkflowInput } from '../../domain/workflow.ts'
import { begin, type Driver, driver, type History } from './driver.ts'

const limits: WorkflowInput = {
  name: 'build-feature',
  version: 4,
  title: 'Rate limits for each API key',
  description: '',
  maxParallel: 4,
  variables: [{ name: 'objective', type: 'string', description: 'What is wanted', required: true }],
  steps: [
    { key: 'checkout', title: 'Check out', agent: 'git.checkout' },
    { key: 'spec', title: 'Specification', agent: 'spec-writer', needs: ['checkout'] },
    { key: 'plan', title: 'Plan', agent: 'architect', needs: ['spec'] },
    { key: 'limiter', title: 'Token bucket per key', agent: 'code-generator', needs: ['plan'] },
    { key: 'headers', title: 'Headers and 429 replies', agent: 'code-generator', needs: ['plan'] },
    { key: 'tests', title: 'Tests of the limits', agent: 'test-writer', needs: ['limiter', 'headers'] },
    { key: 'audit', title: 'Audit of what changed', workflow: 'repository-audit', needs: ['plan'] },
    { key: 'review', title: 'Review', agent: 'reviewer', needs: ['tests', 'audit'] },
    { key: 'publish', title: 'Write the branch', agent: 'code.publish', needs: ['review'] },
  ],
}

export const childRunId = '01990000-0000-7000-8000-0000000000c1'
const strong = 'anthropic/claude-opus'
const quick = 'openai/gpt-mini'
const hash = 'c'.repeat(64)

type Ask = {
  purpose: string
  model?: string
  from: number
  /** null: its reply is still to come. */
  ms: number | null
  micros?: number
  tokens?: readonly [input: number, output: number]
  reply?: Json
}

/** One call of a model, from its choice to its reply. */
function ask({ history }: Driver, index: number, asked: Ask): void {
  const { purpose, model = strong, from, ms, micros = 40_000, tokens = [8_400, 620], reply = [] } = asked
  const task = history.run.tasks[index]
  const by = (at: number) => ({
    now: begin + at,
    actor: { kind: 'agent' as const, id: 'worker-7f3a', name: task?.uses ?? '' },
  })
  const call = {
    ...{ taskIndex: index, epoch: task?.epoch ?? 0, call: task?.calls ?? 0 },
    ...{ tryIndex: 0, model, provider: model.split('/')[0] ?? '', simulated: false },
  }
  const candidates = [
    { model: strong, propensity: model === strong ? 0.72 : 0.31, excluded: null, costMicros: 96_000, quality: 0.91 },
    { model: quick, propensity: model === quick ? 0.69 : 0.28, excluded: null, costMicros: 9_000, quality: 0.74 },
    { model: 'local/small', propensity: 0, excluded: 'its context is too short', costMicros: 0, quality: 0.5 },
  ].map(one => ({ ...one, latencySeconds: 4 }))
  history.say(
    {
      type: 'StartModelCall',
      ...call,
      purpose,
      promptHash: hash,
      reservedMicros: 96_000,
      maxOutputTokens: 4_096,
      routed: { propensity: 0.72, candidates, reason: 'quality weighs most here' },
      fellBack: null,
    },
    by(from),
  )
  if (ms === null) return
  const usage = { input: tokens[0], cacheRead: 2_048, cacheWrite: 0, output: tokens[1], reasoning: 120 }
  history.say(
    {
      type: 'FinishModelCall',
      ...call,
      usage,
      stopReason: 'end',
      output: reply,
      contextTokens: tokens[0] + tokens[1],
      durationMs: ms,
      costMicros: micros,
      certainty: 'known',
    },
    by(from + ms),
  )
}

const says = (thinking: string, text: string, tool?: { name: string; input: Json }): Json => [
  { type: 'thinking', text: thinking, opaque: null },
  { type: 'text', text },
  ...(tool === undefined ? [] : [{ type: 'tool-call', id: 'call_1', opaque: null, ...tool }]),
]

/** Up to where the two that write code are done and the third asks for help. */
export function team(): History {
  const run = driver(limits, { objective: 'Limit each API key to its own rate, and say so in the headers.' }, 1_200_000)
  run.claim(0, 200)
  run.call(0, 'git', 'clone --depth=500 https://example.org/orders-service.git', 260, 1_900)
  run.finish(0, 2_300, { commit: '4f1c0d2' }, ['repository'])
  run.claim(1, 2_500)
  ask(run, 1, {
    ...{ purpose: 'turn 1', from: 2_600, ms: 5_200, micros: 62_000, tokens: [5_200, 900] },
    reply: says(
      'The routes share one limiter. A key needs one of its own.',
      'I look at where requests are counted today.',
      { name: 'search', input: { pattern: 'rateLimit', path: 'src' } },
    ),
  })
  run.call(1, 'search', 'rateLimit in src', 7_900, 240)
  ask(run, 1, {
    purpose: 'turn 2',
    from: 8_300,
    ms: 6_100,
    micros: 71_000,
    reply: says('', 'The specification is written.'),
  })
  run.finish(1, 14_600, { requirements: 6 }, ['markdown'])
  run.claim(2, 14_900)
  ask(run, 2, {
    purpose: 'turn 1',
    from: 15_000,
    ms: 9_400,
    micros: 104_000,
    tokens: [11_800, 1_900],
    reply: says('', 'Two parts can be built side by side.'),
  })
  run.finish(2, 24_700, { steps: 2 })
  building(run)
  return run.history.events
}

function building(run: Driver): void {
  run.claim(3, 25_000)
  run.claim(4, 25_100)
  run.history.say(
    { type: 'StartChild', taskIndex: 6, epoch: 1, childRunId },
    { now: begin + 25_260, actor: { kind: 'engine', id: 'engine', name: 'Engine' } },
  )
  ask(run, 4, {
    purpose: 'turn 1',
    model: quick,
    from: 25_400,
    ms: 3_100,
    micros: 7_400,
    reply: says('', 'I read how replies are made.'),
  })
  run.call(4, 'read', 'src/http/reply.ts', 28_700, 90)
  ask(run, 3, {
    purpose: 'turn 1',
    from: 25_300,
    ms: 7_700,
    micros: 88_000,
    reply: says('A bucket per key, refilled lazily.', 'I write the bucket first.', {
      name: 'write',
      input: { path: 'src/http/bucket.ts' },
    }),
  })
  run.call(3, 'write', 'src/http/bucket.ts', 33_200, 130)
  run.call(3, 'tests', 'npx vitest run src/http', 33_600, 8_800, 1)
  message(run)
  ask(run, 4, {
    purpose: 'turn 2',
    model: quick,
    from: 44_000,
    ms: 3_800,
    micros: 8_100,
    reply: says('', 'The headers follow the draft standard.'),
  })
  run.finish(4, 48_200, { files: 2 })
  ask(run, 3, {
    purpose: 'turn 2',
    from: 42_900,
    ms: 9_600,
    micros: 121_000,
    tokens: [18_300, 2_400],
    reply: says(
      'The clock in the test is real. It must be handed in.',
      'One test fails because of the clock; a debugger knows such tests.',
    ),
  })
  handOn(run)
}

const agent = (name: string, at: number) => ({
  now: begin + at,
  actor: { kind: 'agent' as const, id: 'worker-7f3a', name },
})

function message({ history }: Driver): void {
  history.say(
    {
      ...{ type: 'SendMessage', taskIndex: 3, epoch: 1, call: history.run.tasks[3]?.calls ?? 0, priority: 1 },
      ...{ messageId: '01990000-0000-7000-8000-0000000000d1', sender: 'limiter', recipient: 'headers' },
      message: 'The bucket answers with the seconds until the next token: use them for Retry-After.',
    },
    agent('code-generator', 42_600),
  )
}

/** The third asks another agent for help and waits; the fourth step waits for a person's yes about money. */
function handOn(run: Driver): void {
  const { history } = run
  history.say(
    {
      ...{ type: 'OfferHandoff', taskIndex: 3, epoch: 1, call: history.run.tasks[3]?.calls ?? 0 },
      ...{ handoffId: '01990000-0000-7000-8000-0000000000e1', agent: 'debugger', known: true, workerClass: 'model' },
      ...{ title: 'Make the test of the bucket hold', goal: 'One test of the bucket depends on the real clock.' },
      ...{
        packet: { constraints: ['keep the interface'] },
        input: { file: 'src/http/bucket.test.ts' },
        timeoutMs: 900_000,
      },
    },
    agent('code-generator', 53_000),
  )
  const helper = history.run.tasks.length - 1
  run.claim(helper, 53_400)
  ask(run, helper, {
    purpose: 'turn 1',
    from: 53_600,
    ms: 6_900,
    micros: 79_000,
    reply: says('', 'The clock becomes a parameter.', { name: 'edit', input: { path: 'src/http/bucket.ts' } }),
  })
  run.call(helper, 'edit', 'src/http/bucket.ts', 60_700, 60)
  run.call(helper, 'tests', 'npx vitest run src/http/bucket.test.ts', 60_900, 4_100)
  ask(run, helper, { purpose: 'turn 2', from: 65_400, ms: null })
}

/** 40,000 events of 300 tasks that make very many calls. */
export function long(count = 40_000): History {
  const steps = Array.from({ length: 300 }, (_, index) => ({
    ...{
      key: `step-${index}`,
      title: `Step ${index}`,
      agent: ['code-generator', 'reviewer', 'test-writer'][index % 3] ?? '',
    },
    needs: index < 12 ? [] : [`step-${index - 12}`],
  }))
  const run = driver(
    {
      ...limits,
      name: 'long',
      title: 'Three hundred steps, forty thousand events',
      variables: [],
      maxParallel: 12,
      steps,
    },
    {},
  )
  const calls = Math.ceil((count - 900) / (300 * 2))
  const events: RecordedEvent[] = []
  let taken = 0
  for (let index = 0; index < steps.length; index++) {
    // In the middle there is an hour in which nothing happens.
    const from = Math.floor(index / 12) * 60_000 + (index % 12) * 900 + (index >= 156 ? 3_600_000 : 0)
    run.claim(index, from)
    run.call(index, 'shell', 'make', from + 100, 50)
    run.finish(index, from + 48_000)
    for (const event of run.history.events.slice(taken)) {
      events.push(event)
      if (event.type === 'ToolCallFinished') events.push(...manyCalls(event, calls))
    }
    taken = run.history.events.length
  }
  return events.map((event, place) => ({ ...event, seq: place + 1 }))
}

/** Made from one that the domain decided: to decide each of them would take seconds. */
function manyCalls(event: RecordedEvent & { type: 'ToolCallFinished' }, count: number): RecordedEvent[] {
  const { taskIndex, attempt, epoch } = event.data
  return Array.from({ length: count }, (_, place) => {
    const at = event.at + place * Math.floor(47_000 / count)
    const call = { taskIndex, attempt, epoch, call: place + 1, tool: 'shell' }
    const exitCode = place % 41 === 7 ? 1 : 0
    return [
      { ...event, type: 'ToolCallStarted' as const, at, data: { ...call, summary: `make part-${place}` } },
      { ...event, at: at + 400, data: { ...event.data, ...call, exitCode, durationMs: 400 } },
    ]
  }).flat()
}
