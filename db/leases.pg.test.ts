import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expiredLeases, type Held, renewLeases } from './leases.ts'
import { createRig, type Rig, step } from './rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await createRig({ leaseMs: 5_000 })
})
afterEach(() => rig.close())

async function claimed(count: number, worker = 'w'): Promise<Held[]> {
  const runId = await rig.start(Array.from({ length: count }, (_, index) => step(`s${index}`)))
  const held = Array.from({ length: count }, (_, taskIndex) => ({ runId, taskIndex, epoch: 1 }))
  for (const { taskIndex } of held)
    await rig.handle.handle(runId, { type: 'ClaimTask', taskIndex, epoch: 1, worker }, by)
  return held
}
const by = { actor: { kind: 'agent', id: 'w', name: 'w' } as const }
const left = async () =>
  (
    await rig.sql<
      { ms: number }[]
    >`select extract(epoch from expires_at - now())::float8 * 1000 as ms from leases order by task_index`
  ).map(row => row.ms)
const answers = async (held: readonly Held[], worker = 'w') =>
  (await renewLeases(rig.sql, worker, held, 60_000)).map(one => one.answer)

describe('leases', () => {
  test('are renewed together, on the clock of Postgres', async () => {
    const held = await claimed(3)
    expect(Math.max(...(await left()))).toBeLessThanOrEqual(5_000)
    expect(await renewLeases(rig.sql, 'w', held, 60_000)).toEqual(held.map(one => ({ ...one, answer: 'held' })))
    expect(Math.min(...(await left()))).toBeGreaterThan(50_000)
    expect(await renewLeases(rig.sql, 'w', [], 60_000)).toEqual([])
  })

  test('are lost with their claim, to another epoch and to another worker', async () => {
    const held = await claimed(3)
    const runId = held[0]?.runId ?? ''
    await rig.handle.handle(runId, { type: 'FinishTask', taskIndex: 0, epoch: 1, output: {}, artifacts: [] }, by)
    await rig.handle.handle(runId, { type: 'ExpireLease', taskIndex: 1, epoch: 1 }, by)
    await rig.handle.handle(runId, { type: 'ClaimTask', taskIndex: 1, epoch: 2, worker: 'other' }, by)
    expect(await answers(held)).toEqual(['lost', 'lost', 'held'])
    expect(await answers([{ runId, taskIndex: 1, epoch: 2 }])).toEqual(['lost'])
    expect(await answers([{ runId, taskIndex: 1, epoch: 2 }], 'other')).toEqual(['held'])
  })

  test('whose row is being changed are neither waited for nor taken for lost', async () => {
    const held = await claimed(2)
    await rig.sql.begin(async transaction => {
      await transaction`delete from leases where task_index = 0`
      expect(await answers(held)).toEqual(['held', 'held'])
    })
    expect(await answers(held)).toEqual(['lost', 'held'])
  })

  test('that ran out are found, the oldest first, without the runs that were set aside', async () => {
    const [one, two] = [await claimed(1), await claimed(1)]
    expect(await expiredLeases(rig.sql, 10)).toEqual([])
    await rig.sql`update leases set expires_at = now() - interval '1 second' where run_id = ${one[0]?.runId ?? ''}`
    await rig.sql`update leases set expires_at = now() - interval '2 seconds' where run_id = ${two[0]?.runId ?? ''}`
    expect(await expiredLeases(rig.sql, 10)).toEqual([...two, ...one])
    expect(await expiredLeases(rig.sql, 1)).toEqual(two)
    expect(await expiredLeases(rig.sql, 10, [two[0]?.runId ?? ''])).toEqual(one)
  })
})
