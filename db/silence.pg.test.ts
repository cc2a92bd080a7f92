/** Connections whose other end is gone without a word. */
import { createConnection, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { connect, isTemporary, type Sql } from './connect.ts'
import { takeDue } from './due.ts'
import { testDatabase } from './testing.ts'
import { transaction } from './transaction.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A pool that reaches its database through a proxy; `vanish` swallows whatever the connections of now still say. */
async function throughProxy(options: Parameters<typeof connect>[1]) {
  const database = await testDatabase()
  closers.push(database.drop)
  const to = new URL(database.url)
  const open = new Set<[Socket, Socket]>()
  const proxy = createServer({ allowHalfOpen: true }, near => {
    const far = createConnection({ host: to.hostname, port: Number(to.port), allowHalfOpen: true })
    for (const end of [near, far]) end.on('error', () => {})
    near.pipe(far)
    far.pipe(near)
    open.add([near, far])
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const at = new URL(database.url)
  at.port = String(typeof address === 'object' ? address?.port : 0)
  const sql = connect(at.href, options)
  closers.push(() => {
    for (const end of [...open].flat()) end.destroy()
    proxy.close()
  })
  closers.push(() => sql.end({ timeout: 0 }))
  const vanish = () => {
    for (const [near, far] of open) {
      near.unpipe(far).resume()
      far.unpipe(near).resume()
    }
  }
  return { sql, vanish }
}

const failure = (answer: Promise<unknown>): Promise<unknown> => answer.then(() => null).catch(error => error)
const pidOf = async (sql: Sql) => (await sql<[{ pid: number }]>`select pg_backend_pid() as pid`)[0].pid

test('a statement on a connection that went silent fails in time, and the next one goes its own way', async () => {
  const { sql, vanish } = await throughProxy({ max: 1, statementMs: 300 })
  const before = await pidOf(sql)
  vanish()
  const since = performance.now()
  const error = await failure(sql`select 1`)
  expect(error).toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect(isTemporary(error)).toBe(true)
  expect(performance.now() - since).toBeLessThan(4_000)
  expect(await pidOf(sql)).not.toBe(before)
})

test('so do those that are on their way behind one that was answered', async () => {
  const { sql, vanish } = await throughProxy({ max: 1, statementMs: 900 })
  await sql`select 1`
  const answered = sql`select 1`
  const all = [answered, sql`select pg_sleep(0.3)`, sql`select 2`].map(failure)
  await answered
  vanish()
  expect(await Promise.all(all)).toMatchObject([null, { code: 'CONNECTION_CLOSED' }, { code: 'CONNECTION_CLOSED' }])
})

test('a pass over what is due and a transaction fail in time, end no process, and the next one finds a connection', async () => {
  const { sql, vanish } = await throughProxy({ max: 1, statementMs: 300 })
  const ended: unknown[] = []
  const end = (error: unknown) => void ended.push(error)
  process.on('uncaughtException', end)
  closers.push(() => process.off('uncaughtException', end))
  expect(await takeDue(sql)).toMatchObject({ tasks: [] })
  vanish()
  const since = performance.now()
  expect(await failure(takeDue(sql))).toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect(performance.now() - since).toBeLessThan(4_000)
  expect(await takeDue(sql)).toMatchObject({ tasks: [] })
  const begun = transaction(sql, async connection => {
    await connection`select 1`
    vanish()
    await connection`select 2`
  })
  expect(await failure(begun)).toMatchObject({ code: 'CONNECTION_CLOSED' })
  const refused = transaction(sql, async () => Promise.reject(new Error('no')))
  expect(await failure(refused)).toMatchObject({ message: 'no' })
  expect(await takeDue(sql)).toMatchObject({ tasks: [] })
  expect(ended).toEqual([])
})

test('a connection that is asked nothing may be silent, and one that answers slowly may take its time', async () => {
  const { sql } = await throughProxy({ max: 1, statementMs: 200 })
  const before = await pidOf(sql)
  await sleep(1_600)
  expect(await pidOf(sql)).toBe(before)
  await sql`select set_config('statement_timeout', '0', false)`
  // Bytes keep coming: large rows, each of which takes a while.
  const rows = await sql`select repeat('x', 100000) as filler, pg_sleep(0.2) from generate_series(1, 10)`
  expect(rows).toHaveLength(10)
  expect(await pidOf(sql)).toBe(before)
})

test('Postgres itself ends a statement that takes too long, and the connection lives on', async () => {
  const { sql } = await throughProxy({ max: 1, statementMs: 300 })
  const before = await pidOf(sql)
  const error = await failure(sql`select pg_sleep(5)`)
  expect(error).toMatchObject({ code: '57014' })
  expect(await pidOf(sql)).toBe(before)
})
