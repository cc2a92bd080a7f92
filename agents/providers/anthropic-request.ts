/** A request as the Messages API wants it: where it may be cached, how much may be thought, what is given back. */
import type Anthropic from '@anthropic-ai/sdk'
import type { AssistantMessage, ModelRequest, UserMessage } from '../../domain/model.ts'
import { claudeThinking } from './anthropic-thinking.ts'
import { abilitiesOf, type Endpoint, systemOf } from './endpoint.ts'
import { objectOf } from './tool-input.ts'

type Body = Omit<Anthropic.MessageCreateParamsNonStreaming, 'stream'>

const cached = { cache_control: { type: 'ephemeral' } } as const

export function anthropicBody(request: ModelRequest, endpoint: Endpoint): Body {
  const abilities = abilitiesOf(endpoint, request.model)
  const { thinking, effort, mayForceTools } = claudeThinking(request, abilities.thinking)
  const format =
    request.outputSchema !== null && abilities.structuredOutput
      ? { format: { type: 'json_schema' as const, schema: { ...request.outputSchema } } }
      : {}
  const output = { ...(effort === null ? {} : { effort }), ...format }
  const system = systemOf(request, abilities.structuredOutput)
  return {
    model: request.model,
    max_tokens: request.maxOutputTokens,
    ...(system === '' ? {} : { system: [{ type: 'text', text: system, ...cached }] }),
    messages: messagesOf(request),
    ...(request.tools.length === 0 ? {} : { tools: toolsOf(request), tool_choice: choiceOf(request, mayForceTools) }),
    ...(thinking === null ? {} : { thinking }),
    ...(Object.keys(output).length === 0 ? {} : { output_config: output }),
  }
}

const toolsOf = ({ tools }: ModelRequest): Anthropic.Tool[] =>
  tools.map(({ name, description, inputSchema }, index) => ({
    name,
    description,
    input_schema: { ...inputSchema, type: 'object' },
    ...(index === tools.length - 1 ? cached : {}),
  }))

function choiceOf({ toolChoice }: ModelRequest, mayForce: boolean): Anthropic.ToolChoice {
  if (toolChoice === 'none') return { type: 'none' }
  return { type: toolChoice === 'required' && mayForce ? 'any' : 'auto' }
}

/**
 * The conversation. Its last two messages of the user are marked for the cache: the next turn reads up to the older mark
 * and writes from there, however many blocks a turn has.
 */
function messagesOf({ messages, model }: ModelRequest): Anthropic.MessageParam[] {
  const params = messages.map(message => (message.role === 'user' ? ofUser(message) : ofAssistant(message, model)))
  const marked = params.flatMap(({ role }, index) => (role === 'user' ? [index] : [])).slice(-2)
  return params.map((param, index) => (marked.includes(index) ? withMark(param) : param))
}

type Param = { role: 'user' | 'assistant'; content: Anthropic.ContentBlockParam[] }

function withMark({ role, content }: Param): Param {
  return { role, content: content.with(-1, { ...content.at(-1), ...cached } as Anthropic.ContentBlockParam) }
}

/** Results come first, as the protocol demands, and nothing is empty. */
function ofUser({ content }: UserMessage): Param {
  const results = content.flatMap((part): Anthropic.ContentBlockParam[] =>
    part.type !== 'tool-result'
      ? []
      : [
          {
            type: 'tool_result',
            tool_use_id: plainId(part.id),
            content: part.text.trim() === '' ? '(nothing)' : part.text,
            is_error: part.isError,
          },
        ],
  )
  const texts = content.flatMap((part): Anthropic.ContentBlockParam[] =>
    part.type === 'text' && part.text.trim() !== '' ? [{ type: 'text', text: part.text }] : [],
  )
  const blocks = [...results, ...texts]
  return { role: 'user', content: blocks.length === 0 ? [{ type: 'text', text: '(nothing)' }] : blocks }
}

function ofAssistant({ content }: AssistantMessage, model: string): Param {
  const blocks = content.flatMap((part): Anthropic.ContentBlockParam[] => {
    if (part.type === 'text') return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }]
    if (part.type === 'tool-call')
      return [{ type: 'tool_use', id: plainId(part.id), name: part.name, input: objectOf(part.input) }]
    return thinkingOf(part.opaque, model)
  })
  return { role: 'assistant', content: blocks.length === 0 ? [{ type: 'text', text: '(no reply)' }] : blocks }
}

/** What a model thought means something to that model alone: thoughts of another are left out. */
function thinkingOf(opaque: unknown, model: string): Anthropic.ContentBlockParam[] {
  const { protocol, model: thinker, block } = (opaque ?? {}) as { protocol?: string; model?: string; block?: unknown }
  if (protocol !== 'anthropic' || thinker !== model) return []
  return [block as Anthropic.ThinkingBlockParam | Anthropic.RedactedThinkingBlockParam]
}

/** Ids that other providers gave may hold what is not allowed here. */
const plainId = (id: string): string => id.replace(/[^\w-]/g, '_')
