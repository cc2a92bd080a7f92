/** The way out of a sandbox, used and abused, against servers that really listen. */
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { connect, createServer as createTcpServer, type Server } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { createEgressProxy, type EgressOptions } from './egress.ts'
import { inside, testSandbox, withDirectory } from './testing.ts'

const sandbox = testSandbox()

const toClose: (() => unknown)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close()
})

async function listening(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  toClose.push(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const web = (answer: RequestListener) => listening(createServer(answer))

/** What a proxy answers to bytes. */
async function through(options: Omit<EgressOptions, 'socketPath'>, bytes: string): Promise<string> {
  return withDirectory(async directory => {
    const socketPath = join(directory, 's')
    const proxy = await createEgressProxy({ ...options, socketPath })
    const socket = connect(socketPath)
    // Not ended: what has asked goes on listening for the answer.
    socket.write(bytes)
    try {
      return await text(socket)
    } finally {
      await proxy.close()
    }
  })
}

const get = (url: string) =>
  `GET ${url} HTTP/1.1\r\nhost: spoofed\r\nconnection: close, x-hop\r\nx-hop: 1\r\nx-kept: 2\r\nproxy-authorization: secret\r\n\r\n`
const tunnel = (target: string, bytes = '') => `CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n${bytes}`

describe('the proxy', () => {
  test('fetches what is on its list, under the name that was asked for and without what concerns the connection', async () => {
    const port = await web((request, response) => response.end(JSON.stringify(request.headers)))
    const answer = await through({ allow: [`127.0.0.1:${port}`] }, get(`http://127.0.0.1:${port}/path?q=1`))
    expect(answer).toContain('200 OK')
    expect(answer).toContain(`"host":"127.0.0.1:${port}"`)
    expect(answer).toContain('"x-kept":"2"')
    expect(answer).not.toMatch(/x-hop|secret|spoofed/)
  })

  test('opens a tunnel to what is on its list', async () => {
    const port = await listening(createTcpServer(socket => socket.once('data', bytes => socket.end(bytes))))
    const answer = await through({ allow: [`127.0.0.1:${port}`] }, tunnel(`127.0.0.1:${port}`, 'echo me'))
    expect(answer).toBe('HTTP/1.1 200 Connection established\r\n\r\necho me')
  })

  test.each([
    ['another host', 'http://other.example/', 'other.example:443'],
    ['another port', 'http://allowed.example:81/', 'allowed.example:22'],
    ['a name that looks the same', 'http://allowed.example.evil.example/', 'аllowed.example:443'],
    ['loopback', 'http://127.0.0.1/', '127.0.0.1:443'],
    ['loopback in other clothes', 'http://0x7f000001/', '[::ffff:127.0.0.1]:443'],
    ['the metadata service', 'http://169.254.169.254/', '169.254.169.254:80'],
    ['itself', 'http://localhost/', 'localhost:443'],
  ])('refuses %s', async (_, url, target) => {
    const allow = ['allowed.example']
    const resolve = async () => ['127.0.0.1']
    expect(await through({ allow, resolve }, get(url))).toMatch(/403 Forbidden[\s\S]*is not on the list/)
    expect(await through({ allow, resolve }, tunnel(target))).toMatch(/403 Forbidden[\s\S]*is not on the list|400/)
  })

  test.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1'])(
    'does not follow a name on its list to %s',
    async address => {
      for (const addresses of [[address], ['1.1.1.1', address]]) {
        const options = { allow: ['rebound.example'], resolve: async () => addresses }
        expect(await through(options, get('http://rebound.example/'))).toMatch(/403[\s\S]*not a public address/)
        expect(await through(options, tunnel('rebound.example:443'))).toMatch(/403[\s\S]*not a public address/)
      }
    },
  )

  test('looks each name up once for each connection, and connects to what it checked', async () => {
    let asked = 0
    const resolve = async () => {
      asked += 1
      return asked === 1 ? ['192.0.2.1'] : ['127.0.0.1']
    }
    const first = await through({ allow: ['twice.example'], resolve }, tunnel('twice.example:443'))
    expect(first).toMatch(/403[\s\S]*192\.0\.2\.1/)
    expect(asked).toBe(1)
  })

  test('checks where a redirect leads, because it is another request', async () => {
    let reached = 0
    const inner = await web((_, response) => {
      reached += 1
      response.end('secret')
    })
    const outer = await web((_, response) => response.writeHead(302, { location: `http://127.0.0.1:${inner}/` }).end())
    await inside(
      sandbox,
      async ({ sh }) => {
        const follow = `const get = url => require('http').get({ host: '127.0.0.1', port: 3128, path: url }, answer =>
          answer.headers.location ? get(answer.headers.location) : answer.pipe(process.stdout)); get('http://127.0.0.1:${outer}/')`
        const { out } = await sh(`node -e "${follow}"`)
        expect(out).toContain('is not on the list')
        expect(reached).toBe(0)
      },
      { egress: [`127.0.0.1:${outer}`] },
    )
  })

  test.each([
    'GET / HTTP/1.1\r\nhost: a\r\n\r\n',
    'GET ftp://allowed.example/ HTTP/1.1\r\nhost: a\r\n\r\n',
    'GET https://allowed.example/ HTTP/1.1\r\nhost: a\r\n\r\n',
    'nonsense\r\n\r\n',
    tunnel('nonsense'),
    tunnel('allowed.example:99999'),
  ])('answers %j with a refusal', async bytes => {
    expect(await through({ allow: ['allowed.example'] }, bytes)).toMatch(/^HTTP\/1.1 (403|400|502)/)
  })

  test('says when a host cannot be reached, and tells nobody outside what was found', async () => {
    const log: unknown[] = []
    const resolve = async () => Promise.reject(new Error('ENOTFOUND at 10.0.0.53'))
    const options = {
      allow: ['gone.example'],
      resolve,
      log: (message: string, details: object) => log.push(message, details),
    }
    const answer = await through(options, get('http://gone.example/'))
    expect(answer).toContain('502')
    expect(answer).not.toContain('10.0.0.53')
    expect(log).toEqual(['egress refused', { target: 'http://gone.example/', why: 'it cannot be reached' }])
  })
})

describe('inside', () => {
  test('git clones what is on the list, over HTTP, and nothing else', () =>
    withDirectory(async directory => {
      const script =
        'git init -q -b main a && cd a && git config user.email a@b && git config user.name a && echo hello > f && git add f && git commit -qm first && cd .. && git clone -q --bare a a.git && cd a.git && git update-server-info'
      execFileSync('sh', ['-c', script], { cwd: directory, env: { PATH: process.env.PATH ?? '', HOME: directory } })
      const port = await web((request, response) => {
        readFile(join(directory, new URL(request.url ?? '', 'http://x').pathname)).then(
          bytes => response.end(bytes),
          () => response.writeHead(404).end(),
        )
      })
      const env = { no_proxy: '', NO_PROXY: '' }
      await inside(
        sandbox,
        async ({ sh }) => {
          const clone = await sh(`git clone -q http://127.0.0.1:${port}/a.git && cat a/f`, { env })
          expect(clone.out, clone.err).toBe('hello')
          expect((await sh(`git clone -q http://localhost:${port}/a.git b`, { env })).err).toContain('403')
          expect((await sh(`git clone -q http://127.0.0.1:${port}/a.git c`)).err, 'without the proxy').toMatch(
            /refused|connect/i,
          )
        },
        { egress: [`127.0.0.1:${port}`] },
      )
    }))

  test('there is the proxy and nothing besides', async () => {
    const port = await web((_, response) => response.end('reached'))
    await inside(
      sandbox,
      async ({ sh, exec }) => {
        expect((await sh(`(exec 3<>/dev/tcp/127.0.0.1/${port}) 2> /dev/null; echo $?`)).out).toBe('1')
        expect((await sh('tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " "')).out).toBe('lo')
        expect((await sh('ls /run/orrery')).out).toBe('egress.sock')
        expect((await exec({ argv: ['sh', '-c', 'exit 9'] })).exitCode).toBe(9)
        expect((await exec({ argv: ['no-such-program'] })).exitCode).toBe(127)
        expect((await exec({ argv: ['sh', '-c', 'kill -SEGV $$'] })).signal).toBe('SIGSEGV')
      },
      { egress: [`127.0.0.1:${port}`] },
    )
  })

  test('a list that cannot be read opens nothing', async () => {
    await expect(sandbox.open({ label: 'test', egress: ['*'] })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})
