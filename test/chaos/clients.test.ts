/** What clients and workers are promised, across processes that are killed under them. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { createPostgresStore } from '../../db/events.ts'
import { createHandle } from '../../db/handle.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { draw } from '../../domain/run/retry.ts'
import { mutate, startRun, subscribe } from './client.ts'
import { type Cluster, createCluster } from './cluster.ts'
import { violations } from './invariants.ts'

const by = { actor: { kind: 'engine', id: 'test', name: 'Test' } } as const
const soak = process.env.SOAK !== undefined
let cluster: Cluster
beforeAll(async () => {
  cluster = await createCluster({ workers: 2, apis: 2 })
}, 60_000)
afterAll(() => cluster?.close(), 60_000)

it('delivers 2,000 events exactly once and in order to a client whose socket is cut at random', async () => {
  const seed = Number(process.env.SOAK_SEED ?? 11)
  const runId = await startRun(cluster, randomUUID(), 'chaos-idle')
  const subscriber = subscribe(cluster, runId)
  const sql = connect(cluster.databaseUrl, { max: 2 })
  const handle = createHandle({ store: createPostgresStore(sql) })
  for (let said = 0; said < 2_000; said += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        handle.handle(runId, { type: index % 2 === 0 ? 'PauseRun' : 'ResumeRun', reason: `${said + index}` }, by),
      ),
    )
    if (draw(seed, said) < 0.25) subscriber.cut()
    await sleep(draw(seed, said + 1) * 20)
  }
  await handle.handle(runId, { type: 'CancelRun', reason: 'enough' }, by)
  await handle.close()
  await sql.end()
  await subscriber.ended
  const { events } = subscriber.seen
  expect(events.length).toBeGreaterThan(2_000)
  expect(events.map(event => event.seq)).toEqual(events.map((_, index) => index + 1))
  expect(await violations(cluster.sql, { acknowledged: [runId], seen: [subscriber.seen] })).toEqual([])
}, 90_000)

it('makes one run of one idempotency key that two APIs are given at the same moment', async () => {
  for (let round = 0; round < (soak ? 100 : 5); round++) {
    const idempotencyKey = randomUUID()
    const projectId = toGlobalId('Project', cluster.projectId)
    const start = (port: number) =>
      mutate(cluster, port, 'startRun', { projectId, workflow: 'chaos-idle', idempotencyKey })
    const answers = await Promise.all([...cluster.ports, ...cluster.ports].map(start))
    const ids = new Set(answers.map(answer => answer.run?.id))
    expect(ids.size).toBe(1)
    expect([...ids][0]).toMatch(/^run_/)
    const other = await mutate(cluster, cluster.ports[0] ?? 0, 'startRun', {
      projectId,
      workflow: 'chaos',
      idempotencyKey,
    })
    expect(other.code).toBe('IDEMPOTENCY_MISMATCH')
    await mutate(cluster, cluster.ports[0] ?? 0, 'cancelRun', { runId: [...ids][0] })
  }
}, 60_000)

it('lets two API processes append to 100 overlapping runs', async () => {
  const runIds = await Promise.all(Array.from({ length: 100 }, () => startRun(cluster, randomUUID(), 'chaos-idle')))
  const answers = await Promise.all(
    runIds.flatMap(runId =>
      cluster.ports.flatMap(port =>
        ['pauseRun', 'resumeRun', 'pauseRun'].map(name =>
          mutate(cluster, port, name, { runId: toGlobalId('Run', runId) }),
        ),
      ),
    ),
  )
  expect(answers.filter(answer => answer.run === undefined)).toEqual([])
  await Promise.all(
    runIds.map((runId, index) =>
      mutate(cluster, cluster.ports[index % 2] ?? 0, 'cancelRun', { runId: toGlobalId('Run', runId) }),
    ),
  )
  expect(await violations(cluster.sql, { acknowledged: runIds, seen: [] })).toEqual([])
}, 90_000)

it('ends with the same tree when a worker dies between an edit and its event', async () => {
  const undisturbed = await treeOf(await startRun(cluster, randomUUID(), 'chaos-edit'))
  for (const nth of soak ? [1, 2, 3] : [2]) {
    await Promise.all(['worker-0', 'worker-1'].map(name => cluster.kill(name)))
    await cluster.start('worker-0', { at: 'after-edit', nth })
    const runId = await startRun(cluster, randomUUID(), 'chaos-edit')
    await expect.poll(() => cluster.members.has('worker-0'), { timeout: 30_000 }).toBe(false)
    await cluster.start('worker-1')
    expect(await treeOf(runId)).toBe(undisturbed)
    const tries = await cluster.sql<{ step: number; times: number }[]>`
      select step, count(*)::int as times from tries where run_id = ${runId} group by 1 order by 1`
    // Only the edit that was under way was made a second time, in a workspace that had not seen the first.
    expect(tries.map(one => one.times)).toEqual([0, 1, 2].map(step => (step === nth - 1 ? 2 : 1)))
  }
}, 120_000)

/** The hash of the tree that the run's task ended with. */
async function treeOf(runId: string): Promise<unknown> {
  const read = async () => {
    const [event] = await cluster.sql<{ data: { output?: { treeHash?: string } } }[]>`
      select data from events where run_id = ${runId} and type = 'TaskSucceeded'`
    return event?.data.output?.treeHash
  }
  await expect.poll(read, { timeout: 40_000 }).toBeTruthy()
  return read()
}
