/** A reply of the Gemini API, from its chunks. */
import type { GenerateContentResponse, GenerateContentResponseUsageMetadata, Part } from '@google/genai'
import type { Json } from '../../domain/json.ts'
import type { AssistantMessage, ModelDelta, ModelReply, ModelRequest, StopReason, Usage } from '../../domain/model.ts'
import type { ReplyReader } from './endpoint.ts'

type Piece = AssistantMessage['content'][number]

const stopReasons: Readonly<Record<string, StopReason>> = { STOP: 'end', MAX_TOKENS: 'length' }
const refused = /SAFETY|RECITATION|LANGUAGE|BLOCKLIST|PROHIBITED|SPII|OTHER/
/** The model tried to call a tool and failed at it; the API shows nothing of the attempt. */
const botched = /^(MALFORMED_FUNCTION_CALL|UNEXPECTED_TOOL_CALL|TOO_MANY_TOOL_CALLS)$/

export function createGeminiReader({ model: asked, messages }: ModelRequest): ReplyReader<GenerateContentResponse> {
  const pieces: Piece[] = []
  let model = asked
  let stopReason: StopReason | null = null
  let counts: GenerateContentResponseUsageMetadata | null = null

  return {
    *take(chunk): Iterable<ModelDelta> {
      model = chunk.modelVersion ?? model
      counts = chunk.usageMetadata ?? counts
      const candidate = chunk.candidates?.[0]
      for (const part of candidate?.content?.parts ?? []) {
        const callId = `call_${messages.length}_${pieces.filter(({ type }) => type === 'tool-call').length}`
        yield* add(pieces, part, { model: asked, callId })
      }
      const reason = candidate?.finishReason
      if (reason !== undefined && botched.test(reason)) throw new Error(`${model} botched a tool call (${reason})`)
      if (reason !== undefined) stopReason = stopReasons[reason] ?? (refused.test(reason) ? 'refusal' : 'end')
      else if (chunk.promptFeedback?.blockReason !== undefined) stopReason = 'refusal'
    },
    reply: (): ModelReply | null => (stopReason === null ? null : { content: pieces, stopReason, model }),
    usage: () => (counts === null || stopReason === null ? null : usageOf(counts)),
  }
}

type Naming = { model: string; callId: string }

function* add(pieces: Piece[], part: Part, { model, callId }: Naming): Iterable<ModelDelta> {
  const { functionCall, text = '', thought = false, thoughtSignature } = part
  const opaque: Json =
    thoughtSignature === undefined ? null : { protocol: 'gemini', model, signature: thoughtSignature }
  if (functionCall !== undefined) {
    const { id = callId, name = '', args = {} } = functionCall
    // A call of Gemini's own without a signature follows one that has it, and needs none.
    pieces.push({ type: 'tool-call', id, name, input: args as Json, opaque: opaque ?? { protocol: 'gemini', model } })
    yield { type: 'tool-call', id, name, json: JSON.stringify(args) }
    return
  }
  const last = pieces.at(-1)
  const type = thought ? 'thinking' : 'text'
  if (last?.type === type && (last.type === 'text' || last.opaque === null)) last.text += text
  else if (text !== '') pieces.push(thought ? { type: 'thinking', text, opaque: null } : { type: 'text', text })
  if (opaque !== null) pieces.push({ type: 'thinking', text: '', opaque })
  if (text !== '') yield { type, text }
}

/** `promptTokenCount` includes what was cached; `candidatesTokenCount` leaves out the thoughts. */
function usageOf(counts: GenerateContentResponseUsageMetadata): Usage {
  const reasoning = counts.thoughtsTokenCount ?? 0
  return {
    input: (counts.promptTokenCount ?? 0) + (counts.toolUsePromptTokenCount ?? 0),
    cacheRead: counts.cachedContentTokenCount ?? 0,
    cacheWrite: 0,
    output: (counts.candidatesTokenCount ?? 0) + reasoning,
    reasoning,
  }
}
