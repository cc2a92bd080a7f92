/**
 * What is said to a model and what comes back, whoever serves it. A provider is a stream of deltas that ends in a value:
 * a reply or a typed error, never a throw. The deltas are for people to watch; only the value counts.
 */
import type { Json } from './json.ts'

export type TextPart = { type: 'text'; text: string }
/** What a model thought, as far as it tells. `opaque` is the provider's own form, given back to it unchanged and never read. */
export type ThinkingPart = { type: 'thinking'; text: string; opaque: Json }
export type ToolCallPart = { type: 'tool-call'; id: string; name: string; input: Json; opaque: Json }
export type ToolResultPart = { type: 'tool-result'; id: string; name: string; text: string; isError: boolean }

export type UserMessage = { role: 'user'; content: readonly (TextPart | ToolResultPart)[] }
export type AssistantMessage = { role: 'assistant'; content: readonly (TextPart | ThinkingPart | ToolCallPart)[] }
export type ModelMessage = UserMessage | AssistantMessage

/** A tool as a model sees it. `inputSchema` is JSON Schema of an object. */
export type ToolSpec = { name: string; description: string; inputSchema: { readonly [key: string]: Json } }

export type ModelRequest = {
  /** The provider's own name of the model. */
  model: string
  system: string
  messages: readonly ModelMessage[]
  tools: readonly ToolSpec[]
  toolChoice: 'auto' | 'required' | 'none'
  maxOutputTokens: number
  /** How much it may think before it answers; ignored where the model cannot. */
  thinking: 'off' | 'low' | 'medium' | 'high'
  /** null: the provider's default. */
  temperature: number | null
  /** JSON Schema that the reply's text must follow; null for free text. */
  outputSchema: { readonly [key: string]: Json } | null
}

export type ModelDelta =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  /** The arguments of a tool call as they form. */
  | { type: 'tool-call'; id: string; name: string; json: string }

/** Tokens as the provider counts them. `input` includes what was read from or written to a cache; `output` includes reasoning. */
export type Usage = {
  input: number
  cacheRead: number
  cacheWrite: number
  output: number
  reasoning: number
}
export const noUsage: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

export const stopReasons = ['end', 'tool-calls', 'length', 'refusal'] as const
export type StopReason = (typeof stopReasons)[number]

export const modelErrorCodes = [
  'RATE_LIMITED',
  'OVERLOADED',
  'UNAUTHORISED',
  'UNKNOWN_MODEL',
  'CONTEXT_TOO_LONG',
  'BAD_REQUEST',
  'UNREACHABLE',
  'TIMED_OUT',
  /** The stream ended before the reply did. */
  'TRUNCATED',
  /** What came is not what the protocol promises. */
  'GARBAGE',
  'CANCELLED',
  'SERVER_ERROR',
] as const
export type ModelErrorCode = (typeof modelErrorCodes)[number]

export type ModelError = {
  code: ModelErrorCode
  /** For people; holds no secret. */
  message: string
  /** Whether the same call may succeed later, unchanged. */
  retryable: boolean
  /** What the provider asked to wait, in milliseconds; null where it asked nothing. */
  retryAfterMs: number | null
}

export type ModelReply = {
  content: AssistantMessage['content']
  stopReason: StopReason
  /** The model that answered, as the provider names it. */
  model: string
}

export type ModelOutcome =
  | { ok: true; reply: ModelReply; usage: Usage }
  | {
      ok: false
      error: ModelError
      /** What is known to have been used; null where the provider may have charged and did not say. */
      usage: Usage | null
      /** False where the request certainly did no work: nothing is to be charged. */
      mayHaveCost: boolean
      /** The text that had come before it broke off. */
      partial: string
    }

export interface ModelProvider {
  /** As in the configuration: `anthropic`, `local` … */
  readonly name: string
  /** Whether what it makes must be labelled as made by no real model. */
  readonly simulated: boolean
  /** Ends in a value, whatever happens. A cancelled signal reaches the socket. One try: nothing is repeated in here. */
  stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta, ModelOutcome>
  /** Tokens of the input, rounded up where the provider cannot say. Never throws. */
  countTokens(request: ModelRequest, signal: AbortSignal): Promise<number>
}

export const textOf = (content: readonly { type: string }[]): string =>
  content.flatMap(part => (part.type === 'text' ? [(part as TextPart).text] : [])).join('')

export const toolCallsOf = (content: AssistantMessage['content']): ToolCallPart[] =>
  content.filter(part => part.type === 'tool-call')
