/**
 * Faults that strike agents while they ask models, ask people, merge and spend: afterwards every run is whole, and what
 * our ledger says is what the provider's own says. `npm test` injects each fault once; `npm run soak` draws many from a
 * seed: `SOAK_SEED=7 SOAK_ROUNDS=100 npm run soak`.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBlobStore } from '../../db/blobs.ts'
import { connect } from '../../db/connect.ts'
import { createLedger } from '../../db/ledger.ts'
import { agentRegistry } from '../../domain/agent.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { draw } from '../../domain/run/retry.ts'
import { isRunEnded, type RunStatus } from '../../domain/run/state.ts'
import { replayRun } from '../../queues/replay/replay-run.ts'
import { differences } from './agents-money.ts'
import { createStubProvider, type Misbehaviour, type StubProvider } from './agents-provider.ts'
import { askingTeam, mergedOnto } from './agents-team.ts'
import { startRun } from './client.ts'
import { type Cluster, createCluster } from './cluster.ts'
import { violations } from './invariants.ts'

const soak = process.env.SOAK !== undefined
const seed = Number(process.env.SOAK_SEED ?? 1)
const rounds = Number(process.env.SOAK_ROUNDS ?? 60)
/** Longer than a busy machine keeps a worker that lives from renewing; as long, a dead one is waited for. */
const leaseMs = 6_000
const folder = mkdtempSync(join(tmpdir(), 'orrery-chaos-models-'))

let provider: StubProvider
let cluster: Cluster
const started: string[] = []
beforeAll(async () => {
  provider = await createStubProvider()
  const models = join(folder, 'models.json')
  writeFileSync(models, JSON.stringify(provider.config))
  cluster = await createCluster({ workers: 2, apis: 2, models, leaseMs })
  // An overrun is refused at the moment at which it would come about. The provider charges no more than it was asked for.
  const owner = connect(cluster.databaseUrl, { role: null, max: 1 })
  await owner`alter table budgets add constraint never_overrun
    check (reserved_micros >= 0 and reserved_micros + spent_micros <= coalesce(limit_micros, reserved_micros + spent_micros))`
  await owner.end()
}, 240_000)
afterAll(async () => {
  await cluster?.close()
  await provider?.close()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

async function start(workflow: string): Promise<string> {
  const runId = await startRun(cluster, randomUUID(), workflow)
  started.push(runId)
  return runId
}

async function statusOf(runId: string): Promise<RunStatus> {
  const [row] = await cluster.sql<{ status: RunStatus }[]>`select status from runs where id = ${runId}`
  return row?.status ?? 'PENDING'
}

/** What brings workers back in the field, a supervisor, does here: one that is told to die may do so at any moment. */
const revive = () => Promise.all(['worker-0', 'worker-1'].map(name => cluster.start(name)))

/** Waits until each of the runs stands at one of `statuses`; rejects where one has ended otherwise. */
async function settled(runIds: readonly string[], ...statuses: RunStatus[]): Promise<void> {
  for (const deadline = Date.now() + 150_000; ; await sleep(200)) {
    await revive()
    const open = (await Promise.all(runIds.map(statusOf))).filter(status => !statuses.includes(status))
    if (open.length === 0) return
    if (open.some(isRunEnded) || Date.now() > deadline)
      throw new Error(`of ${runIds.length} runs, these are not ${statuses}: ${open}\n${cluster.complaints()}`)
  }
}

/** All that must hold, money included; and each run is identical when it is done again from its log. */
async function expectWhole(): Promise<void> {
  await createLedger({ sql: cluster.sql }).expire({ afterMs: 0, limit: 100_000 })
  expect(await violations(cluster.sql, { acknowledged: started, seen: [] })).toEqual([])
  expect(await differences(cluster.sql, provider.charges)).toEqual([])
  const agents = agentRegistry(askingTeam)
  const blobsFor = (organisationId: string) => createBlobStore(cluster.sql, organisationId)
  for (const runId of started) {
    const { divergence, unchecked } = await replayRun({ sql: cluster.sql, agents, blobsFor }, runId)
    expect({ runId, divergence, unchecked }).toEqual({ runId, divergence: null, unchecked: [] })
  }
}

type Fault = { inject(random: number): Promise<void> }

const misbehaving = (...how: Misbehaviour[]): Fault => ({
  inject: async () => provider.misbehave(...how),
})

const dying = (at: string): Fault => ({
  async inject(random) {
    const name = `worker-${Math.floor(random * 2)}`
    await cluster.kill(name)
    await cluster.start(name, { at, nth: 1 + Math.floor(random * 3) })
  },
})

const misbehaviours = [
  misbehaving('hang'),
  misbehaving('garbage'),
  misbehaving('truncated', 'truncated'),
  misbehaving('overloaded'),
]
const crashPoints = ['in-stream', 'before-settle', 'after-reserve', 'after-call-started', 'before-reply-recorded']
const faults = [...misbehaviours, ...[...crashPoints, 'after-effect'].map(dying)]

if (soak) {
  it(`survives ${rounds} faults of agents drawn from seed ${seed}`, async () => {
    for (let round = 0; round < rounds; round++) {
      await faults[Math.floor(draw(seed, round) * faults.length)]?.inject(draw(seed + 1, round))
      await settled([await start('chaos-think')], 'SUCCEEDED')
    }
    await expectWhole()
  })
} else {
  it('survives a provider that misbehaves in every way, and workers that die in the middle of a reply', async () => {
    for (const fault of misbehaviours) await fault.inject(0)
    await Promise.all([dying('in-stream').inject(0), dying('before-settle').inject(0.9)])
    await settled(await Promise.all([start('chaos-think'), start('chaos-think'), start('chaos-think')]), 'SUCCEEDED')
    expect(new Set(provider.charges.map(({ as }) => as))).toEqual(new Set(['hang', 'garbage', 'truncated', 'reply']))
    await expectWhole()
  }, 400_000)
}

it('lets one of two answers win that two APIs are given at the same moment', async () => {
  for (let round = 0; round < (soak ? 50 : 4); round++) {
    const runId = await start('chaos-ask')
    const approvalId = await openApproval(runId)
    const words = cluster.ports.map((_, index) => `word ${index}`)
    const answers = await Promise.all(
      words.map((word, index) => answerOn(cluster.ports[index] ?? 0, approvalId, { word })),
    )
    const won = answers.findIndex(({ approval }) => approval !== undefined)
    expect(answers.filter(({ code }) => code === 'CONFLICT')).toHaveLength(words.length - 1)
    await settled([runId], 'SUCCEEDED')
    const [end] = await cluster.sql<{ data: { output: { word: string } } }[]>`
      select data from events where run_id = ${runId} and type = 'TaskSucceeded'`
    expect(end?.data.output.word).toBe(words[won])
  }
}, 240_000)

it('loses no change of tasks that merge at the same time, and has each conflict resolved once, though workers die', async () => {
  for (const [name, nth] of [
    ['worker-0', 2],
    ['worker-1', 5],
  ] as const) {
    await cluster.kill(name)
    await cluster.start(name, { at: 'after-effect', nth })
  }
  const runIds = await Promise.all(Array.from({ length: soak ? 10 : 2 }, () => start('chaos-merge')))
  await settled(runIds, 'SUCCEEDED')
  for (const runId of runIds) expect(await lostChanges(runId)).toEqual([])
  const resolved = await cluster.sql<Conflict[]>`
    select run_id as "runId", task_index as "taskIndex" from events
    where type = 'HandoffOffered' and run_id = any(${runIds}) order by run_id, task_index`
  expect(resolved.length).toBeGreaterThan(0)
  // Each is one event, though its task is done again after the wait, and by others where its worker died.
  const conflicts = await cluster.sql<Conflict[]>`
    select run_id as "runId", task_index as "taskIndex" from events
    where type = 'MergeConflicted' and run_id = any(${runIds}) order by run_id, task_index`
  expect([...conflicts]).toEqual([...resolved])
  await expectWhole()
}, 300_000)

type Conflict = { runId: string; taskIndex: number }
type Merged = { taskIndex: number; trunkCommit: string }

/** Each of the five changes is on the trunk once, by who made it or who resolved it, and stands on the one before it. */
async function lostChanges(runId: string): Promise<string[]> {
  const merged = await cluster.sql<{ data: Merged; author: number }[]>`
    select data, coalesce((select (planned.data ->> 'groupIndex')::int from events planned
      where planned.run_id = events.run_id and planned.type = 'TaskPlanned' and planned.task_index = events.task_index),
      task_index) as author
    from events where run_id = ${runId} and type = 'ChangeMerged' order by seq`
  const chain = merged.map(({ data }) => data.trunkCommit)
  const authors = merged.map(({ author }) => author).sort()
  return [
    ...(authors.join() === '0,1,2,3,4' ? [] : [`merged by ${authors}`]),
    ...merged.flatMap(({ data }, index) =>
      data.trunkCommit === mergedOnto(chain[index - 1] ?? null, data.taskIndex)
        ? []
        : [`change ${index} stands on nothing`],
    ),
  ]
}

it('overruns no budget that many runs race for, and stops them where nobody raises it', async () => {
  const project = { kind: 'project' as const, id: cluster.projectId }
  const ledger = createLedger({ sql: cluster.sql })
  await ledger.expire({ afterMs: 0, limit: 100_000 })
  const [before] = await ledger.state(cluster.organisationId, [project])
  const limit = (before?.spentMicros ?? 0) + 1_500
  await ledger.setLimit(cluster.organisationId, project, limit)
  const runIds = await Promise.all(Array.from({ length: soak ? 40 : 6 }, () => start('chaos-think')))
  await settled(runIds, 'WAITING', 'SUCCEEDED')
  const open = await cluster.sql<{ id: string }[]>`select id from approvals where status = 'OPEN'`
  expect(open.length).toBeGreaterThan(0)
  for (const { id } of open) {
    const answers = await Promise.all(cluster.ports.map(port => answerOn(port, id, { choice: 'stop' })))
    // Both say the same, so both are told yes; it counts once.
    expect(answers.filter(({ approval }) => approval === undefined)).toEqual([])
    const [said] = await cluster.sql<{ times: number }[]>`
      select count(*)::int as times from events where type = 'ApprovalAnswered' and data ->> 'approvalId' = ${id}`
    expect(said?.times).toBe(1)
  }
  await settled(runIds, 'FAILED', 'SUCCEEDED')
  const [after] = await ledger.state(cluster.organisationId, [project])
  expect(after?.spentMicros).toBeLessThanOrEqual(limit)
  expect(after?.reservedMicros).toBe(0)
  await expectWhole()
}, 400_000)

async function openApproval(runId: string): Promise<string> {
  const read = async () => {
    const [row] = await cluster.sql<{ id: string }[]>`
      select id from approvals where run_id = ${runId} and status = 'OPEN'`
    return row?.id ?? ''
  }
  await expect.poll(read, { timeout: 60_000 }).not.toBe('')
  return read()
}

type Answered = { approval?: { id: string }; code?: string }

async function answerOn(port: number, approvalId: string, answer: object): Promise<Answered> {
  const query = `mutation ($input: AnswerApprovalInput!) { result: answerApproval(input: $input) {
    ... on AnswerApprovalPayload { approval { id } } ... on UserError { code message } } }`
  const input = { approvalId: toGlobalId('Approval', approvalId), answer }
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${cluster.key}` },
    body: JSON.stringify({ query, variables: { input } }),
  })
  return ((await response.json()) as { data: { result: Answered } }).data.result
}
