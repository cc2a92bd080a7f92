import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Sql } from './connect.ts'
import { createFeed } from './feed.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await testDatabase()
  sql = connect(database.url, { max: 12 })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const organisationId = randomUUID()

const insert = (on: Sql, projectId: string, runId: string, seq: number) => on`
  insert into events (run_id, seq, organisation_id, project_id, type, v, data, actor, correlation_id, at)
  values (${runId}, ${seq}, ${organisationId}, ${projectId}, 'RunPaused', 1, '{"reason":"x"}', '{"kind":"engine","id":"t","name":"t"}', 'c', now())`

/** Eight writers with runs of their own; transactions of all lengths, a third of which are rolled back. */
async function write(projectId: string, transactions: number): Promise<Set<string>> {
  const committed = new Set<string>()
  const writer = async () => {
    const runId = randomUUID()
    let seq = 0
    for (let count = 0; count < transactions; count++) {
      const written: string[] = []
      const rolledBack = Math.random() < 0.3
      await sql
        .begin(async transaction => {
          for (let index = 0; index < 1 + Math.floor(Math.random() * 4); index++) {
            written.push(`${runId} ${seq + written.length + 1}`)
            await insert(transaction as unknown as Sql, projectId, runId, seq + written.length)
            if (Math.random() < 0.3) await sleep(Math.random() * 8)
          }
          if (rolledBack) throw new Error('rolled back')
        })
        .catch(error => {
          if (!rolledBack) throw error
        })
      if (rolledBack) continue
      seq += written.length
      for (const name of written) committed.add(name)
    }
  }
  await Promise.all(Array.from({ length: 8 }, writer))
  return committed
}

/** Until nothing that is open now holds the feed back: other tests write in the same cluster. */
async function caughtUp(): Promise<void> {
  const [now] = await sql<{ transaction: string }[]>`select pg_current_xact_id()::text as transaction`
  const passed = async () => {
    const [row] = await sql<{ passed: boolean }[]>`
      select pg_snapshot_xmin(pg_current_snapshot()) > ${now?.transaction ?? ''}::xid8 as passed`
    return row?.passed
  }
  await expect.poll(passed, { timeout: 15_000 }).toBe(true)
}

test('a reader beside 8 writers with rollbacks loses nothing, sees nothing twice, and keeps the order of every run', async () => {
  const projectId = randomUUID()
  const feed = createFeed(sql)
  let writing = true
  const committed = write(projectId, 40)
  const over = committed.then(caughtUp).finally(() => {
    writing = false
  })
  const seen: string[] = []
  let cursor: string | null = null
  for (let quiet = 0; quiet < 3; ) {
    const batch: Awaited<ReturnType<typeof feed.read>> = await feed.read({
      organisationId,
      projectId,
      after: cursor,
      limit: 17,
    })
    seen.push(...batch.events.map(event => `${event.runId} ${event.seq}`))
    cursor = batch.cursor
    quiet = writing || batch.events.length > 0 ? 0 : quiet + 1
    if (!batch.more) await sleep(2)
  }
  await over
  const all = await committed
  expect(seen.length).toBe(all.size)
  expect(new Set(seen)).toEqual(all)
  const orderOf = (runId: string) => seen.filter(name => name.startsWith(runId)).map(name => Number(name.split(' ')[1]))
  for (const runId of new Set([...all].map(name => name.split(' ')[0] ?? ''))) {
    const order = orderOf(runId)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  }
})

test('what an open transaction holds back is neither shown nor skipped', async () => {
  const projectId = randomUUID()
  const feed = createFeed(sql)
  const [slow, fast] = [randomUUID(), randomUUID()]
  let finish = () => {}
  let begun = () => {}
  const hasBegun = new Promise<void>(resolve => {
    begun = resolve
  })
  const open = sql.begin(async transaction => {
    await insert(transaction as unknown as Sql, projectId, slow, 1)
    begun()
    await new Promise<void>(resolve => {
      finish = resolve
    })
  })
  await hasBegun
  await insert(sql, projectId, fast, 1)
  const held = await feed.read({ organisationId, projectId, after: null, limit: 10 })
  expect(held.events).toEqual([])
  finish()
  await open
  await caughtUp()
  const { events } = await feed.read({ organisationId, projectId, after: held.cursor, limit: 10 })
  expect(events.map(event => event.runId)).toEqual([slow, fast])
})

test('a cursor goes on where it was given, and stays the same where there is nothing', async () => {
  const projectId = randomUUID()
  const feed = createFeed(sql)
  const runId = randomUUID()
  for (let seq = 1; seq <= 5; seq++) await insert(sql, projectId, runId, seq)
  await caughtUp()
  const first = await feed.read({ organisationId, projectId, after: null, limit: 2 })
  expect(first).toMatchObject({ more: true, events: [{ seq: 1 }, { seq: 2 }] })
  const rest = await createFeed(sql).read({ organisationId, projectId, after: first.cursor, limit: 9 })
  expect(rest).toMatchObject({ more: false, events: [{ seq: 3 }, { seq: 4 }, { seq: 5 }] })
  expect(await feed.read({ organisationId, projectId, after: rest.cursor, limit: 9 })).toEqual({
    events: [],
    cursor: rest.cursor,
    more: false,
  })
})

test('nothing is shown of another project or organisation', async () => {
  const projectId = randomUUID()
  await insert(sql, projectId, randomUUID(), 1)
  const feed = createFeed(sql)
  expect((await feed.read({ organisationId: randomUUID(), projectId, after: null, limit: 9 })).events).toEqual([])
  expect((await feed.read({ organisationId, projectId: randomUUID(), after: null, limit: 9 })).events).toEqual([])
})

test.each([
  ['nonsense', /is not a cursor/],
  ['abc.1', /is not a cursor/],
  ['0.1.00000000000000000000000000000000.1', /another database cluster/],
])('the cursor %s is refused', async (after, message) => {
  await expect(createFeed(sql).read({ organisationId, projectId: randomUUID(), after, limit: 1 })).rejects.toThrow(
    message,
  )
})
