/** A server in its own process, and a wire to it that can be cut. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '../../db/testing.ts'
import { testRedis } from '../../queues/testing.ts'
import { inCheckout } from '../../setup/checkout.mjs'

export type WebServer = {
  /** Where it listens itself. */
  url: string
  /** The path of the link that signs in, once. */
  link: string
  stop(): Promise<void>
}

/** The whole product, on a database and a data directory of its own. */
export async function startWebServer(): Promise<WebServer> {
  const data = mkdtempSync(join(tmpdir(), 'orrery-web-'))
  const database = await testDatabase()
  const redis = await testRedis().catch(() => null)
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', inCheckout('server', 'main.ts')], {
    cwd: inCheckout(),
    env: {
      PATH,
      HOME,
      PORT: '0',
      ORRERY_DATA: data,
      DATABASE_URL: database.url,
      ...(redis === null ? {} : { REDIS_URL: redis.url }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    await end(child)
    await redis?.release()
    await database.drop()
    rmSync(data, { recursive: true, force: true })
  }
  try {
    const [, url = '', link = ''] = await said(child, /Sign in, once and within an hour: (http:\/\/[^/]+)(\/\S+)/)
    return { url, link, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Resolves with the match in what the process says; rejects with all of it where it ends before. */
function said(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('close', () => reject(new Error(`the server ended: ${text}`)))
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (more: string) => {
        text += more
        const match = pattern.exec(text)
        if (match !== null) resolve(match)
      })
    }
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await closed
  clearTimeout(timer)
}

export type Wire = {
  url: string
  /** Every connection is torn; new ones are taken at once. */
  cut(): void
  /** Every connection is torn, and new ones are too, until `mend`. */
  down(): void
  mend(): void
  close(): Promise<void>
}

/** A TCP connection to the server with a knife in the middle. */
export async function createWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let up = true
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {}).on('close', () => open.delete(socket))
  }
  const server = createServer(near => {
    if (!up) return void near.destroy()
    const far = connect(Number(port), hostname)
    keep(near)
    keep(far)
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    down() {
      up = false
      cut()
    },
    mend() {
      up = true
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
