/** Forks on a real Postgres: what is copied, what is decided anew, and what is left alone. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Run } from '../domain/run/state.ts'
import { createForks, type ForkRequest } from './fork.ts'
import { recordedCalls } from './journal.ts'
import { createRig, type Rig, step, tester } from './rig.ts'
import type { Committed } from './store.ts'

let rig: Rig
const rung: Committed[] = []
beforeAll(async () => {
  rig = await createRig()
})
afterAll(() => rig.close())

const by = { actor: tester }
const forks = (extra = {}) =>
  createForks({ sql: rig.sql, store: rig.store, onCommitted: changes => rung.push(...changes), ...extra })

const fork = (fromRunId: string, atSeq: number, extra: Partial<ForkRequest> = {}): Promise<Run> =>
  forks().fork(
    { forkRunId: randomUUID(), fromRunId, atSeq, changes: {}, agents: [], reason: '', parent: null, ...extra },
    by,
  )

const claim = (runId: string, taskIndex: number, epoch: number) =>
  rig.handle.handle(runId, { type: 'ClaimTask', taskIndex, epoch, worker: 'w' }, by)
const finish = (runId: string, taskIndex: number, epoch: number, output = {}, artifacts = [] as never[]) =>
  rig.handle.handle(runId, { type: 'FinishTask', taskIndex, epoch, output, artifacts }, by)
const tool = (
  runId: string,
  taskIndex: number,
  epoch: number,
  call: number,
  name = 'look',
  output: object = { call },
) => {
  const result = { output: output as never, exitCode: null, durationMs: 1, outputHash: null, treeHash: null }
  return rig.handle.handle(runId, { type: 'FinishToolCall', taskIndex, epoch, call, tool: name, ...result }, by)
}

/** Every row of a run as text, but for those columns that say which run and when they were written. */
const rowsOf = async (runId: string, upTo = 2 ** 31 - 1) =>
  (
    await rig.sql<{ row: string }[]>`
      select (to_jsonb(events) - 'run_id' - 'transaction')::text as row from events where run_id = ${runId} and seq <= ${upTo} order by seq`
  ).map(({ row }) => row)

test('has the events of the other run, byte for byte, and goes on with what had begun', async () => {
  const runId = await rig.start([step('one'), step('two', { needs: ['one'] })])
  await claim(runId, 0, 1)
  await tool(runId, 0, 1, 0)
  const { run: parent } = await tool(runId, 0, 1, 1)
  const before = await rowsOf(runId)

  const forked = await fork(runId, parent.head)

  expect(await rowsOf(forked.id, parent.head)).toEqual(before)
  expect(await rowsOf(runId)).toEqual(before)
  expect((await rig.store.read(forked.id, parent.head, 9)).map(one => one.type)).toEqual(['RunForked', 'TaskReady'])
  expect(forked).toMatchObject({
    id: forked.id,
    forkedFrom: { runId, seq: parent.head },
    tasks: [{ status: 'READY', attempt: 1, epoch: 1, calls: 2 }, { status: 'PLANNED' }],
  })
  expect(rung.at(-1)).toMatchObject({ runId: forked.id, head: forked.head, due: true })
  const calls = { runId: forked.id, taskIndex: 0, attempt: 1, calls: 2 }
  expect((await recordedCalls(rig.sql, calls)).map(one => one.output)).toEqual([{ call: 0 }, { call: 1 }])
  await claim(forked.id, 0, 2)
  await tool(forked.id, 0, 2, 2)
  await finish(forked.id, 0, 2)
  await claim(forked.id, 1, 1)
  const { run } = await finish(forked.id, 1, 1)
  expect(run.status).toBe('SUCCEEDED')
  expect(await rowsOf(runId)).toEqual(before)
})
