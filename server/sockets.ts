/**
 * The API over WebSocket, in the protocol graphql-transport-ws. It closes with
 *
 *   1009  a frame beyond 64 KiB                   4406  another protocol
 *   4400  what is no message of the protocol      4408  no init within 3 s
 *   4401  no valid key, or one that has expired   4409  an id that is in use
 *   4403  a key that was revoked                  4429  a second init, or too many sockets of one key
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ExecutionArgs, GraphQLError, getOperationAST } from 'graphql'
import {
  CloseCode,
  handleProtocols,
  makeServer,
  type Context as SocketContext,
  type SubscribePayload,
} from 'graphql-ws'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Authenticate } from './auth/authenticate.ts'
import type { Principal } from './auth/principal.ts'
import type { Context } from './context.ts'
import type { Prepared } from './documents.ts'
import { type Execution, isStream, type Operation } from './execution.ts'
import type { FanOut, Outlet } from './live/fan-out.ts'
import { isRunEventSource } from './live/run-event-source.ts'
import { watchKey } from './live/watch-key.ts'

export type SocketsDeps = {
  execution: Execution
  prepare: (query: string) => Prepared
  fanOut: FanOut
  authenticate: Authenticate
  contextFor: (principal: Principal) => Context
  /** Of the given ids of keys, those that are valid now. */
  stillValid: (keyIds: readonly string[]) => Promise<ReadonlySet<string>>
  subscriptionsPerSocket: number
  socketsPerKey: number
  report: (error: unknown) => void
}

export interface Sockets {
  /** Takes over a request whose path, host and origin were found right. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  state(): { sockets: number; subscriptions: number }
  /** Says goodbye to all of them (1001). */
  close(): Promise<void>
}

type Extra = { readonly socket: WebSocket; readonly request: IncomingMessage; principal: Principal | null }
type Socket = SocketContext<Record<string, unknown>, Extra>
type SocketOperation = Operation & { readonly outlet: Outlet; readonly payload: SubscribePayload }

const maxFrame = 64 * 1024
const lookMs = 1_000

export function createSockets(deps: SocketsDeps): Sockets {
  const { execution, fanOut, stillValid, socketsPerKey, subscriptionsPerSocket, report } = deps
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrame,
    perMessageDeflate: false,
    handleProtocols: offered => handleProtocols(offered),
  })
  const open = new Set<Socket>()

  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: 3_000,
    onConnect: async socket => {
      const { extra, connectionParams } = socket
      const principal = await deps.authenticate({
        authorization: typeof connectionParams?.authorization === 'string' ? connectionParams.authorization : null,
        cookie: extra.request.headers.cookie ?? null,
      })
      if (principal === null) return closed(extra.socket, CloseCode.Unauthorized, 'Unauthorized')
      if (socketsOf(principal.keyId) >= socketsPerKey)
        return closed(extra.socket, CloseCode.TooManyInitialisationRequests, 'Too many sockets of this key')
      extra.principal = principal
      open.add(socket)
      return true
    },
    onClose: socket => void open.delete(socket),
    onSubscribe: (socket, id, payload) => prepared(socket, id, payload),
    execute: args => execution.execute(args as Operation),
    subscribe: args => subscribe(args as SocketOperation) as never,
  })

  const socketsOf = (keyId: string): number => [...open].filter(({ extra }) => extra.principal?.keyId === keyId).length

  const prepared = (socket: Socket, id: string, payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] => {
    const { principal } = socket.extra
    if (principal === null) throw new Error('a subscription came before its init was answered')
    if (Object.keys(socket.subscriptions).length > subscriptionsPerSocket) {
      return refusal('LIMIT_REACHED', `At most ${subscriptionsPerSocket} operations at once on one socket`)
    }
    const found = deps.prepare(payload.query)
    if ('errors' in found) return found.errors
    if (getOperationAST(found.document, payload.operationName) == null)
      return refusal('BAD_INPUT', 'The document has no such operation')
    const operation: Omit<SocketOperation, 'schema'> = {
      document: found.document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? {},
      rootValue: undefined,
      contextValue: deps.contextFor(principal),
      outlet: outletOf(socket.extra.socket, id),
      payload,
    }
    return { ...operation, schema: execution.schema } as ExecutionArgs
  }

  const subscribe = async (operation: SocketOperation) => {
    const source = await execution.open(operation)
    if (!isStream(source)) return source
    if (!isRunEventSource(source)) return execution.results(operation, source)
    const key = watchKey(operation, source.runId)
    return fanOut.watch(
      { key, runId: source.runId, after: source.after, execute: batch => execution.result(operation, batch) },
      operation.outlet,
    )
  }

  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const extra: Extra = { socket, request, principal: null }
    const keepAlive = keepAliveOf(socket)
    const ended = protocol.opened(
      {
        protocol: socket.protocol,
        send: text => sent(socket, text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: listener => {
          socket.on('message', (data: RawData) => {
            listener(String(data)).catch(error => {
              report(error)
              socket.close(CloseCode.InternalServerError, 'Internal server error')
            })
          })
        },
      },
      extra,
    )
    // A frame beyond the limit and the like: ws closes by itself, with the right code.
    socket.on('error', () => {})
    socket.once('close', (code, reason) => {
      clearInterval(keepAlive)
      void ended(code, String(reason))
    })
  })

  const look = async () => {
    const ids = new Set([...open].flatMap(({ extra }) => extra.principal?.keyId ?? []))
    if (ids.size === 0) return
    const valid = await stillValid([...ids])
    for (const { extra } of open) {
      const { principal, socket } = extra
      if (principal?.expiresAt != null && principal.expiresAt.getTime() <= Date.now())
        socket.close(CloseCode.Unauthorized, 'Expired')
      else if (principal !== null && !valid.has(principal.keyId)) socket.close(CloseCode.Forbidden, 'Revoked')
    }
  }
  // While Postgres is away nobody can be found revoked; the next look finds him.
  const looking = setInterval(() => void look().catch(() => {}), lookMs)
  looking.unref()

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, client => server.emit('connection', client, request)),
    state: () => ({
      sockets: server.clients.size,
      subscriptions: [...open].reduce((sum, socket) => sum + Object.keys(socket.subscriptions).length, 0),
    }),
    async close() {
      clearInterval(looking)
      for (const client of server.clients) client.close(1001, 'Going away')
      await Promise.all([...server.clients].map(goneWithin(1_000)))
      server.close()
    },
  }
}

const refusal = (code: string, message: string): readonly GraphQLError[] => [
  new GraphQLError(message, { extensions: { code } }),
]

/** The socket is closed with our own code; `false` alone would close it with another. */
function closed(socket: WebSocket, code: number, reason: string): boolean {
  socket.close(code, reason)
  return false
}

const sent = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve()
    socket.send(text, error => (error && socket.readyState === socket.OPEN ? reject(error) : resolve()))
  })

/** `next` messages of one subscription, framed around results that are JSON already. */
function outletOf(socket: WebSocket, id: string): Outlet {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`
  return {
    send: json => sent(socket, `${head}${json}}`),
    push: json => {
      if (socket.readyState === socket.OPEN) socket.send(`${head}${json}}`)
    },
    unsent: () => socket.bufferedAmount,
  }
}

/** A reader may stand still for a while; one that says nothing at all for so long is gone. */
const pingMs = 15_000
const silentMs = 90_000

function keepAliveOf(socket: WebSocket): NodeJS.Timeout {
  let heardAt = performance.now()
  const hear = () => {
    heardAt = performance.now()
  }
  socket.on('pong', hear)
  socket.on('message', hear)
  const timer = setInterval(() => {
    if (performance.now() - heardAt > silentMs) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.ping()
  }, pingMs)
  timer.unref()
  return timer
}

const goneWithin = (ms: number) => (socket: WebSocket) =>
  new Promise<void>(resolve => {
    const timer = setTimeout(() => {
      socket.terminate()
      resolve()
    }, ms)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
