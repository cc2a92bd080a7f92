/** What the server thinks about: told by a subscription as soon as it is there, and looked up now and then, should that be lost. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql/language/printer.js'
import type { Connection } from './connection.ts'
import { openSocket } from './socket.ts'

/** A lost connection tells nothing; a look every few seconds finds what it would have told. */
const lookMs = 5_000

export type Thought<Data, Variables extends Record<string, unknown>, Value> = {
  subscription: TypedDocumentNode<Data, Variables>
  variables: Variables
  /** What was waited for, where this message brings it. */
  found(data: Data): Value | null
  /** What was waited for, where it is there by now. Throws CliError. */
  look(): Promise<Value | null>
}

/** What was thought; null where `signal` was aborted before. Throws what `look` throws. */
export async function thoughtOf<Data, Variables extends Record<string, unknown>, Value>(
  connection: Connection,
  thought: Thought<Data, Variables, Value>,
  signal: AbortSignal,
): Promise<Value | null> {
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  try {
    return await Promise.race([heard(connection, thought, either), lookedUp(thought, either)])
  } finally {
    over.abort()
  }
}

/** Never resolves where the connection is lost. */
async function heard<Data, Variables extends Record<string, unknown>, Value>(
  connection: Connection,
  { subscription, variables, found }: Thought<Data, Variables, Value>,
  signal: AbortSignal,
): Promise<Value> {
  const socket = openSocket(connection)
  signal.addEventListener('abort', () => void socket.terminate(), { once: true })
  try {
    for await (const { data } of socket.iterate<Data>({ query: print(subscription), variables })) {
      if (!data) break
      const value = found(data)
      if (value !== null) return value
    }
  } catch {
    // What was refused for a reason is refused to the look, too, which tells it.
  } finally {
    void socket.dispose()
  }
  return new Promise<never>(() => {})
}

async function lookedUp<Data, Variables extends Record<string, unknown>, Value>(
  { look }: Thought<Data, Variables, Value>,
  signal: AbortSignal,
): Promise<Value | null> {
  for (;;) {
    await sleep(lookMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return null
    const value = await look()
    if (value !== null) return value
  }
}
