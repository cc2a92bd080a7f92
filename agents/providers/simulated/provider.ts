/**
 * A model that is none: a deterministic policy behind the interface of a provider, for the demonstration without a key,
 * for load and for tests. It knows no repository; what it does follows from the conversation and a seed. What it makes
 * is labelled as simulated, and it is used only where it was asked for.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type {
  AssistantMessage,
  ModelDelta,
  ModelError,
  ModelErrorCode,
  ModelOutcome,
  ModelProvider,
  ModelRequest,
  Usage,
} from '../../../domain/model.ts'
import { decide, type Said } from './decide.ts'
import { simulatedModels, simulatedProviderConfig } from './models.ts'
import { type CountTokens, createTokenCounter, tokensOf } from './tokens.ts'

export type SimulatedOptions = {
  seed: number
  /** Tokens that are streamed in a second; as fast as it goes unless told. */
  tokensPerSecond?: number
}

/** Changes that a model tries before it gives up, by its name. */
const trials: Readonly<Record<string, number>> = { quick: 12, careful: 40 }

type Piece = { delta: ModelDelta; output: number }

export function createSimulatedProvider({ seed, tokensPerSecond }: SimulatedOptions): ModelProvider {
  const counter = createTokenCounter()

  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta, ModelOutcome> {
    const model = simulatedModels.find(({ name }) => name === request.model)
    if (model === undefined) return refused('UNKNOWN_MODEL', `there is no simulated model ${request.model}: ${names}`)
    const count = await counter()
    const usage: Usage = { input: tokensOf(request, count), cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }
    if (usage.input + request.maxOutputTokens > model.contextTokens)
      return refused('CONTEXT_TOO_LONG', `${usage.input} tokens and a reply do not fit into ${model.contextTokens}`)
    const calls = request.messages.reduce((sum, { content }) => sum + content.filter(isCall).length, 0)
    const reply = contentOf(decide(request, { trials: trials[request.model] ?? 0, seed }), calls)
    let partial = ''
    for (const { delta, output } of piecesOf(reply, count)) {
      if (tokensPerSecond !== undefined)
        await sleep((output / tokensPerSecond) * 1_000, null, { signal }).catch(() => null)
      if (signal.aborted)
        return { ok: false, error: errorOf('CANCELLED', 'the call was cancelled'), usage, mayHaveCost: true, partial }
      if (usage.output + output > request.maxOutputTokens) return tooLong(partial, usage, request.model)
      usage.output += output
      if (delta.type === 'text') partial += delta.text
      yield delta
    }
    const stopReason = reply.some(isCall) ? 'tool-calls' : 'end'
    return { ok: true, reply: { content: reply, stopReason, model: request.model }, usage }
  }

  return {
    name: simulatedProviderConfig.name,
    simulated: true,
    stream,
    countTokens: async request => tokensOf(request, await counter()),
  }
}

const names = simulatedModels.map(({ name }) => name).join(', ')
const isCall = ({ type }: { type: string }): boolean => type === 'tool-call'

const errorOf = (code: ModelErrorCode, message: string): ModelError => ({
  code,
  message,
  retryable: false,
  retryAfterMs: null,
})

const refused = (code: ModelErrorCode, message: string): ModelOutcome => ({
  ok: false,
  error: errorOf(code, message),
  usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
  mayHaveCost: false,
  partial: '',
})

/** A reply that is cut off keeps its text and loses its calls, whose arguments would be incomplete. */
const tooLong = (text: string, usage: Usage, model: string): ModelOutcome => ({
  ok: true,
  reply: { content: text === '' ? [] : [{ type: 'text', text }], stopReason: 'length', model },
  usage,
})

const contentOf = ({ text, calls }: Said, before: number): AssistantMessage['content'] => [
  ...(text === '' ? [] : [{ type: 'text' as const, text }]),
  ...calls.map(({ name, input }, index) => ({
    type: 'tool-call' as const,
    id: `call_${before + index}`,
    name,
    input,
    opaque: null,
  })),
]

/** Word by word, and the arguments of a call in pieces of about that size. */
function* piecesOf(content: AssistantMessage['content'], count: CountTokens): Generator<Piece> {
  for (const part of content) {
    if (part.type === 'text')
      for (const text of part.text.match(/\s*\S+\s*$|\s*\S+/g) ?? [])
        yield { delta: { type: 'text', text }, output: count(text) }
    if (part.type === 'tool-call')
      for (const json of JSON.stringify(part.input).match(/[\s\S]{1,24}/g) ?? [])
        yield { delta: { type: 'tool-call', id: part.id, name: part.name, json }, output: count(json) }
  }
}
