/**
 * The way to a provider, the same for all clients: one try, watched byte by byte. What goes wrong on it is kept as a
 * value, because every client wraps what its fetch throws in an error of its own.
 */
import { Agent, fetch as undiciFetch } from 'undici'

export type Fault =
  | { kind: 'cancelled'; sent: boolean }
  | { kind: 'idle'; afterMs: number }
  /** A status other than 2xx; `body` is at most 64 KiB of its text. */
  | { kind: 'refused'; status: number; headers: Headers; body: string }
  | { kind: 'unreachable'; code: string; sent: boolean }
  /** The body ended before the reply did. */
  | { kind: 'cut' }
  /** Bytes came that the protocol does not know. */
  | { kind: 'garbage'; detail: string }
  /** The provider said within the stream that it failed. */
  | { kind: 'told'; type: string; status: number | null; message: string }

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

export type Wire = {
  fetch: Fetch
  /** Ends with the caller's signal, with the idle timeout, and with `close`. */
  signal: AbortSignal
  /** What went wrong on the way, if anything did. */
  fault(): Fault | null
  /** Lets go of the socket and of the timer. */
  close(): void
}

export type WireOptions = {
  signal: AbortSignal
  /** Milliseconds without a byte, the answer's head included. */
  idleTimeoutMs: number
  /** What the answer must be. */
  expects: 'text/event-stream' | 'application/json'
}

/** A reply of this size is no reply of a model. */
const mostBytes = 64 * 1024 * 1024
const mostErrorBytes = 64 * 1024

/**
 * Connections to providers, kept alive between calls. Only the wire's own timeouts count: the client's would end a
 * model that thinks for more than five minutes.
 */
export const createConnections = () => new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } })
export type Connections = ReturnType<typeof createConnections>

export function openWire(connections: Connections, { signal, idleTimeoutMs, expects }: WireOptions): Wire {
  const own = new AbortController()
  const both = AbortSignal.any([signal, own.signal])
  const progress = { sent: false, ended: false, lastByte: 0x0a, fault: null as Fault | null }
  const fail = (fault: Fault) => {
    progress.fault ??= fault
    return new Error(fault.kind)
  }
  const watch = <T>(waiting: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => {
      fail({ kind: 'idle', afterMs: idleTimeoutMs })
      own.abort()
    }, idleTimeoutMs)
    return waiting.finally(() => clearTimeout(timer))
  }

  const request: Fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : input
    const signals = init?.signal ? AbortSignal.any([both, init.signal]) : both
    progress.sent = true
    // Redirects are not followed: the key would travel to wherever they point.
    const options = { ...init, signal: signals, redirect: 'manual', dispatcher: connections }
    const response = await watch(undiciFetch(url, options as Parameters<typeof undiciFetch>[1])).catch(error => {
      throw fail(signal.aborted ? { kind: 'cancelled', sent: true } : unreachable(error))
    })
    const headers = new Headers([...response.headers])
    const body = watched(response.body as ReadableStream<Uint8Array> | null, watch, progress)
    if (!response.ok) throw fail({ kind: 'refused', status: response.status, headers, body: await startOf(body) })
    const type = headers.get('content-type') ?? 'no content type'
    if (!type.startsWith(expects)) throw fail({ kind: 'garbage', detail: `${type}: ${await startOf(body)}` })
    return new Response(body, { status: response.status, headers })
  }

  return {
    fetch: request,
    signal: both,
    fault() {
      if (signal.aborted) return { kind: 'cancelled', sent: progress.sent }
      if (progress.fault !== null) return progress.fault
      return progress.ended && progress.lastByte !== 0x0a ? { kind: 'cut' } : null
    },
    close: () => own.abort(),
  }
}

type Progress = { ended: boolean; lastByte: number; fault: Fault | null }

/** The body, piece by piece as it is asked for: a slow reader is no silent provider. */
function watched(
  body: ReadableStream<Uint8Array> | null,
  watch: <T>(waiting: Promise<T>) => Promise<T>,
  progress: Progress,
): ReadableStream<Uint8Array> {
  const reader = (body ?? new Blob([]).stream()).getReader()
  let bytes = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await watch(reader.read())
          if (done) {
            progress.ended = true
            return controller.close()
          }
          bytes += value.length
          progress.lastByte = value.at(-1) ?? progress.lastByte
          if (bytes > mostBytes) {
            progress.fault ??= { kind: 'garbage', detail: `more than ${mostBytes} bytes` }
            throw new Error('too much')
          }
          controller.enqueue(value)
        } catch (error) {
          progress.fault ??= { kind: 'cut' }
          await reader.cancel().catch(() => {})
          controller.error(error)
        }
      },
      cancel: reason => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** The first 64 KiB as text; what is there if it breaks off. */
async function startOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const piece of body) {
      pieces.push(piece)
      bytes += piece.length
      if (bytes >= mostErrorBytes) break
    }
  } catch {
    // What came until then is all there is to show.
  }
  return Buffer.concat(pieces).subarray(0, mostErrorBytes).toString('utf8')
}

/** Causes after which no byte of the request can have reached a provider. */
const neverArrived =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|CERT_|ERR_TLS|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED)/

function unreachable(error: unknown): Fault {
  const code = codeOf(error) ?? 'no connection'
  return { kind: 'unreachable', code, sent: !neverArrived.test(code) }
}

/** The innermost code of a chain of causes. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const inner = error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause)
  const own = 'code' in error && typeof error.code === 'string' ? error.code : null
  return inner ?? own
}
