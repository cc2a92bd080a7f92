/**
 * The API over WebSocket, in the protocol graphql-transport-ws. It closes with
 *
 *   1001  the server stops                        4403  a key that was revoked
 *   1009  a frame beyond 64 KiB                   4406  another protocol
 *   1013  Postgres is away: try again             4408  no init within 3 s
 *   4400  what is no message of the protocol      4409  an id that is in use
 *   4401  no valid key, or one that has expired   4429  a second init, or too many sockets of one key
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { type AdmissionDeps, createAdmission, type Extra } from './live/admission.ts'
import { goneWithin, keepAlive } from './live/keep-alive.ts'
import { createSocketOperations, type SocketOperationsDeps } from './live/socket-operations.ts'

export type SocketsDeps = AdmissionDeps & SocketOperationsDeps & { report: (error: unknown) => void }

export interface Sockets {
  /** Takes over a request whose path, host and origin were found right. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void
  state(): { sockets: number; subscriptions: number }
  /** Says goodbye to all of them, and waits a second for their answer. */
  close(): Promise<void>
}

const maxFrame = 64 * 1024
const initMs = 3_000
const goodbyeMs = 1_000

export function createSockets(deps: SocketsDeps): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrame,
    perMessageDeflate: false,
    handleProtocols: offered => handleProtocols(offered),
  })
  const admission = createAdmission(deps)
  const operations = createSocketOperations(deps)
  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: initMs,
    onConnect: admission.admit,
    onClose: admission.leave,
    onSubscribe: operations.prepare,
    execute: operations.execute,
    subscribe: args => operations.subscribe(args) as never,
  })

  const speak = (socket: WebSocket, extra: Extra) => {
    keepAlive(socket)
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: text => sent(socket, text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: listener => {
          socket.on('message', (data: RawData) => {
            listener(String(data)).catch(error => {
              deps.report(error)
              socket.close(CloseCode.InternalServerError, 'Internal server error')
            })
          })
        },
      },
      extra,
    )
    // A frame beyond the limit and the like: ws closes by itself, with the right code.
    socket.on('error', () => {})
    socket.once('close', (code, reason) => void closed(code, String(reason)))
  }

  return {
    upgrade: (request, connection, head) =>
      server.handleUpgrade(request, connection, head, socket =>
        speak(socket, { socket, connection, request, principal: null }),
      ),
    state: () => ({
      sockets: server.clients.size,
      subscriptions: [...admission.inside].reduce((sum, socket) => sum + Object.keys(socket.subscriptions).length, 0),
    }),
    async close() {
      admission.close()
      for (const socket of server.clients) socket.close(1001, 'Going away')
      await Promise.all([...server.clients].map(goneWithin(goodbyeMs)))
      server.close()
    },
  }
}

/** Resolves when the kernel has it. A socket that closes meanwhile is no failure: its end is told otherwise. */
const sent = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve()
    socket.send(text, error => (error && socket.readyState === socket.OPEN ? reject(error) : resolve()))
  })
