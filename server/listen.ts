/** The API on a port. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OrreryError } from '../domain/errors.ts'
import type { App } from './app.ts'

export type Listening = {
  /** Where it can be reached from this machine. */
  readonly url: string
  /** Takes no new connection; ends those that are idle at once, and the rest after the given milliseconds. */
  close(graceMs: number): Promise<void>
}

/** Within what a request must have come in, so that nobody holds a connection by dripping; and how often that is looked at. */
export type Patience = { requestMs: number; headersMs: number; lookMs: number }

const usual: Patience = { requestMs: 9_000, headersMs: 8_000, lookMs: 500 }

/** Throws OrreryError BAD_INPUT that says what to do, where the address cannot be listened on. */
export async function listen(
  app: App,
  { host, port }: { host: string; port: number },
  { requestMs, headersMs, lookMs }: Patience = usual,
): Promise<Listening> {
  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: headersMs,
      connectionsCheckingInterval: lookMs,
      maxHeaderSize: 16 * 1024,
    },
    app.listener,
  )
  server.on('upgrade', app.upgrade)
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(refused(error as NodeJS.ErrnoException, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://${reachable(host)}:${address.port}`,
    async close(graceMs) {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearTimeout(timer)
    },
  }
}

/** Who listens everywhere is reached here by the loopback address. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function refused(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new OrreryError(
      'BAD_INPUT',
      `Port ${port} of ${host} is taken, perhaps by an Orrery that runs already. Stop it, or set PORT to another.`,
    )
  }
  if (error.code === 'EACCES')
    return new OrreryError(
      'BAD_INPUT',
      `Port ${port} needs more rights than this process has. Set PORT to one above 1023.`,
    )
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new OrreryError('BAD_INPUT', `HOST is ${host}, which is no address of this machine.`)
  }
  return error
}
