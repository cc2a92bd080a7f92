/** A reply of the Responses API, from its events. */
import type OpenAI from 'openai'
import type { Json } from '../../domain/json.ts'
import type { AssistantMessage, ModelDelta, ModelReply, StopReason, Usage } from '../../domain/model.ts'
import { type ReplyReader, Told } from './endpoint.ts'
import { toolInputOf } from './tool-input.ts'

type Event = OpenAI.Responses.ResponseStreamEvent
type Item = OpenAI.Responses.ResponseOutputItem

export function createResponsesReader(asked: string): ReplyReader<Event> {
  const items: Item[] = []
  const calls = new Map<string, { id: string; name: string }>()
  let final: OpenAI.Responses.Response | null = null

  return {
    *take(event): Iterable<ModelDelta> {
      switch (event.type) {
        case 'response.output_item.added':
          if (event.item.type !== 'function_call') return
          calls.set(event.item.id ?? '', { id: event.item.call_id, name: event.item.name })
          return yield { type: 'tool-call', id: event.item.call_id, name: event.item.name, json: '' }
        case 'response.function_call_arguments.delta': {
          const call = calls.get(event.item_id)
          if (call !== undefined) yield { type: 'tool-call', ...call, json: event.delta }
          return
        }
        case 'response.output_text.delta':
        case 'response.refusal.delta':
          return yield { type: 'text', text: event.delta }
        case 'response.reasoning_summary_text.delta':
        case 'response.reasoning_text.delta':
          return yield { type: 'thinking', text: event.delta }
        case 'response.output_item.done':
          items[event.output_index] = event.item
          return
        case 'response.completed':
        case 'response.incomplete':
          final = event.response
          return
        case 'response.failed':
          throw new Told(event.response.error?.code ?? '', event.response.error?.message ?? '')
        case 'error':
          throw new Told(event.code ?? '', event.message)
      }
    },
    reply(): ModelReply | null {
      if (final === null) return null
      const output = items.length > 0 ? items : (final.output ?? [])
      const content = output.flatMap(item => partsOf(item, asked))
      return { content, stopReason: stopReasonOf(final, output), model: final.model ?? asked }
    },
    usage: () => (final?.usage ? usageOf(final.usage) : null),
  }
}

function stopReasonOf({ incomplete_details }: OpenAI.Responses.Response, output: readonly Item[]): StopReason {
  if (incomplete_details?.reason === 'content_filter') return 'refusal'
  if (incomplete_details?.reason !== undefined) return 'length'
  const refused = output.some(item => item.type === 'message' && item.content.some(part => part.type === 'refusal'))
  if (refused) return 'refusal'
  return output.some(item => item.type === 'function_call') ? 'tool-calls' : 'end'
}

function partsOf(item: Item, model: string): AssistantMessage['content'] {
  switch (item.type) {
    case 'message':
      return item.content.flatMap(part => {
        const text = part.type === 'refusal' ? part.refusal : part.text
        return text === '' ? [] : [{ type: 'text', text }]
      })
    case 'function_call':
      return [
        { type: 'tool-call', id: item.call_id, name: item.name, input: toolInputOf(item.arguments), opaque: null },
      ]
    case 'reasoning': {
      const text = [...(item.summary ?? []), ...(item.content ?? [])].map(part => part.text).join('\n\n')
      // Without its encrypted form it cannot be given back: nothing of it is kept at OpenAI.
      const isWhole = typeof item.encrypted_content === 'string'
      const opaque: Json = isWhole
        ? { protocol: 'openai-responses', model, item: JSON.parse(JSON.stringify(item)) as Json }
        : null
      return [{ type: 'thinking', text, opaque }]
    }
    default:
      return []
  }
}

/** `input_tokens` includes what was read from and written to the cache, `output_tokens` the reasoning. */
function usageOf(usage: OpenAI.Responses.ResponseUsage): Usage {
  return {
    input: usage.input_tokens,
    cacheRead: usage.input_tokens_details?.cached_tokens ?? 0,
    cacheWrite: usage.input_tokens_details?.cache_write_tokens ?? 0,
    output: usage.output_tokens,
    reasoning: usage.output_tokens_details?.reasoning_tokens ?? 0,
  }
}
