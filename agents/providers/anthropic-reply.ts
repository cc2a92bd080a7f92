/** A reply of the Messages API, from its events. */
import type Anthropic from '@anthropic-ai/sdk'
import type { Json } from '../../domain/json.ts'
import type { AssistantMessage, ModelDelta, ModelReply, StopReason, Usage } from '../../domain/model.ts'
import type { ReplyReader } from './endpoint.ts'
import { toolInputOf } from './tool-input.ts'

type Event = Anthropic.RawMessageStreamEvent
type Block = { start: Anthropic.ContentBlock; text: string; signature: string }

const stopReasons: Readonly<Record<Anthropic.StopReason, StopReason>> = {
  end_turn: 'end',
  stop_sequence: 'end',
  pause_turn: 'end',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refusal',
}

export function createAnthropicReader(asked: string): ReplyReader<Event> {
  const blocks: Block[] = []
  let model = asked
  let counts: Partial<Anthropic.Usage> = {}
  let stopReason: StopReason | null = null
  let isComplete = false

  return {
    *take(event) {
      if (event.type === 'message_start') {
        model = event.message.model
        counts = event.message.usage ?? {}
      } else if (event.type === 'content_block_start') {
        blocks[event.index] = { start: event.content_block, text: startText(event.content_block), signature: '' }
        yield* startDelta(event.content_block)
      } else if (event.type === 'content_block_delta') {
        const block = blocks[event.index]
        if (block === undefined) throw new Error(`a delta of a block that did not begin (${event.index})`)
        yield* grow(block, event.delta)
      } else if (event.type === 'message_delta') {
        stopReason = stopReasons[event.delta.stop_reason ?? 'end_turn'] ?? 'end'
        counts = { ...counts, ...known(event.usage) }
      } else if (event.type === 'message_stop') isComplete = true
    },
    reply: (): ModelReply | null =>
      isComplete && stopReason !== null
        ? { content: blocks.flatMap(block => partOf(block, asked)), stopReason, model }
        : null,
    usage: () => (isComplete ? usageOf(counts) : null),
  }
}

function* grow(block: Block, delta: Anthropic.RawContentBlockDelta): Iterable<ModelDelta> {
  if (delta.type === 'text_delta') {
    block.text += delta.text
    yield { type: 'text', text: delta.text }
  } else if (delta.type === 'thinking_delta') {
    block.text += delta.thinking
    yield { type: 'thinking', text: delta.thinking }
  } else if (delta.type === 'signature_delta') block.signature += delta.signature
  else if (delta.type === 'input_json_delta' && block.start.type === 'tool_use') {
    block.text += delta.partial_json
    yield { type: 'tool-call', id: block.start.id, name: block.start.name, json: delta.partial_json }
  }
}

function startText(block: Anthropic.ContentBlock): string {
  if (block.type === 'text') return block.text
  return block.type === 'thinking' ? block.thinking : ''
}

function* startDelta(block: Anthropic.ContentBlock): Iterable<ModelDelta> {
  if (block.type === 'tool_use') yield { type: 'tool-call', id: block.id, name: block.name, json: '' }
  if (block.type === 'text' && block.text !== '') yield { type: 'text', text: block.text }
}

/** Thoughts keep the block as it came: its signature is checked when it is given back. */
function partOf({ start, text, signature }: Block, model: string): AssistantMessage['content'] {
  const opaque = (block: Json): Json => ({ protocol: 'anthropic', model, block })
  switch (start.type) {
    case 'text':
      return text === '' ? [] : [{ type: 'text', text }]
    case 'thinking': {
      const block = { type: 'thinking', thinking: text, signature: signature || start.signature }
      return [{ type: 'thinking', text, opaque: opaque(block) }]
    }
    case 'redacted_thinking':
      return [{ type: 'thinking', text: '', opaque: opaque({ type: start.type, data: start.data }) }]
    case 'tool_use': {
      const whole = text === '' ? JSON.stringify(start.input ?? {}) : text
      return [{ type: 'tool-call', id: start.id, name: start.name, input: toolInputOf(whole), opaque: null }]
    }
    default:
      return []
  }
}

/** Counts that are really there: a later null or absent one does not undo an earlier figure. */
const known = (usage: Anthropic.MessageDeltaUsage): Partial<Anthropic.Usage> =>
  Object.fromEntries(Object.entries(usage ?? {}).filter(([, value]) => value !== null && value !== undefined))

/** `input_tokens` leaves out what was read from and written to the cache. */
function usageOf(counts: Partial<Anthropic.Usage>): Usage {
  const [cacheRead, cacheWrite] = [counts.cache_read_input_tokens ?? 0, counts.cache_creation_input_tokens ?? 0]
  return {
    input: (counts.input_tokens ?? 0) + cacheRead + cacheWrite,
    cacheRead,
    cacheWrite,
    output: counts.output_tokens ?? 0,
    reasoning: counts.output_tokens_details?.thinking_tokens ?? 0,
  }
}
