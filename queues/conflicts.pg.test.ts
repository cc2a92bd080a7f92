/** A conflict is a fact of its run: kept once, also where the worker that met it is lost, and the same when it is done again. */
import { afterEach, expect, test } from 'vitest'
import { createBlobStore } from '../db/blobs.ts'
import { step, tester } from '../db/rig.ts'
import { agentRegistry } from '../domain/agent.ts'
import type { Agent } from '../domain/ports.ts'
import { isRunEnded } from '../domain/run/state.ts'
import { createEngineRig, done, type EngineRig, type Script } from './engine-rig.ts'
import { replayRun } from './replay/replay-run.ts'

let rig: EngineRig
afterEach(() => rig.close())

const conflict = { commit: 'c2', trunkCommit: 'c1', mergeBase: 'c0', files: 2, paths: ['a.txt', 'b.txt'] }
const handoff = { agent: 'test.resolver', goal: 'Resolve it.', constraints: [], artifactIds: [], carried: null }

test('it is one event before the resolver’s task, whoever says it again', async () => {
  const met: number[] = []
  const author: Script = async context => {
    await context.journal('git', 'Merge with the trunk', async () => ({ output: { outcome: 'conflict' } }))
    await context.conflicted(conflict)
    met.push(context.epoch)
    // The worker has said it, and is taken for lost before it can go on.
    if (context.epoch === 1)
      await rig.handle.handle(context.runId, { type: 'ExpireLease', taskIndex: 0, epoch: 1 }, { actor: tester })
    const { outcome } = await context.handOff({ ...handoff, dropped: [], timeoutMs: 600_000 })
    return { ok: true, output: { outcome }, artifacts: [] }
  }
  const scripts = { 'test.agent': author, 'test.resolver': done }
  rig = await createEngineRig({ agents: scripts })
  rig.addLoop({ intervalMs: 200 })
  await rig.addWorker()
  const runId = await rig.start([step('a')])
  const run = await rig.until(runId, one => isRunEnded(one.status), 60_000)
  expect([run.status, run.tasks[0]?.output]).toEqual(['SUCCEEDED', { outcome: 'done' }])
  // Met by the worker that was lost, by the next one, and again after the wait for the resolver.
  expect(met).toEqual([1, 2, 3])
  const events = await rig.store.read(runId, 0, 1_000)
  const [kept, ...more] = events.filter(({ type }) => type === 'MergeConflicted')
  expect([kept?.data, more]).toEqual([{ taskIndex: 0, attempt: 1, epoch: 1, ...conflict }, []])
  const offered = events.find(({ type }) => type === 'HandoffOffered')
  expect(offered?.seq).toBeGreaterThan(kept?.seq ?? 0)

  const agents = agentRegistry(Object.entries(scripts).map(([name, script]) => agentOf(name, script)))
  const blobsFor = (organisationId: string) => createBlobStore(rig.sql, organisationId)
  expect(await replayRun({ sql: rig.sql, agents, blobsFor }, runId)).toMatchObject({ divergence: null, unchecked: [] })
})

const agentOf = (name: string, run: Script): Agent => ({
  ...{ name, title: name, description: '', capabilities: [], workerClass: 'light', produces: [] },
  run,
})
