import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing.ts'
import { busyRun, failedRun, judgedRun, projectOf, statementsOf, stranger } from './operator-rig.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
  const projectId = await projectOf(on)
  await busyRun(on, projectId)
  await failedRun(on, projectId)
  await judgedRun(on, projectId)
})
afterAll(() => on.close())

const query = `{ system { health { status } process { pid uptimeMs memoryBytes pool }
  database { version bytes mostConnections lockWaits answeredMs connections { name count } tables { name rows bytes } }
  work { queues { workerClass ready atWork slots workers oldestMs } openRuns { name count } timers timersOverdue leasesHeld leasesExpired
    reservations reserved openApprovals }
  workers { id } goneWrong { title status run { id title } error { message } } advice { level subject what mend } } }`
type System = {
  work: {
    queues: { workerClass: string; atWork: number; ready: number; slots: number }[]
    openRuns: object[]
    leasesHeld: number
  }
  database: { tables: { name: string }[]; connections: { count: number }[] }
  goneWrong: object[]
  advice: { subject: string }[]
}

test('shows what is at work, what waits, and what went wrong', async () => {
  const { data, errors } = await on.send<{ system: System }>(query)
  expect(errors).toBeUndefined()
  const { work, database, goneWrong, advice } = data.system
  expect(work).toMatchObject({
    openRuns: [{ name: 'RUNNING', count: 1 }],
    leasesHeld: 1,
    leasesExpired: 0,
    reservations: 0,
  })
  expect(work.queues.reduce((sum, queue) => sum + queue.atWork, 0)).toBe(1)
  expect(database.tables.map(({ name }) => name)).toContain('events')
  expect(database.connections.reduce((sum, one) => sum + one.count, 0)).toBeGreaterThan(0)
  expect(goneWrong).toMatchObject([
    { title: 'Write', status: 'FAILED', error: { message: expect.stringMatching(/0\.5 is asked for/) } },
  ])
  expect(advice.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['worker', 'models']))
})

test('work that nobody takes is told of', async () => {
  await on.sql`update tasks set status = 'READY', ready_at = now() - interval '5 minutes' where status = 'PLANNED'`
  const { data } = await on.send<{ system: System & { advice: { level: string; what: string }[] } }>(query)
  const waiting = data.system.work.queues.find(({ ready }) => ready > 0)
  expect(waiting).toMatchObject({ slots: 0 })
  expect(data.system.advice[0]).toMatchObject({ level: 'ERROR', subject: 'queue' })
})

test('another organisation sees the machine, and no work', async () => {
  const { data } = await on.send<{ system: System }>(query, {}, await stranger(on))
  expect(data.system.work).toMatchObject({ queues: [], openRuns: [], leasesHeld: 0 })
  expect(data.system.goneWrong).toEqual([])
})

test('takes as many statements whatever there is', async () => {
  const before = await statementsOf(on, query)
  await failedRun(on, await projectOf(on))
  expect(await statementsOf(on, query)).toHaveLength(before.length)
  expect(before.length).toBeLessThanOrEqual(7)
})
