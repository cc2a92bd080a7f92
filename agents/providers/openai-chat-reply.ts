/** A reply of Chat Completions, from its chunks, as OpenAI and those who resemble it send them. */
import type OpenAI from 'openai'
import type { Json } from '../../domain/json.ts'
import type { AssistantMessage, ModelDelta, ModelReply, ModelRequest, StopReason, Usage } from '../../domain/model.ts'
import type { ReplyReader } from './endpoint.ts'
import { toolInputOf } from './tool-input.ts'

type Chunk = OpenAI.Chat.ChatCompletionChunk
type Call = { id: string; name: string; json: string }
/** What servers add to the protocol: thoughts, as plain text and in a form to be given back. */
type Delta = Chunk['choices'][number]['delta'] & {
  reasoning_content?: string | null
  reasoning?: string | null
  reasoning_details?: readonly Json[] | null
}

const stopReasons: Readonly<Record<string, StopReason>> = {
  stop: 'end',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  length: 'length',
  content_filter: 'refusal',
}

export function createChatReader({ model: asked, messages }: ModelRequest): ReplyReader<Chunk> {
  const calls = createCalls(`call_${messages.length}`)
  const thoughts = createThoughts()
  let [text, model, isRefused] = ['', asked, false]
  let stopReason: StopReason | null = null
  let usage: OpenAI.CompletionUsage | null = null

  return {
    *take(chunk): Iterable<ModelDelta> {
      model = chunk.model || model
      usage = chunk.usage ?? usage
      const choice = chunk.choices?.[0]
      if (choice === undefined) return
      const delta: Delta = choice.delta ?? {}
      yield* thoughts.take(delta)
      const said = delta.content ?? delta.refusal ?? ''
      isRefused ||= Boolean(delta.refusal)
      text += said
      if (said !== '') yield { type: 'text', text: said }
      for (const call of delta.tool_calls ?? []) yield calls.take(call)
      if (choice.finish_reason) stopReason = stopReasons[choice.finish_reason] ?? 'end'
    },
    reply(): ModelReply | null {
      if (stopReason === null) return null
      const content = [
        ...thoughts.parts(asked),
        ...(text === '' ? [] : [{ type: 'text' as const, text }]),
        ...calls.parts(),
      ]
      return { content, stopReason: isRefused ? 'refusal' : stopReason, model }
    },
    usage: () => (usage === null ? null : usageOf(usage)),
  }
}

/** Calls form side by side. Some servers give all of them the same index, or no id. */
function createCalls(prefix: string) {
  const calls: Call[] = []
  const open = new Map<number, Call>()
  return {
    take({ index, id, function: part }: NonNullable<Delta['tool_calls']>[number]): ModelDelta {
      const known = open.get(index ?? 0)
      const isNew =
        known === undefined || (id !== undefined && id !== '' && id !== known.id && part?.name !== undefined)
      const call = isNew ? { id: id || `${prefix}_${calls.length}`, name: '', json: '' } : known
      if (isNew) {
        calls.push(call)
        open.set(index ?? 0, call)
      }
      if (call.name === '') call.name = part?.name ?? ''
      call.json += part?.arguments ?? ''
      return { type: 'tool-call', id: call.id, name: call.name, json: part?.arguments ?? '' }
    },
    parts: (): AssistantMessage['content'] =>
      calls.map(({ id, name, json }) => ({ type: 'tool-call', id, name, input: toolInputOf(json), opaque: null })),
  }
}

function createThoughts() {
  let text = ''
  let field: 'reasoning_content' | 'reasoning' = 'reasoning_content'
  const details: Json[] = []
  return {
    *take(delta: Delta): Iterable<ModelDelta> {
      details.push(...(delta.reasoning_details ?? []))
      if (typeof delta.reasoning === 'string') field = 'reasoning'
      const thought = delta.reasoning_content ?? delta.reasoning ?? ''
      text += thought
      if (thought !== '') yield { type: 'thinking', text: thought }
    },
    parts(model: string): AssistantMessage['content'] {
      if (text === '' && details.length === 0) return []
      const fields = { [field]: text, ...(details.length > 0 ? { reasoning_details: details } : {}) }
      return [{ type: 'thinking', text, opaque: { protocol: 'openai-chat', model, fields } }]
    },
  }
}

/** `prompt_tokens` includes what was read from and written to the cache, `completion_tokens` the reasoning. */
function usageOf(usage: OpenAI.CompletionUsage): Usage {
  return {
    input: usage.prompt_tokens ?? 0,
    cacheRead: usage.prompt_tokens_details?.cached_tokens ?? 0,
    cacheWrite: usage.prompt_tokens_details?.cache_write_tokens ?? 0,
    output: usage.completion_tokens ?? 0,
    reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
  }
}
