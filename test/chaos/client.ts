/** A client that lives through faults: it asks again under the same idempotency key, and follows on from the last seq it has. */
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { fromGlobalId, toGlobalId } from '../../domain/ids.ts'
import type { Cluster } from './cluster.ts'
import type { Seen } from './invariants.ts'

const patienceMs = 60_000

type Answer = { run?: { id: string }; code?: string; message?: string }

/** One mutation on one API; throws where that API is away. */
export async function mutate(cluster: Cluster, port: number, name: string, input: object): Promise<Answer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const query = `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { ... on ${type}Payload { run { id } } ... on UserError { code message } } }`
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${cluster.key}` },
    body: JSON.stringify({ query, variables: { input } }),
    signal: AbortSignal.timeout(20_000),
  })
  const { data, errors } = (await response.json()) as { data?: { result?: Answer }; errors?: { message: string }[] }
  return data?.result ?? { message: errors?.[0]?.message ?? 'no answer' }
}

/** Starts a run, asking one API after the other until one has acknowledged it; its UUID. */
export async function startRun(cluster: Cluster, idempotencyKey: string, workflow = 'chaos'): Promise<string> {
  const input = { projectId: toGlobalId('Project', cluster.projectId), workflow, idempotencyKey }
  const deadline = Date.now() + patienceMs
  /** By port. */
  const said = new Map<number, string>()
  for (let tries = 0; Date.now() < deadline; tries++) {
    const port = cluster.ports[tries % cluster.ports.length] ?? 0
    // The API may be away, or be killed while it answers.
    const answer = await mutate(cluster, port, 'startRun', input).catch(({ message }: Error): Answer => ({ message }))
    if (answer.run !== undefined) return fromGlobalId(answer.run.id).uuid
    said.set(port, `${answer.code ?? ''} ${answer.message}`)
    await sleep(100)
  }
  const last = [...said].map(([port, message]) => `${port}: ${message}`).join('\n')
  throw new Error(
    `no API acknowledged the run ${idempotencyKey} within ${patienceMs / 1_000} s; at last they said\n${last}\n${cluster.complaints()}`,
  )
}

export type Subscriber = {
  readonly seen: Seen
  readonly ended: Promise<void> /** Destroys the socket, as a cable does. */
  cut(): void
  close(): void
}

/** Follows a run over WebSocket until ENDED, on whichever API answers, from the last seq that it has. */
export function subscribe(cluster: Cluster, runId: string): Subscriber {
  const events: { seq: number; type: string }[] = []
  let socket: WebSocket | null = null
  let closed = false
  let tries = 0
  let finish = () => {}
  const ended = new Promise<void>(resolve => {
    finish = resolve
  })

  const dial = () => {
    if (closed) return
    const port = cluster.ports[tries++ % cluster.ports.length]
    const live = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
    socket = live
    const send = (message: object) => live.send(JSON.stringify(message))
    live.on('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${cluster.key}` } }))
    live.on('message', raw => {
      const message = JSON.parse(raw.toString()) as {
        type: string
        payload?: { data?: { runEvents: { status: string; events: { seq: number; type: string }[] } } }
      }
      if (message.type === 'connection_ack') {
        const query =
          'subscription ($runId: ID!, $after: Int!) { runEvents(runId: $runId, after: $after) { status events { seq type } } }'
        send({
          id: '1',
          type: 'subscribe',
          payload: { query, variables: { runId: toGlobalId('Run', runId), after: events.at(-1)?.seq ?? 0 } },
        })
      }
      if (message.type === 'ping') send({ type: 'pong' })
      const batch = message.payload?.data?.runEvents
      if (message.type === 'next' && batch !== undefined) {
        events.push(...batch.events)
        if (batch.status === 'ENDED') {
          closed = true
          finish()
          live.close(1000)
        }
      }
      if (message.type === 'error' || message.type === 'complete') live.terminate()
    })
    live.on('error', () => {})
    live.on('close', () => void setTimeout(dial, 50))
  }
  dial()

  return {
    seen: { runId, events },
    ended,
    cut: () => socket?.terminate(),
    close() {
      closed = true
      socket?.terminate()
    },
  }
}
