/**
 * Subscriptions over one socket that heals by itself. graphql-ws sends its payload anew on every reconnect, and the payload's
 * variables are asked for at that moment: a resumed subscription continues behind what it last saw.
 */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { stringifyDocument } from '@urql/core'
import type { DocumentNode } from 'graphql'
import { type Client, CloseCode, createClient } from 'graphql-ws'
import type { ConnectionMonitor } from './connection.ts'

export type LiveFault = { code: string; message: string }
export type LiveSink<Data> = {
  data(data: Data): void
  /** Refused for good. What passes by itself is waited out and never told. */
  fault(fault: LiveFault): void
  /** The stream came to its end. Where this is left out, it has none, and is opened anew. */
  end?(): void
}

export type Live = {
  /** Returns how to unsubscribe. `variables` is asked at each (re)connect. */
  subscribe<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: () => Variables,
    sink: LiveSink<Data>,
  ): () => void
}

const handshakeMs = 10_000
const pingMs = 10_000
const pongMs = 5_000
const againMs = 3_000
/** The session ended or was revoked: trying again would not help. */
const goodbyes = [4401, 4403]
/** Codes of what passes: a database or a socket limit that is out of reach for a moment. */
const passing = ['UNAVAILABLE', 'TIMEOUT', 'LIMIT_REACHED', 'INTERNAL']

export function createLive(url: string, monitor: ConnectionMonitor, onGoodbye: () => void): Live {
  const client = connect(url, monitor, onGoodbye)
  return {
    subscribe(document, variables, sink) {
      const payload = {
        query: stringifyDocument(document),
        operationName: nameOf(document),
        get variables() {
          return variables() as Record<string, unknown>
        },
      }
      return keepOpen(again => {
        const failed = (fault: LiveFault) => (passing.includes(fault.code) ? again(againMs) : sink.fault(fault))
        return client.subscribe(payload as unknown as { query: string }, {
          next({ data, errors }) {
            if (errors !== undefined) failed(toFault(errors))
            else if (data) sink.data(data as never)
          },
          error: cause => failed(toFault(cause)),
          complete: () => (sink.end === undefined ? again(againMs) : sink.end()),
        })
      })
    },
  }
}

/** `open` is called at once, and once more whenever it has asked for it. Returns how to close for good. */
function keepOpen(open: (again: (ms: number) => void) => () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let close: () => void = () => {}
  let closed = false
  const begin = () => {
    let over = false
    close = open(ms => {
      if (over || closed) return
      over = true
      close()
      timer = setTimeout(begin, ms)
    })
  }
  begin()
  return () => {
    closed = true
    clearTimeout(timer)
    close()
  }
}

function connect(url: string, monitor: ConnectionMonitor, onGoodbye: () => void): Client {
  let socket: WebSocket | undefined
  let pongDue: ReturnType<typeof setTimeout> | undefined
  return createClient({
    url,
    lazy: true,
    lazyCloseTimeout: 5_000,
    keepAlive: pingMs,
    connectionAckWaitTimeout: handshakeMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: async retries => {
      const ceiling = Math.min(15_000, 300 * 2 ** Math.min(retries, 6))
      await new Promise(resolve => setTimeout(resolve, ceiling * (0.5 + Math.random() / 2)))
    },
    shouldRetry: event => !goodbyes.includes(closeCode(event)),
    on: {
      connecting: () => monitor.closed(),
      connected(opened) {
        socket = opened as WebSocket
        monitor.opened()
      },
      closed(event) {
        clearTimeout(pongDue)
        const code = closeCode(event)
        if (goodbyes.includes(code)) onGoodbye()
        else if (code !== 1000) monitor.closed()
      },
      // A half-open connection says nothing at all: only a missing pong tells.
      ping(received) {
        if (received) return
        pongDue = setTimeout(() => socket?.readyState === WebSocket.OPEN && socket.close(4408, 'no pong'), pongMs)
      },
      pong: received => received && clearTimeout(pongDue),
    },
  })
}

const nameOf = (document: DocumentNode): string | null =>
  document.definitions.find(one => one.kind === 'OperationDefinition')?.name?.value ?? null

const closeCode = (event: unknown): number =>
  typeof event === 'object' && event !== null && 'code' in event ? Number(event.code) : 0

function toFault(cause: unknown): LiveFault {
  if (Array.isArray(cause)) {
    const [first] = cause as { message: string; extensions?: { code?: unknown } }[]
    return {
      code: String(first?.extensions?.code ?? 'INTERNAL'),
      message: first?.message ?? 'The subscription was refused.',
    }
  }
  const code = closeCode(cause)
  if (goodbyes.includes(code) || code === CloseCode.Forbidden)
    return { code: 'UNAUTHENTICATED', message: 'The session is over.' }
  return { code: 'UNAVAILABLE', message: 'The connection to the server was lost.' }
}
