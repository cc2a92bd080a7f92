/** The protocol graphql-transport-ws, probed with bare sockets: what is closed, with which code, and when. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type TestApp, testApp } from './testing.ts'

let on: TestApp
let port = 0
beforeAll(async () => {
  on = await testApp({ socketsPerKey: 5 })
  port = (await on.listen()).port
})
afterAll(() => on.close())

type Message = { id?: string; type: string; payload?: unknown }

/** A socket that keeps what it hears. */
function probe(options: { origin?: string; protocol?: string; path?: string; headers?: Record<string, string> } = {}) {
  const { protocol = 'graphql-transport-ws', path = '/graphql', ...rest } = options
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocol, rest)
  const heard: Message[] = []
  socket.on('message', data => heard.push(JSON.parse(String(data)) as Message))
  const opened = new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
  opened.catch(() => {})
  const closed = new Promise<number>(resolve => socket.once('close', resolve))
  const say = async (message: object | string) => {
    await opened
    socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }
  const hear = (type: string, id?: string) =>
    expect
      .poll(() => heard.find(one => one.type === type && (id === undefined || one.id === id)), { timeout: 5_000 })
      .toBeDefined()
  return { socket, heard, opened, closed, say, hear }
}

const init = (key = on.key) => ({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } })
const subscribe = (id: string, query = 'subscription { runsChanged { reload } }') => ({
  id,
  type: 'subscribe',
  payload: { query },
})

async function admitted(key = on.key) {
  const one = probe()
  await one.say(init(key))
  await one.hear('connection_ack')
  return one
}

describe('a socket is closed', () => {
  test('with 4408 when no init comes within 3 s', async () => {
    const began = performance.now()
    expect(await probe().closed).toBe(4408)
    expect(performance.now() - began).toBeGreaterThan(2_500)
  })

  test('with 4429 at a second init', async () => {
    const one = await admitted()
    await one.say(init())
    expect(await one.closed).toBe(4429)
  })

  test.each([
    ['a wrong key', { authorization: 'Bearer orr_wrong' }],
    ['no key', {}],
    ['a key that is no text', { authorization: 5 }],
  ])('with 4401 for %s', async (_, payload) => {
    const one = probe()
    await one.say({ type: 'connection_init', payload })
    expect(await one.closed).toBe(4401)
    expect(one.heard).toEqual([])
  })

  test('with 4401 for an operation before its init', async () => {
    const one = probe()
    await one.say(subscribe('1'))
    expect(await one.closed).toBe(4401)
  })

  test.each([
    'nonsense',
    '{"type":"nonsense"}',
    '[]',
    '{"type":"subscribe","id":"1"}',
    '{"type":"subscribe","id":"","payload":{"query":"{x}"}}',
  ])('with 4400 for %s', async text => {
    const one = await admitted()
    await one.say(text)
    expect(await one.closed).toBe(4400)
  })

  test('with 4409 for an id that is in use', async () => {
    const one = await admitted()
    await one.say(subscribe('1'))
    await one.hear('next', '1')
    await one.say(subscribe('1'))
    expect(await one.closed).toBe(4409)
  })

  test('with 4406 for another protocol', async () => {
    const one = probe({ protocol: 'graphql-ws' })
    expect([1006, 4406]).toContain(await one.closed)
  })

  test('with 1009 for a frame of 100 MB, after 64 KiB of it', async () => {
    const one = await admitted()
    one.socket.send(Buffer.alloc(100 * 1024 * 1024, 'x'), () => {})
    expect([1009, 1006]).toContain(await one.closed)
  })

  test('with 4429 when a key has too many', async () => {
    const key = await on.keys.create({ organisationId: on.organisationId, name: 'many', expiresAt: null })
    const some = await Promise.all([1, 2, 3, 4, 5].map(() => admitted(key)))
    const last = probe()
    await last.say(init(key))
    expect(await last.closed).toBe(4429)
    for (const one of some) one.socket.close()
  })

  test('with 4403 within a second when its key is revoked, and with 4401 when it expires', async () => {
    const create = (expiresAt: Date | null) =>
      on.keys.create({ organisationId: on.organisationId, name: 'short', expiresAt })
    const revoked = await admitted(await create(null))
    const expiring = await admitted(await create(new Date(Date.now() + 500)))
    await on.sql`update api_keys set revoked_at = now() where name = 'short' and expires_at is null`
    const began = performance.now()
    expect(await revoked.closed).toBe(4403)
    expect(performance.now() - began).toBeLessThan(1_500)
    expect(await expiring.closed).toBe(4401)
  })
})

describe('a socket is not even opened', () => {
  test.each([
    ['for a page elsewhere', { origin: 'https://evil.example' }],
    ['under another name', { headers: { host: 'evil.example' } }],
    ['at another address', { path: '/elsewhere' }],
  ])('%s', async (_, options) => {
    await expect(probe(options).opened).rejects.toThrow(/403|404/)
  })
})

test('a page of ours is let in by its session', async () => {
  const grant = await on.keys.verify(on.key)
  if (grant === null) throw new Error('no owner')
  const session = await on.keys.openSession(grant, 60_000)
  const one = probe({ origin: `http://127.0.0.1:${port}`, headers: { cookie: `orrery_session=${session}` } })
  await one.say({ type: 'connection_init' })
  await one.hear('connection_ack')
  await one.say(subscribe('1', '{ viewer { kind } }'))
  await one.hear('complete', '1')
  expect(one.heard).toContainEqual({
    id: '1',
    type: 'next',
    payload: { data: { viewer: { kind: 'PERSON' } }, extensions: { cost: 2 } },
  })
  one.socket.close()
})

test('20 subscriptions fit on a socket; the next is refused and the others go on', async () => {
  const one = await admitted()
  for (let count = 1; count <= 21; count++) await one.say(subscribe(String(count)))
  await one.hear('error', '21')
  expect(one.heard.find(message => message.type === 'error')?.payload).toMatchObject([
    { extensions: { code: 'LIMIT_REACHED' } },
  ])
  await one.say({ id: '1', type: 'complete' })
  await one.say(subscribe('22'))
  await one.hear('next', '22')
  expect(one.socket.readyState).toBe(WebSocket.OPEN)
  one.socket.close()
  await expect.poll(() => on.services.followers.state().consumers).toBe(0)
})

test.each([
  [
    'a document that is too deep',
    '{ a { a { a { a { a { a { a { a { a { a { a } } } } } } } } } } }',
    'LIMIT_EXCEEDED',
  ],
  ['a field that is none', 'subscription { nothing }', 'BAD_INPUT'],
  ['what is no document', '{', 'BAD_INPUT'],
  ['an operation that is not there', 'fragment F on Query { __typename }', 'BAD_INPUT'],
])('%s is answered with an error, and the socket stays', async (_, query, code) => {
  const one = await admitted()
  await one.say(subscribe('1', query))
  await one.hear('error', '1')
  expect(one.heard.find(message => message.type === 'error')?.payload).toMatchObject([{ extensions: { code } }])
  await one.say({ type: 'ping' })
  await one.hear('pong')
  one.socket.close()
})
