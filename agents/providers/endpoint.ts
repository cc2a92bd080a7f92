/** Where a provider is reached, and the one way in which all of its protocols make a call: a stream that ends in a value. */
import type { ModelDelta, ModelOutcome, ModelReply, ModelRequest, Usage } from '../../domain/model.ts'
import type { Abilities, ModelConfig } from '../../domain/model-config.ts'
import { failedBy } from './failures.ts'
import type { CountRequest } from './tokens.ts'
import { type Connections, type Fault, openWire, type Wire } from './wire.ts'

export type Endpoint = {
  name: string
  /** null: the provider's public address. */
  baseUrl: string | null
  /** null where it wants none. */
  key: string | null
  /** What a person has to set for it: the name of a variable or a file. */
  keySource: string | null
  idleTimeoutMs: number
  models: readonly Pick<ModelConfig, 'name' | 'abilities'>[]
  connections: Connections
  /** For what a provider does not count itself. */
  countTokens: CountRequest
}

/** Makes a reply of a provider's chunks. */
export type ReplyReader<Chunk> = {
  /** What the chunk adds, for people to watch. May throw a Told. */
  take(chunk: Chunk): Iterable<ModelDelta>
  /** The whole reply; null while it is not complete. */
  reply(): ModelReply | null
  /** Final counts; null where the provider did not say. */
  usage(): Usage | null
}

/** Thrown by readers: the provider says in its stream that it failed. */
export class Told extends Error {
  readonly type: string

  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

export type Attempt<Chunk> = {
  request: ModelRequest
  signal: AbortSignal
  open: (wire: Wire) => Promise<AsyncIterable<Chunk>>
  reader: ReplyReader<Chunk>
}

/** One call, whatever happens: the deltas, and a value at the end. Leaving early closes the socket. */
export async function* attempt<Chunk>(
  endpoint: Endpoint,
  { request, signal, open, reader }: Attempt<Chunk>,
): AsyncGenerator<ModelDelta, ModelOutcome> {
  const { connections, idleTimeoutMs } = endpoint
  const wire = openWire(connections, { signal, idleTimeoutMs, expects: 'text/event-stream' })
  let partial = ''
  const fail = (fault: Fault): ModelOutcome => {
    const blamed = { ...endpoint, provider: endpoint.name, model: request.model }
    return { ok: false, ...failedBy(fault, blamed, Date.now()), usage: reader.usage(), partial }
  }
  try {
    if (signal.aborted) return fail({ kind: 'cancelled', sent: false })
    for await (const chunk of await open(wire)) {
      for (const delta of reader.take(chunk)) {
        if (delta.type === 'text') partial += delta.text
        yield delta
      }
    }
    const reply = reader.reply()
    if (reply === null) return fail(wire.fault() ?? { kind: 'cut' })
    return { ok: true, reply: settled(reply), usage: reader.usage() ?? (await countedUsage(endpoint, request, reply)) }
  } catch (error) {
    return fail(wire.fault() ?? faultOf(error))
  } finally {
    wire.close()
  }
}

/** Some servers end with `stop` although they call tools. */
function settled(reply: ModelReply): ModelReply {
  const calls = reply.content.some(part => part.type === 'tool-call')
  return calls && reply.stopReason === 'end' ? { ...reply, stopReason: 'tool-calls' } : reply
}

/** Where a server counts nothing, what its tokens would come to. */
async function countedUsage({ countTokens }: Endpoint, request: ModelRequest, reply: ModelReply): Promise<Usage> {
  const answer = { role: 'assistant' as const, content: reply.content }
  const bare = { ...request, system: '', tools: [], outputSchema: null, messages: [answer] }
  const [input, output] = [await countTokens(request), await countTokens(bare)]
  return { input, output, cacheRead: 0, cacheWrite: 0, reasoning: 0 }
}

/** What a client threw of itself: an error that it read in the stream, or bytes that it could not read. */
function faultOf(error: unknown): Fault {
  if (error instanceof Told) return { kind: 'told', type: error.type, status: null, message: error.message }
  const thrown = error instanceof Error ? error : new Error(String(error))
  const {
    type,
    code,
    status,
    error: body,
  } = thrown as { type?: unknown; code?: unknown; status?: unknown; error?: unknown }
  const isTold = typeof status === 'number' || (typeof body === 'object' && body !== null)
  if (!isTold) return { kind: 'garbage', detail: thrown.message }
  const names = [type, code].filter(name => typeof name === 'string')
  return {
    kind: 'told',
    type: names.join(' '),
    status: typeof status === 'number' ? status : null,
    message: thrown.message,
  }
}

/** What a model of this name can do; one that is not configured is trusted with tools alone. */
export function abilitiesOf({ models }: Endpoint, name: string): Abilities {
  const known = models.find(model => model.name === name)
  return known?.abilities ?? { tools: true, vision: false, thinking: false, structuredOutput: false }
}

/** The instructions; a model that cannot be held to a schema is asked to follow it. */
export function systemOf({ system, outputSchema }: ModelRequest, isHeld: boolean): string {
  if (outputSchema === null || isHeld) return system
  const demand = `Reply with JSON alone, without any other text, that follows this JSON Schema:\n${JSON.stringify(outputSchema)}`
  return system === '' ? demand : `${system}\n\n${demand}`
}
