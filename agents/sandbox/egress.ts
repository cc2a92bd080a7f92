/**
 * The way out for a sandbox that has been given one: an HTTP proxy on a unix socket. The sandbox has no network of its own, so
 * whatever goes out goes through here, one connection at a time, each with its name looked up here and its address
 * checked here. A redirect is a new connection and is checked as such.
 *
 * It speaks CONNECT, for TLS, and requests in absolute form, for plain HTTP.
 */
import { lookup } from 'node:dns/promises'
import { chmodSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type AllowedHost, createPublicAddressTest, isAllowed, normalHost, parseAllowedHost } from './egress-policy.ts'

export type EgressOptions = {
  /** `host` or `host:port`. */
  allow: readonly string[]
  /** Where to listen; anybody who can reach it may use it. */
  socketPath: string
  /** The addresses of a name. */
  resolve?: (host: string) => Promise<readonly string[]>
  log?: (message: string, details: Readonly<Record<string, unknown>>) => void
}

export type EgressProxy = {
  /** Cuts every connection and stops listening. */
  close(): Promise<void>
}

/** Connections at a time from one sandbox. */
const mostConnections = 64
/** Milliseconds without a byte after which a connection is cut, and in which one must come about. */
const idleMs = 60_000
const connectMs = 10_000

/** Headers that concern one connection and are not passed on. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'proxy-authenticate',
  'te',
  'trailer',
  'upgrade',
]

/** Why something may not be reached; the text is for whoever reads the output of the tool that tried. */
class Refusal extends Error {}

/** Starts the proxy. Throws OrreryError BAD_INPUT for an allow-list that cannot be read. */
export async function createEgressProxy(options: EgressOptions): Promise<EgressProxy> {
  const allowed = options.allow.map(parseAllowedHost)
  const route = createRoute(allowed, options.resolve ?? lookupAll)
  const open = new Set<Duplex>()
  const refuse = (target: string, error: unknown): string => {
    const why = error instanceof Refusal ? error.message : 'it cannot be reached'
    options.log?.('egress refused', { target: target.slice(0, 300), why })
    return why
  }
  const server = createServer((request, response) => {
    forward(request, response, route).catch(error => {
      const why = refuse(request.url ?? '', error)
      if (response.headersSent) response.destroy()
      else
        response
          .writeHead(error instanceof Refusal ? 403 : 502, { 'content-type': 'text/plain', connection: 'close' })
          .end(`${why}\n`)
    })
  })
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnel(request, socket, head, route).catch(error => {
      const why = refuse(request.url ?? '', error)
      socket.end(
        `HTTP/1.1 ${error instanceof Refusal ? '403 Forbidden' : '502 Bad Gateway'}\r\ncontent-type: text/plain\r\n\r\n${why}\n`,
      )
    })
  })
  server.on('connection', socket => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  await listen(server, options.socketPath)
  return {
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

async function listen(server: Server, path: string): Promise<void> {
  server.maxConnections = mostConnections
  server.setTimeout(idleMs)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  chmodSync(path, 0o666)
}

async function lookupAll(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(found => found.address)
}

/** The address to connect to for a host and port, or a Refusal. */
type Route = (host: string, port: number) => Promise<string>

function createRoute(allowed: readonly AllowedHost[], resolve: (host: string) => Promise<readonly string[]>): Route {
  const isPublic = createPublicAddressTest()
  return async (host, port) => {
    const name = normalHost(host)
    if (!isAllowed(allowed, name, port))
      throw new Refusal(`${name}:${port} is not on the list of hosts that may be reached`)
    // An address that was listed as such was meant as such, wherever it leads.
    if (isIP(name) !== 0) return name
    const addresses = await resolve(name)
    // One private address among public ones is refused as well: a name that is both is an attempt.
    const inner = addresses.find(address => !isPublic(address))
    if (inner !== undefined) throw new Refusal(`${name} leads to ${inner}, which is not a public address`)
    const [address] = addresses
    if (address === undefined) throw new Refusal(`${name} has no address`)
    return address
  }
}

async function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, route: Route): Promise<void> {
  socket.on('error', () => socket.destroy())
  const target = new URL(`tcp://${request.url}`)
  const port = Number(target.port)
  const far = await reach(await route(target.hostname, port), port)
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
  far.write(head)
  far.setTimeout(idleMs, () => far.destroy())
  far.on('error', () => socket.destroy())
  far.once('close', () => socket.destroy())
  socket.once('close', () => far.destroy())
  socket.pipe(far).pipe(socket)
}

function reach(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, allowHalfOpen: true })
    socket.setTimeout(connectMs, () => socket.destroy(new Error('no answer')))
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.setTimeout(0)
      resolve(socket)
    })
  })
}

async function forward(request: IncomingMessage, response: ServerResponse, route: Route): Promise<void> {
  const target = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : null
  if (target?.protocol !== 'http:') throw new Refusal('only http:// in absolute form and CONNECT are spoken here')
  const port = Number(target.port || 80)
  const address = await route(target.hostname, port)
  const named = (request.headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !hopByHop.includes(name) && !named.includes(name)),
  )
  await new Promise<void>((resolve, reject) => {
    const onward = httpRequest(
      {
        host: address,
        port,
        method: request.method,
        path: `${target.pathname}${target.search}`,
        headers: { ...headers, host: target.host },
        agent: false,
        timeout: idleMs,
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        answer.once('error', reject).once('close', resolve)
      },
    )
    onward.once('timeout', () => onward.destroy(new Error('no answer')))
    onward.once('error', reject)
    response.once('close', () => onward.destroy())
    request.pipe(onward)
  })
}
