/** What a sub-run has from the run that it is part of, when it is begun. */
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { step, tester, workflowOf } from '../db/rig.ts'
import { isRunEnded, type Run } from '../domain/run/state.ts'
import { createEngineRig, done, type EngineRig } from './engine-rig.ts'

let rig: EngineRig
afterEach(() => rig.close())

const by = { actor: tester }
const ended = (run: Run) => isRunEnded(run.status)
const inner = workflowOf([step('only')], { name: 'inner' })
const outer = workflowOf([step('first'), step('nested', { workflow: 'inner', needs: ['first'] })])

async function started(): Promise<string> {
  rig = await createEngineRig({ agents: { 'test.agent': done }, workflows: [inner] })
  const runId = randomUUID()
  const { organisationId, projectId } = rig
  const run = { title: 'Outer', variables: {}, priority: 3, maxParallel: null, timeoutMs: null, parent: null }
  const how = { organisationId, projectId, workflow: outer, simulated: true }
  await rig.handle.handle(runId, { type: 'StartRun', ...run, ...how }, by)
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
  const runId = await started()
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  expect(await childOf(runId)).toMatchObject({ simulated: true, priority: 3, depth: 1, adjustments: null })
})

test('of a fork it has what the fork has changed about agents, also where it is begun only then', async () => {
  const runId = await started()
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
