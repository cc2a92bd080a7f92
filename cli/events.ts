/** The events of a run, live, across broken connections. */
import { setTimeout as sleep } from 'node:timers/promises'
import { print } from 'graphql/language/printer.js'
import { uuidOf } from '../domain/ids.ts'
import type { Json } from '../domain/json.ts'
import type { RecordedEvent } from '../domain/run/events.ts'
import { refusal, unreachable } from './client.ts'
import type { Connection } from './connection.ts'
import { CliError } from './exit.ts'
import { graphql } from './gql/gql.ts'
import type { FollowRunSubscription } from './gql/graphql.ts'
import { openSocket } from './socket.ts'

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, the operations that follow events cite it.
const SentEvent = graphql(`
  fragment SentEvent on RunEvent { runId seq at type data actor { kind id name } correlationId causationSeq }
`)
const FollowRun = graphql(`
  subscription FollowRun($runId: ID!, $after: Int!) {
    runEvents(runId: $runId, after: $after) { head status events { ...SentEvent } }
  }
`)

export type EventBatch = {
  events: readonly RecordedEvent[]
  head: number
  status: FollowRunSubscription['runEvents']['status']
}

export type FollowOptions = {
  runId: string
  /** The last seq that is known; 0 for all. */
  after: number
  /** Asked anew for every connection: a server that was restarted may be at another port. */
  connection: () => Connection
  signal: AbortSignal
  /** Told when the connection is lost, with the number of tries so far, and with 0 when it is back. */
  onConnection?: (tries: number) => void
}

/** A stream on which not even a heartbeat comes is dead: the server sends one every 10 s. */
const silenceMs = 35_000
/** How long a lost server is looked for. */
const patienceMs = 10 * 60_000
const reconnectMs = (tries: number) => Math.min(5_000, 250 * 2 ** (tries - 1)) * (0.75 + Math.random() / 2)

/**
 * Every event after `after` exactly once and in order, until the run has ended or `signal` is aborted. A lost connection
 * is made again with the last seq that arrived. Throws CliError where there is no server at first, none for ten minutes,
 * or where it refuses.
 */
export async function* followEvents(options: FollowOptions): AsyncGenerator<EventBatch> {
  const { signal, onConnection = () => {} } = options
  let { after } = options
  let connected = false
  let lostAt = 0
  for (let tries = 0; !signal.aborted; ) {
    try {
      for await (const batch of followOnce(options, after, () => (connected = true))) {
        if (tries > 0) onConnection(0)
        tries = 0
        const fresh = batch.events.filter(event => event.seq > after)
        after = fresh.at(-1)?.seq ?? after
        yield { ...batch, events: fresh }
        if (batch.status === 'ENDED') return
      }
    } catch (error) {
      if (error instanceof CliError && error.code !== 'UNREACHABLE') throw error
      if (!connected) throw error
    }
    if (signal.aborted) return
    if (tries === 0) lostAt = Date.now()
    if (Date.now() - lostAt > patienceMs)
      throw new CliError('the server was away for ten minutes.', {
        hint: `The run may go on without it. Attach again: orrery watch ${options.runId}`,
      })
    onConnection(++tries)
    await sleep(reconnectMs(tries), undefined, { signal }).catch(() => {})
  }
}

/** One connection's worth of batches. */
async function* followOnce(
  { runId, connection, signal }: FollowOptions,
  after: number,
  onConnected: () => void,
): AsyncGenerator<EventBatch> {
  const { url, key } = connection()
  const socket = openSocket({ url, key }, onConnected)
  const results = socket.iterate<FollowRunSubscription>({ query: print(FollowRun), variables: { runId, after } })
  const stop = () => void socket.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (;;) {
      const result = await nextWithin(results, silenceMs)
      if (signal.aborted || result.done) return
      const [error] = result.value.errors ?? []
      if (error !== undefined)
        throw refusal(codeOf(error.extensions?.code), error.message, String(error.extensions?.hint ?? ''))
      if (result.value.data) yield toBatch(result.value.data.runEvents)
    }
  } catch (error) {
    if (signal.aborted) return
    throw asCliError(url, error)
  } finally {
    signal.removeEventListener('abort', stop)
    void socket.dispose()
  }
}

async function nextWithin<T>(results: AsyncIterator<T>, ms: number): Promise<IteratorResult<T>> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing heard for ${ms / 1_000} s`)), ms)
  })
  try {
    return await Promise.race([results.next(), silence])
  } finally {
    clearTimeout(timer)
  }
}

/** What the socket or the protocol ended with: graphql-ws rejects with a close event or with a list of GraphQL errors. */
function asCliError(url: string, error: unknown): CliError {
  if (error instanceof CliError) return error
  if (Array.isArray(error) && error.length > 0) {
    const [first] = error as { message: string; extensions?: { code?: unknown; hint?: unknown } }[]
    return refusal(codeOf(first?.extensions?.code), first?.message ?? '', String(first?.extensions?.hint ?? ''))
  }
  const { code, reason } = error as { code?: unknown; reason?: unknown }
  if (code === 4401 || code === 4403) return refusal(code === 4401 ? 'UNAUTHENTICATED' : 'FORBIDDEN', '')
  if (code === 4400 || code === 4429 || code === 4406)
    return new CliError(`the server closed the connection: ${reason}.`)
  return unreachable(url, error)
}

const codeOf = (code: unknown): string => (typeof code === 'string' ? code : 'INTERNAL')

function toBatch({ events, head, status }: FollowRunSubscription['runEvents']): EventBatch {
  return { head, status, events: events.map(toRecorded) }
}

/** As `evolve` folds it. The server sends today's vocabulary; `evolve` itself refuses a type that it does not know. */
export function toRecorded(sent: FollowRunSubscription['runEvents']['events'][number]): RecordedEvent {
  const { actor } = sent
  return {
    ...sent,
    runId: uuidOf('Run', sent.runId),
    at: Date.parse(sent.at),
    actor: { ...actor, kind: actor.kind.toLowerCase() },
    data: sent.data as Json,
  } as unknown as RecordedEvent
}
