import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { createApp, match } from '../src/app.mjs'
import { routes } from '../src/routes.mjs'

const echo = {
  method: 'POST',
  path: '/echo/:name',
  handle: ({ params, body }) => ({ status: 201, body: { params, body } }),
}
const server = createApp([...routes, echo])
let address = ''

before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${server.address().port}`
})
after(() => server.close())

const ask = async (path, init) => {
  const response = await fetch(address + path, init)
  return [response.status, await response.json()]
}

test('is healthy', async () => assert.deepEqual(await ask('/health'), [200, { ok: true }]))

test('gives a route its parameters and its body', async () => {
  const init = { method: 'POST', body: '{"a":1}' }
  assert.deepEqual(await ask('/echo/a%20b', init), [201, { params: { name: 'a b' }, body: { a: 1 } }])
})

test('says what is wrong', async () => {
  const codes = await Promise.all([
    ask('/nowhere'),
    ask('/health', { method: 'DELETE' }),
    ask('/echo/x', { method: 'POST', body: '{' }),
    ask('/echo/x', { method: 'POST', body: 'x'.repeat(200_000) }),
  ])
  assert.deepEqual(
    codes.map(([status, { error }]) => [status, error.code]),
    [
      [404, 'NOT_FOUND'],
      [405, 'METHOD_NOT_ALLOWED'],
      [400, 'BAD_INPUT'],
      [413, 'TOO_LARGE'],
    ],
  )
})

test('a pattern fits whole paths only', () => {
  assert.equal(match('/a/:b', '/a'), null)
  assert.deepEqual(match('/a/:b', '/a/x'), { b: 'x' })
})
