/** The program that fetches, through a proxy as the sandbox has one, and what it makes of a page. */
import { spawn } from 'node:child_process'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testSandbox } from '../sandbox/testing.ts'
import { createToolbox } from '../sandboxed/toolbox.ts'

const program = new URL('../inside/tool-fetch.mjs', import.meta.url).pathname
const pages: Readonly<Record<string, readonly [status: number, headers: Record<string, string>, body: string]>> = {
  'http://a.example/page': [
    200,
    { 'content-type': 'text/html' },
    '<title>T</title><style>x</style><script>alert(1)</script><h2>Tides</h2><p>At <b>six</b>&nbsp;&amp; twelve.<ul><li>one<li><a href="/b">two</a></ul>',
  ],
  'http://a.example/moved': [302, { location: '/page' }, ''],
  'http://a.example/loop': [302, { location: '/loop' }, ''],
  'http://a.example/local': [302, { location: 'file:///etc/passwd' }, ''],
  'http://a.example/image': [200, { 'content-type': 'image/png' }, 'x'],
  'http://a.example/missing': [404, { 'content-type': 'text/plain' }, 'not here'],
  'http://a.example/long': [200, { 'content-type': 'text/plain' }, 'y'.repeat(3_000_000)],
}
const serve: RequestListener = (request, response) => {
  const [status, headers, body] = pages[request.url ?? ''] ?? [403, { 'content-type': 'text/plain' }, 'no']
  response.writeHead(status, headers).end(body)
}

let proxy: Server
beforeAll(async () => {
  proxy = createServer(serve).on('connect', (_, socket) => void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
})
afterAll(() => void proxy.close())

async function load(url: string): Promise<{ text: string; isError: boolean }> {
  const { port } = proxy.address() as AddressInfo
  const child = spawn(process.execPath, [program], { env: { http_proxy: `http://127.0.0.1:${port}` } })
  child.stdin.end(JSON.stringify({ url }))
  const pieces: Buffer[] = []
  for await (const piece of child.stdout) pieces.push(piece)
  return JSON.parse(Buffer.concat(pieces).toString())
}

describe('a page', () => {
  it('is read as text, redirects followed', async () => {
    expect(await load('http://a.example/moved')).toEqual({
      isError: false,
      text: '200 http://a.example/page (text/html)\n\nT\n\n## Tides\n\nAt six & twelve.\n\n- one\n- two (/b)',
    })
  })

  it.each([
    ['http://a.example/loop', /more than 5 redirects/],
    ['http://a.example/local', /leads to file:/],
    ['http://a.example/image', /is image\/png, which is no text/],
    ['http://a.example/missing', /^404 [\s\S]*not here$/],
    ['https://b.example/', /b\.example may not be reached from here/],
  ])('%s', async (url, said) => {
    expect(await load(url)).toEqual({ isError: true, text: expect.stringMatching(said) })
  })

  it('is cut where it is too long', async () => {
    expect((await load('http://a.example/long')).text).toMatch(/y\n\[… cut after 2097152 bytes\]$/)
  })
})

it('of a host that is not allowed is not reached from a real sandbox', async () => {
  const toolbox = createToolbox()
  const workspace = await testSandbox().open({ label: 'fetch', egress: ['allowed.example'], mounts: toolbox.mounts })
  try {
    const stdin = JSON.stringify({ url: 'http://other.example/' })
    const result = await workspace.exec({ argv: ['node', toolbox.program('tool-fetch.mjs')], stdin })
    expect(JSON.parse(Buffer.from(result.stdout).toString())).toMatchObject({
      isError: true,
      text: expect.stringMatching(/^403 http/),
    })
  } finally {
    await workspace.close()
  }
}, 60_000)
