/** A server in its own process, and a wire to it that can be cut. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '../../db/testing.ts'
import { testRedis } from '../../queues/testing.ts'
import { createProduct, type Product } from './product.ts'

/** The product on a database and a Redis of its own. */
export type WebServer = {
  /** Where it listens itself. */
  url: string
  /** The path of the link that signs in, once. */
  link: string
  /** Its process, which `stop` takes along with all that it left. */
  product: Product
  stop(): Promise<void>
}

/** A temporary data directory, a database cloned for it, and all of that gone after `stop`. */
export async function startWebServer(): Promise<WebServer> {
  const data = mkdtempSync(join(tmpdir(), 'orrery-web-'))
  const database = await testDatabase()
  const redis = await testRedis().catch(() => null)
  const product = createProduct(data, {
    DATABASE_URL: database.url,
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
  })
  const stop = async () => {
    await product.stop()
    await redis?.release()
    await database.drop()
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await product.start()
  } catch (error) {
    await stop()
    throw error
  }
  return { url: product.url(), link: product.link(), product: { ...product, stop }, stop }
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
