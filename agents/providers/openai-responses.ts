/** OpenAI's Responses API, without anything kept at OpenAI: what a model thought travels with the conversation, encrypted. */
import type OpenAI from 'openai'
import type {
  AssistantMessage,
  ModelDelta,
  ModelMessage,
  ModelOutcome,
  ModelProvider,
  ModelRequest,
} from '../../domain/model.ts'
import { abilitiesOf, attempt, type Endpoint, systemOf } from './endpoint.ts'
import { effortOf, openaiOn } from './openai-client.ts'
import { createResponsesReader } from './openai-responses-reply.ts'
import { objectOf } from './tool-input.ts'

type Body = Omit<OpenAI.Responses.ResponseCreateParamsStreaming, 'stream'>
type Item = OpenAI.Responses.ResponseInputItem

/** The least that the API takes. */
const leastOutput = 16

export function createOpenAiResponsesProvider(endpoint: Endpoint): ModelProvider {
  // Summaries of thoughts are for verified organisations alone: after the first refusal they are no longer asked for.
  let asksForSummaries = true

  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta, ModelOutcome> {
    const body = responsesBody(request, endpoint, asksForSummaries)
    const outcome = yield* attempt(endpoint, {
      request,
      signal,
      open: async wire =>
        (await openaiOn(endpoint, wire)).responses.create({ ...body, stream: true }, { signal: wire.signal }),
      reader: createResponsesReader(request.model),
    })
    if (outcome.ok || !asksForSummaries || !/reasoning.summar/i.test(outcome.error.message)) return outcome
    asksForSummaries = false
    return { ...outcome, error: { ...outcome.error, retryable: true } }
  }

  return {
    name: endpoint.name,
    simulated: false,
    stream,
    countTokens: request => endpoint.countTokens(request),
  }
}

function responsesBody(request: ModelRequest, endpoint: Endpoint, asksForSummaries: boolean): Body {
  const { thinking, structuredOutput } = abilitiesOf(endpoint, request.model)
  const instructions = systemOf(request, structuredOutput)
  return {
    model: request.model,
    store: false,
    input: request.messages.flatMap(message => itemsOf(message, request.model)),
    max_output_tokens: Math.max(leastOutput, request.maxOutputTokens),
    ...(instructions === '' ? {} : { instructions }),
    ...(request.tools.length === 0 ? {} : { tools: toolsOf(request), tool_choice: request.toolChoice }),
    ...(thinking ? thinkingOf(request, asksForSummaries && request.thinking !== 'off') : {}),
    ...(request.temperature === null || thinking ? {} : { temperature: request.temperature }),
    ...(request.outputSchema !== null && structuredOutput ? { text: { format: formatOf(request.outputSchema) } } : {}),
  }
}

const thinkingOf = (request: ModelRequest, summarised: boolean) => ({
  reasoning: { effort: effortOf(request), ...(summarised ? { summary: 'auto' as const } : {}) },
  include: ['reasoning.encrypted_content' as const],
})

const toolsOf = ({ tools }: ModelRequest): OpenAI.Responses.FunctionTool[] =>
  tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    name,
    description,
    parameters: { ...inputSchema },
    // Strict schemas forbid optional arguments; the tools check theirs themselves.
    strict: false,
  }))

const formatOf = (schema: NonNullable<ModelRequest['outputSchema']>) => ({
  type: 'json_schema' as const,
  name: 'reply',
  schema: { ...schema },
  strict: false,
})

function itemsOf(message: ModelMessage, model: string): Item[] {
  if (message.role === 'assistant') return message.content.flatMap(part => itemOf(part, model))
  return message.content.map(
    (part): Item =>
      part.type === 'text'
        ? { role: 'user', content: part.text }
        : { type: 'function_call_output', call_id: part.id, output: part.isError ? `Error: ${part.text}` : part.text },
  )
}

function itemOf(part: AssistantMessage['content'][number], model: string): Item[] {
  if (part.type === 'text') return part.text === '' ? [] : [{ role: 'assistant', content: part.text }]
  if (part.type === 'tool-call') {
    const call = { call_id: part.id, name: part.name, arguments: JSON.stringify(objectOf(part.input)) }
    return [{ type: 'function_call', ...call }]
  }
  const {
    protocol,
    model: thinker,
    item,
  } = (part.opaque ?? {}) as { protocol?: string; model?: string; item?: unknown }
  return protocol === 'openai-responses' && thinker === model ? [item as Item] : []
}
