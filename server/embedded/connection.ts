/** Port and password of an embedded server: chosen once at random, kept in a file that only we can read. */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'

export type Connection = { port: number; password: string }

/**
 * Before a first launch.
 * @returns what the file holds, with another port where somebody else has it by now; new values where there is no file.
 */
export async function claimConnection(file: string): Promise<Connection> {
  const known = readConnection(file)
  if (known && (await listenOn(known.port)) !== null) return known
  return remember(file, { port: await freePort(), password: known?.password ?? randomBytes(24).toString('hex') })
}

/** @returns null where no server was ever launched there. */
export function readConnection(file: string): Connection | null {
  try {
    const { port, password } = JSON.parse(readFileSync(file, 'utf8'))
    return Number.isInteger(port) && typeof password === 'string' ? { port, password } : null
  } catch {
    return null
  }
}

function remember(file: string, connection: Connection): Connection {
  writeFileSync(file, `${JSON.stringify(connection)}\n`, { mode: 0o600 })
  return connection
}

const listenOn = (port: number): Promise<number | null> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null))
    })
  })

async function freePort(): Promise<number> {
  const port = await listenOn(0)
  if (port === null) throw new Error('No free port on 127.0.0.1.')
  return port
}
