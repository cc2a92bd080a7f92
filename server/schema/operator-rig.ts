/** A little history for the tests of what operators see: work that was scored, judged, sent back, paid for, and that failed. */
import { randomUUID } from 'node:crypto'
import { createLedger } from '../../db/ledger.ts'
import { uuidOf } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import type { Command } from '../../domain/run/commands.ts'
import { parseWorkflow } from '../../domain/validate.ts'
import type { TestApp } from '../testing.ts'

const by = { actor: { kind: 'engine', id: 'test', name: 'test' } as const }

/** What is written must score 0.5; a review sends it back once. */
const judged = parseWorkflow({
  name: 'judged',
  version: 3,
  title: 'Judged',
  description: 'For tests.',
  steps: [
    { key: 'write', title: 'Write', agent: 'test.first', gate: { kind: 'Plan', minScore: 0.5 } },
    {
      key: 'review',
      title: 'Review',
      agent: 'test.second',
      needs: ['write'],
      back: { to: 'write', when: { path: 'tasks.review.output.verdict', op: 'equals', value: 'changes' } },
    },
  ],
})

const candidates = [
  {
    model: 'acme/small',
    quality: 0.4,
    costMicros: 100,
    latencySeconds: 3,
    score: 0.5,
    propensity: 0.3,
    excluded: null,
  },
  { model: 'acme/big', quality: 0.9, costMicros: 900, latencySeconds: 9, score: 0.6, propensity: 0.7, excluded: null },
  {
    model: 'acme/dear',
    quality: 1,
    costMicros: null,
    latencySeconds: 9,
    score: 0,
    propensity: 0,
    excluded: 'has no known price',
  },
]

export type History = { projectId: string; runId: string; run: string }

export async function projectOf(on: TestApp, key?: string): Promise<string> {
  const made = await on.send<{ createProject: { project: { id: string } } }>(
    'mutation($name: String!) { createProject(input: { name: $name }) { ... on CreateProjectPayload { project { id } } } }',
    { name: `Project ${randomUUID()}` },
    key,
  )
  return made.data.createProject.project.id
}

/** A run of `judged` that comes to its end: two drafts of 0.6 and 0.8 by acme/big, of which the first was sent back with two findings. */
export async function judgedRun(on: TestApp, projectId: string): Promise<History> {
  const run = randomUUID()
  const say = (command: Command) => on.services.handle.handle(run, command, by)
  await start(on, run, projectId)
  await draft(on, run, { epoch: 1, score: 0.6 })
  await say({ type: 'ClaimTask', taskIndex: 1, epoch: 1, worker: 'w' })
  const findings = [{ severity: 'error' }, { severity: 'warning' }]
  await say({
    type: 'FinishTask',
    taskIndex: 1,
    epoch: 1,
    output: { verdict: 'changes', findings },
    artifacts: [report()],
  })
  await draft(on, run, { epoch: 2, score: 0.8 })
  await say({ type: 'ClaimTask', taskIndex: 1, epoch: 2, worker: 'w' })
  await say({ type: 'FinishTask', taskIndex: 1, epoch: 2, output: { verdict: 'approve' }, artifacts: [] })
  return { projectId, run, runId: `run_${run.replaceAll('-', '')}` }
}

/** It has no score, and comes before the success that it is part of. */
const report = () => ({
  artifactId: randomUUID(),
  kind: 'Markdown',
  title: 'A review',
  mediaType: 'text/markdown',
  size: 1,
  hash: 'c'.repeat(64),
})

/** A run whose first task fails at its gate, with a draft of 0.2. */
export async function failedRun(on: TestApp, projectId: string): Promise<History> {
  const run = randomUUID()
  await start(on, run, projectId)
  await draft(on, run, { epoch: 1, score: 0.2 })
  return { projectId, run, runId: `run_${run.replaceAll('-', '')}` }
}

/** A run whose first task is at work, with a tool call under way. */
export async function busyRun(on: TestApp, projectId: string): Promise<History> {
  const run = randomUUID()
  await start(on, run, projectId)
  const at = { taskIndex: 0, epoch: 1 }
  await on.services.handle.handle(run, { ...at, type: 'ClaimTask', worker: 'w' }, by)
  await on.services.handle.handle(
    run,
    { ...at, type: 'StartToolCall', call: 0, tool: 'shell', summary: 'npm test' },
    by,
  )
  return { projectId, run, runId: `run_${run.replaceAll('-', '')}` }
}

const start = (on: TestApp, run: string, projectId: string) =>
  on.services.handle.handle(
    run,
    {
      type: 'StartRun',
      organisationId: on.organisationId,
      projectId: uuidOf('Project', projectId),
      workflow: judged,
      title: 'A run',
      variables: {},
      priority: 0,
      maxParallel: null,
      timeoutMs: null,
      parent: null,
    },
    by,
  )

/** One try at the first task: a call to acme/small that fails, one to acme/big for 500 micro-dollars, and a plan. */
async function draft(on: TestApp, run: string, { epoch, score }: { epoch: number; score: number }): Promise<void> {
  const say = (command: Command) => on.services.handle.handle(run, command, by)
  const at = { taskIndex: 0, epoch, call: 0, provider: 'acme', simulated: false }
  const asked = { ...at, purpose: 'draft', promptHash: 'a'.repeat(64), reservedMicros: 900, maxOutputTokens: 100 }
  const error = { code: 'UNAVAILABLE', message: 'busy', hint: '', retryable: true } as const
  const routed = { propensity: 0.3, candidates: candidates as unknown as Json, reason: 'drawn' }
  const small = { ...at, tryIndex: 0, model: 'acme/small' }
  const big = { ...at, tryIndex: 1, model: 'acme/big' }
  await say({ type: 'ClaimTask', taskIndex: 0, epoch, worker: 'w' })
  await say({ ...asked, ...small, type: 'StartModelCall', routed, fellBack: null })
  await say({
    ...small,
    type: 'FailModelCall',
    reason: 'OVERLOADED',
    error,
    retryInMs: null,
    costMicros: 0,
    certainty: 'known',
  })
  await say({ ...asked, ...big, type: 'StartModelCall', routed: { ...routed, propensity: 0.7 }, fellBack: null })
  const usage = { input: 1_000, cacheRead: 200, cacheWrite: 0, output: 100, reasoning: 0 }
  await pay(on, { run, epoch, usage })
  const cost = { costMicros: 500, certainty: 'known' } as const
  const reply = { usage, stopReason: 'end', output: 'said', contextTokens: 100, durationMs: 2_000 * epoch } as const
  await say({ ...big, ...cost, ...reply, type: 'FinishModelCall' })
  await say({ type: 'FinishTask', taskIndex: 0, epoch, output: null, artifacts: [plan(score)] })
}

async function pay(on: TestApp, { run, epoch, usage }: { run: string; epoch: number; usage: object }): Promise<void> {
  const ledger = createLedger({ sql: on.sql })
  const key = `${run}/0/${epoch}/0/1`
  const scopes = [{ kind: 'organisation' as const, id: on.organisationId }]
  const call = { organisationId: on.organisationId, scopes, provider: 'acme', wantMicros: 900, leastMicros: 10 }
  await ledger.reserve({ ...call, key, model: 'acme/big' })
  await ledger.settle({ key, micros: 500, usage: usage as never, certainty: 'known' })
}

const plan = (score: number) => ({
  artifactId: randomUUID(),
  kind: 'Plan',
  title: 'A plan',
  mediaType: 'application/json',
  size: 2,
  hash: 'b'.repeat(64),
  score,
  scoreParts: [{ name: 'risks', value: score, weight: 1, why: 'it names risks' }],
})

/** The statements that an operation takes, without what a fresh connection asks for itself. */
export async function statementsOf(on: TestApp, query: string, variables: object = {}): Promise<string[]> {
  const statements: string[] = []
  // Signing in is remembered for a second; that is not what is counted here.
  await on.send('{ viewer { name } }')
  Object.assign(on.sql.options, {
    debug: (_: number, text: string) => text.includes('pg_catalog') || statements.push(text),
  })
  const { errors } = await on.send(query, variables)
  Object.assign(on.sql.options, { debug: false })
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return statements
}

/** A key of another organisation, which has nothing. */
export async function stranger(on: TestApp): Promise<string> {
  const elsewhere = randomUUID()
  await on.sql`insert into organisations (id, name) values (${elsewhere}, 'Other')`
  return on.keys.create({ organisationId: elsewhere, name: 'other', expiresAt: null })
}
