/** Ways out over the network, each tried from inside against a victim that really listens. */
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inside, testSandbox, withDirectory } from '../testing.ts'

const sandbox = testSandbox()

/** A service of the host, which counts who comes. */
async function victim(where: { host: string } | { path: string }) {
  let visits = 0
  const server: Server = createServer(socket => {
    visits += 1
    socket.end('reached')
  })
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen('path' in where ? where : { port: 0, ...where }, resolve),
  )
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    visits: () => visits,
    close: () => new Promise(resolve => server.close(resolve)),
  }
}

describe('a sandbox without a way out', () => {
  let local: Awaited<ReturnType<typeof victim>>
  beforeAll(async () => {
    local = await victim({ host: '127.0.0.1' })
  })
  afterAll(() => local.close())

  test('reaches no port of the host, as Redis and Postgres have them', () =>
    inside(sandbox, async ({ sh }) => {
      const { out } = await sh(`exec 3<>/dev/tcp/127.0.0.1/${local.port} && cat <&3; echo over`)
      expect(out).toBe('over')
      expect(local.visits()).toBe(0)
    }))

  test('reaches nothing over IPv6 loopback', async () => {
    const six = await victim({ host: '::1' }).catch(() => null)
    await inside(sandbox, async ({ sh }) => {
      expect((await sh(`exec 3<>/dev/tcp/::1/${six?.port ?? local.port} && cat <&3; echo over`)).out).toBe('over')
    })
    expect(six?.visits() ?? 0).toBe(0)
    await six?.close()
  })

  test('has no route to the metadata service, to the neighbours or to the internet', () =>
    inside(sandbox, async ({ sh }) => {
      for (const address of ['169.254.169.254', '10.0.0.1', '192.168.0.1', '1.1.1.1']) {
        expect((await sh(`exec 3<>/dev/tcp/${address}/80`, { limits: { wallMs: 5_000 } })).err).toMatch(/unreachable/i)
      }
    }))

  test('looks up no name', () =>
    inside(sandbox, async ({ sh }) => {
      expect((await sh('getent hosts example.com; echo $?')).out).toBe('2')
      const dns = await sh(`node -e "require('dns').resolve4('example.com', e => console.log(e.code))"`)
      expect(dns.out).toBe('ECONNREFUSED')
    }))

  test('makes no sockets of the families that talk to the kernel, the wire or the hypervisor', () =>
    inside(sandbox, async ({ sh }) => {
      const families = {
        AF_NETLINK: 16,
        AF_PACKET: 17,
        AF_ALG: 38,
        AF_VSOCK: 40,
        AF_XDP: 44,
        AF_BLUETOOTH: 31,
        AF_KEY: 15,
      }
      for (const family of Object.values(families)) {
        const made = await sh(
          `perl -e 'for my $t (1..3) { print socket(my $s, ${family}, $t, 0) ? "made" : $!+0, " " }'`,
        )
        expect(made.out).toBe('97 97 97')
      }
      expect((await sh(`perl -e 'print socket(my $s, 2, 3, 1) ? "made" : $!+0'`)).out, 'a raw IPv4 socket').toBe('1')
    }))

  test('reaches no abstract socket of the host', async () => {
    const name = `orrery-test-${process.pid}`
    const abstract = await victim({ path: `\0${name}` })
    await inside(sandbox, async ({ sh }) => {
      const script = `node -e "require('net').connect({path: '\\0${name}'}).on('error', e => console.log(e.code))"`
      expect((await sh(script)).out).toMatch(/ECONNREFUSED|EINVAL/)
    })
    expect(abstract.visits()).toBe(0)
    await abstract.close()
  })

  test('finds no socket of a daemon, and is given none', () =>
    withDirectory(async directory => {
      const path = join(directory, 'docker.sock')
      const docker = await victim({ path })
      await inside(sandbox, async ({ sh }) => {
        expect((await sh(`ls -d /var/run/docker.sock /run/docker.sock /run/* ${path} 2> /dev/null`)).out).toBe('')
        expect((await sh('find / -xdev -type s 2> /dev/null')).out).toBe('')
      })
      await inside(
        sandbox,
        async ({ sh }) => {
          const connect = "require('net').connect('/repo/docker.sock').on('error', e => console.log(e.code))"
          expect((await sh(`node -e "${connect}"`)).out, 'a socket in a mounted directory').toBe('ECONNREFUSED')
        },
        { mounts: [{ hostPath: directory, path: '/repo' }] },
      )
      const mounts = [{ hostPath: path, path: '/docker.sock' }]
      await expect(sandbox.open({ label: 'test', mounts })).rejects.toMatchObject({ code: 'BAD_INPUT' })
      expect(docker.visits()).toBe(0)
      await docker.close()
    }))
})
