import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { createApp } from '../src/server.mjs'

const server = createApp()
let address = ''

before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${server.address().port}`
})
after(() => server.close())

test('serves the page with its type', async () => {
  const response = await fetch(`${address}/`)
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.match(await response.text(), /<main>/)
})

test('serves nothing from outside of the public folder', async () => {
  for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/nothing.css'])
    assert.equal((await fetch(address + path)).status, 404)
})
