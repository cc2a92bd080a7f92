import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect as connectToPostgres } from '../db/connect.ts'
import { createHealth } from './health.ts'
import { type Listening, listen } from './listen.ts'
import { type TestApp, testApp } from './testing.ts'

let on: TestApp
let listening: Listening
beforeAll(async () => {
  on = await testApp()
  listening = await listen(on.app, { host: '127.0.0.1', port: 0 }, { requestMs: 600, headersMs: 300, lookMs: 50 })
})
afterAll(async () => {
  await listening.close(0)
  await on.close()
})

/** How long a connection lives on which one says this, a byte at a time. */
async function lifeOf(text: string): Promise<number> {
  const began = performance.now()
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1')
  socket.on('error', () => {})
  let at = 0
  const dripping = setInterval(() => socket.write(text[at++] ?? 'x'), 30)
  await new Promise(resolve => socket.once('close', resolve))
  clearInterval(dripping)
  return performance.now() - began
}

test('who drips headers or a body is hung up on', async () => {
  const body = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n`
  for (const life of await Promise.all([lifeOf(`GET / HTTP/1.1\r\nx: ${'y'.repeat(10_000)}`), lifeOf(body)]))
    expect(life).toBeLessThan(5_000)
})

test('an answer comes over a real connection too, and 20 MB are refused before they have all come', async () => {
  const send = (body: string) =>
    fetch(`${listening.url}/graphql`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${on.key}` },
    })
  expect(await (await send('{"query":"{ viewer { name } }"}')).json()).toMatchObject({
    data: { viewer: { name: 'owner' } },
  })
  const large = await send(JSON.stringify({ query: '{ viewer { name } }', x: 'y'.repeat(20_000_000) })).then(
    response => response.status,
    () => 413,
  )
  expect(large).toBe(413)
})

test('a form comes over a real connection too', async () => {
  const send = (key: string) =>
    fetch(`${listening.url}/sign-in`, { method: 'POST', body: new URLSearchParams({ key }), redirect: 'manual' })
  expect((await send(on.key)).status).toBe(303)
  expect((await send('wrong')).status).toBe(401)
})

test('a port that is taken and an address that is not ours are said in words', async () => {
  const { port } = new URL(listening.url)
  await expect(listen(on.app, { host: '127.0.0.1', port: Number(port) })).rejects.toThrow(/is taken/)
  await expect(listen(on.app, { host: '203.0.113.7', port: 0 })).rejects.toThrow(/no address of this machine/)
})

test('while Postgres is away, health says so and requests are told to come back', async () => {
  const nowhere = connectToPostgres('postgres://x:y@127.0.0.1:1/x')
  const health = createHealth({
    sql: nowhere,
    organisationId: on.organisationId,
    bell: { state: () => ({ kind: 'redis', up: false, reason: 'gone' }) },
    version: '0',
    startedAt: 0,
  })
  const report = await health.check()
  expect(report.status).toBe('DOWN')
  expect(report.checks).toMatchObject([
    { name: 'postgres', status: 'DOWN', reason: expect.stringContaining('ECONNREFUSED') },
    { name: 'redis', status: 'DOWN', reason: 'gone' },
    { name: 'worker', status: 'DEGRADED' },
    { name: 'sandbox', status: 'DEGRADED' },
  ])
  // The owner is still believed for a second, and then nobody is.
  const { sql } = on.services
  await on.send('{ viewer { name } }')
  Object.assign(on.services, { sql: nowhere })
  const { errors } = await on.send('{ projects { nodes { id } } }')
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'UNAVAILABLE', retryable: true } })
  Object.assign(on.services, { sql })
  expect(on.logged.join('')).not.toContain('unexpected')
  await nowhere.end()
})
