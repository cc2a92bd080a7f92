/** What a sub-run has from the run that it is part of, when it is begun. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { step, tester, workflowOf } from '../db/rig.ts'
import type { Preference } from '../domain/routing.ts'
import { isRunEnded, type Run } from '../domain/run/state.ts'
import { createEngineRig, done, type EngineRig } from './engine-rig.ts'

let rig: EngineRig
beforeEach(async () => {
  rig = await createEngineRig({ agents: { 'test.agent': done }, workflows: [inner] })
})
afterEach(() => rig.close())

const by = { actor: tester }
const ended = (run: Run) => isRunEnded(run.status)
const inner = workflowOf([step('only')], { name: 'inner' })
const outer = workflowOf([step('first'), step('nested', { workflow: 'inner', needs: ['first'] })])

async function start(how: { preference?: Preference; manual?: boolean } = {}): Promise<string> {
  const runId = randomUUID()
  const { organisationId, projectId } = rig
  const run = { title: 'Outer', variables: {}, priority: 3, maxParallel: null, timeoutMs: null, parent: null }
  const fixed = { organisationId, projectId, workflow: outer, simulated: true }
  await rig.handle.handle(runId, { type: 'StartRun', ...run, ...fixed, ...how }, by)
  return runId
}

/** The sub-run of a run that has ended. */
async function childOf(runId: string): Promise<Run> {
  const run = await rig.until(runId, ended, 60_000)
  const child = await rig.handle.load(run.tasks[1]?.childRunId ?? '')
  if (child === null) throw new Error(`${run.status}, without a sub-run`)
  return child
}

test('it is simulated where that is, and as urgent', async () => {
  const runId = await start()
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  expect(await childOf(runId)).toMatchObject({ simulated: true, priority: 3, depth: 1, adjustments: null })
})

/** Waits until a run asks, and says go. */
async function sayGo(runId: string): Promise<void> {
  const asks = (run: Run) => run.approvals.some(one => one.status === 'OPEN')
  const { approvals } = await rig.until(runId, asks, 30_000)
  const approvalId = approvals.find(one => one.status === 'OPEN')?.id ?? ''
  await rig.handle.handle(runId, { type: 'AnswerApproval', approvalId, answer: { approve: true } }, by)
}

test('where that waits for a go before each of its tasks, so does it', async () => {
  const runId = await start({ manual: true })
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  await sayGo(runId)
  await sayGo(runId)
  const begun = (run: Run) => run.tasks[1]?.childRunId != null
  const child = (await rig.until(runId, begun, 30_000)).tasks[1]?.childRunId ?? ''
  await vi.waitFor(async () => expect(await rig.handle.load(child)).not.toBeNull(), { timeout: 30_000 })
  await sayGo(child)
  expect(await childOf(runId)).toMatchObject({ id: child, manual: true, status: 'SUCCEEDED' })
})

const thrifty: Preference = { quality: 0.2, cost: 0.8, latency: 0 }
/** With what the run was started, as its first event tells. */
const preferenceOf = async ({ id }: Run) => {
  const [first] = await rig.store.read(id, 0, 1)
  return first?.type === 'RunStarted' ? first.data.preference : undefined
}

test('its models are chosen by what that prefers, or by what the installation does where that has no preference', async () => {
  const plain = await start()
  const runId = await start({ preference: thrifty })
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  expect(await preferenceOf(await childOf(runId))).toEqual(thrifty)
  expect(await preferenceOf(await childOf(plain))).toBeNull()
})

test('in a fork it prefers what the fork does, also where it is begun only then', async () => {
  const runId = await start()
  const forkRunId = randomUUID()
  const wanted = { forkRunId, fromRunId: runId, atSeq: 3, agents: [], reason: '', parent: null }
  await rig.forks.fork({ ...wanted, changes: { preference: thrifty } }, by)
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  expect(await preferenceOf(await childOf(forkRunId))).toEqual(thrifty)
  expect(await preferenceOf(await childOf(runId))).toBeNull()
})

test('of a fork it has what the fork has changed about agents, also where it is begun only then', async () => {
  const runId = await start()
  const prompts = [{ role: 'reviewer', text: 'Be brief.', replaces: false }]
  const changes = { prompts, withoutTools: ['shell'], allowedModels: ['m/1'] }
  const forkRunId = randomUUID()
  const wanted = { forkRunId, fromRunId: runId, atSeq: 3, changes, agents: ['reviewer'], reason: '', parent: null }
  await rig.forks.fork(wanted, by)
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  expect((await childOf(forkRunId)).adjustments).toEqual(changes)
  expect((await childOf(runId)).adjustments).toBeNull()
})
