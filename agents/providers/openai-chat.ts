/** OpenAI's Chat Completions, as Ollama, vLLM, LM Studio, OpenRouter and many others serve them. */
import type OpenAI from 'openai'
import type { Json } from '../../domain/json.ts'
import { type ModelMessage, type ModelProvider, type ModelRequest, textOf, toolCallsOf } from '../../domain/model.ts'
import { abilitiesOf, attempt, type Endpoint, systemOf } from './endpoint.ts'
import { createChatReader } from './openai-chat-reply.ts'
import { effortOf, openaiOn } from './openai-client.ts'
import { objectOf } from './tool-input.ts'

type Body = Omit<OpenAI.Chat.ChatCompletionCreateParamsStreaming, 'stream'>
type Message = OpenAI.Chat.ChatCompletionMessageParam

export function createOpenAiChatProvider(endpoint: Endpoint): ModelProvider {
  return {
    name: endpoint.name,
    simulated: false,
    stream: (request, signal) =>
      attempt(endpoint, {
        request,
        signal,
        open: async wire =>
          (await openaiOn(endpoint, wire)).chat.completions.create(
            { ...chatBody(request, endpoint), stream: true },
            { signal: wire.signal },
          ),
        reader: createChatReader(request),
      }),
    countTokens: request => endpoint.countTokens(request),
  }
}

function chatBody(request: ModelRequest, endpoint: Endpoint): Body {
  const { thinking, structuredOutput } = abilitiesOf(endpoint, request.model)
  const isOpenAi = endpoint.baseUrl === null
  const system = systemOf(request, structuredOutput)
  return {
    model: request.model,
    messages: [
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      ...request.messages.flatMap(message => messagesOf(message, request.model)),
    ],
    stream_options: { include_usage: true },
    // OpenAI's newer models refuse the old name, and other servers ignore the new one.
    ...(isOpenAi ? { max_completion_tokens: request.maxOutputTokens } : { max_tokens: request.maxOutputTokens }),
    ...(request.tools.length === 0 ? {} : { tools: toolsOf(request), tool_choice: request.toolChoice }),
    ...(thinking && (isOpenAi || request.thinking !== 'off') ? { reasoning_effort: effortOf(request) } : {}),
    ...(request.temperature === null || (isOpenAi && thinking) ? {} : { temperature: request.temperature }),
    ...(request.outputSchema !== null && structuredOutput ? { response_format: formatOf(request.outputSchema) } : {}),
  }
}

const toolsOf = ({ tools }: ModelRequest): OpenAI.Chat.ChatCompletionFunctionTool[] =>
  tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: { ...inputSchema } },
  }))

const formatOf = (schema: NonNullable<ModelRequest['outputSchema']>) => ({
  type: 'json_schema' as const,
  json_schema: { name: 'reply', schema: { ...schema }, strict: false },
})

/** Results are messages of their own, and come before what the user says. */
function messagesOf(message: ModelMessage, model: string): Message[] {
  if (message.role === 'user') {
    const results = message.content.flatMap((part): Message[] =>
      part.type !== 'tool-result'
        ? []
        : [{ role: 'tool', tool_call_id: part.id, content: part.isError ? `Error: ${part.text}` : part.text }],
    )
    const text = message.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n\n')
    return text === '' ? results : [...results, { role: 'user', content: text }]
  }
  const calls = toolCallsOf(message.content).map(({ id, name, input }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: JSON.stringify(objectOf(input)) },
  }))
  const text = textOf(message.content)
  if (text === '' && calls.length === 0) return [{ role: 'assistant', content: '(no reply)' }]
  const thoughts = Object.assign(
    {},
    ...message.content.map(part => (part.type === 'thinking' ? fieldsOf(part.opaque, model) : {})),
  )
  return [
    {
      role: 'assistant',
      content: text === '' ? null : text,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
      ...thoughts,
    },
  ]
}

/** Thoughts go back in the fields in which they came, to the model whose they are. */
function fieldsOf(opaque: Json, model: string): { [key: string]: Json } {
  const { protocol, model: thinker, fields } = (opaque ?? {}) as { protocol?: string; model?: string; fields?: Json }
  return protocol === 'openai-chat' && thinker === model ? objectOf(fields ?? {}) : {}
}
