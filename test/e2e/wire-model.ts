/**
 * An endpoint on loopback that speaks all four protocols, with the simulated policy behind it: what came over the wire is
 * read back into a request, and what the policy replies goes out as the protocol writes it. So a whole run depends on
 * everything that is sent, and on nothing that is not.
 */
import { asStream, type Exchange, framesOf, openServer } from '../../agents/providers/dialects-testing.ts'
import { createSimulatedProvider } from '../../agents/providers/simulated/provider.ts'
import type { Json } from '../../domain/json.ts'
import {
  type AssistantMessage,
  type ModelMessage,
  type ModelRequest,
  type ToolSpec,
  textOf,
  toolCallsOf,
  type UserMessage,
} from '../../domain/model.ts'
import type { Protocol } from '../../domain/model-config.ts'

export type WireProtocol = Exclude<Protocol, 'simulated'>
type Part = ModelMessage['content'][number]
type Body = { readonly [key: string]: unknown }
type Read = Pick<ModelRequest, 'system' | 'messages' | 'tools' | 'toolChoice' | 'maxOutputTokens'>

export type WireModel = { url: string; exchanges: readonly Exchange[]; close(): Promise<unknown> }

export async function openWireModel(): Promise<WireModel> {
  const policy = createSimulatedProvider({ seed: 1 })
  const server = await openServer()
  server.answerWith(async (response, exchange) => {
    const protocol = protocolOf(exchange.url)
    if (protocol === null) return response.writeHead(404, { 'content-type': 'application/json' }).end('{}')
    const read = readers[protocol](exchange.body)
    const request: ModelRequest = { ...read, model: 'careful', thinking: 'off', temperature: null, outputSchema: null }
    const stream = policy.stream(request, new AbortController().signal)
    let step = await stream.next()
    while (!step.done) step = await stream.next()
    if (!step.value.ok)
      return response.writeHead(400).end(JSON.stringify({ error: { message: step.value.error.message } }))
    const { content } = step.value.reply
    const calls = toolCallsOf(content).map(({ id, name, input }) => ({ id, name, json: JSON.stringify(input) }))
    const text = textOf(content)
    return asStream(response).end(framesOf[protocol]({ ...(text === '' ? {} : { text }), calls }).join(''))
  })
  return { url: server.url, exchanges: server.exchanges, close: server.close }
}

function protocolOf(url: string): WireProtocol | null {
  if (/\/messages(\?|$)/.test(url)) return 'anthropic'
  if (/\/chat\/completions$/.test(url)) return 'openai-chat'
  if (/\/responses$/.test(url)) return 'openai-responses'
  return /:streamGenerateContent/.test(url) ? 'gemini' : null
}

const listOf = (value: unknown): Body[] => (Array.isArray(value) ? (value as Body[]) : [])
const said = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : listOf(value)
        .map(part => String(part.text ?? ''))
        .join('')
const text = (value: unknown): Part => ({ type: 'text', text: String(value) })
const call = (id: unknown, name: unknown, input: unknown): Part => ({
  type: 'tool-call',
  id: String(id),
  name: String(name),
  input: (typeof input === 'string' ? JSON.parse(input) : (input ?? {})) as Json,
  opaque: null,
})
const result = (id: unknown, name: unknown, value: unknown, isError = false): Part => ({
  type: 'tool-result',
  id: String(id),
  name: String(name),
  text: String(value),
  isError,
})
const tool = (name: unknown, description: unknown, schema: unknown): ToolSpec => ({
  name: String(name),
  description: String(description ?? ''),
  inputSchema: schema as ToolSpec['inputSchema'],
})

const messageOf = (role: 'user' | 'assistant', content: readonly Part[]): ModelMessage =>
  role === 'user'
    ? { role, content: content as UserMessage['content'] }
    : { role, content: content as AssistantMessage['content'] }

/** Parts of one side that follow each other are one message. */
function messagesOf(parts: readonly { role: 'user' | 'assistant'; part: Part }[]): ModelMessage[] {
  const messages: { role: 'user' | 'assistant'; content: Part[] }[] = []
  for (const { role, part } of parts) {
    const last = messages.at(-1)
    if (last?.role === role) last.content.push(part)
    else messages.push({ role, content: [part] })
  }
  return messages.map(({ role, content }) => messageOf(role, content))
}

const choices = { toolChoice: 'auto', maxOutputTokens: 16_000 } as const

const readers: Readonly<Record<WireProtocol, (body: Body) => Read>> = {
  anthropic: body => ({
    ...choices,
    system: said(body.system),
    tools: listOf(body.tools).map(({ name, description, input_schema }) => tool(name, description, input_schema)),
    messages: messagesOf(
      listOf(body.messages).flatMap(({ role, content }) =>
        listOf(content).map(block => ({ role: role as 'user' | 'assistant', part: anthropicPart(block) })),
      ),
    ),
  }),
  'openai-chat': body => ({
    ...choices,
    system: said(listOf(body.messages).find(({ role }) => role === 'system')?.content),
    tools: listOf(body.tools).map(({ function: spec }) => {
      const { name, description, parameters } = spec as Body
      return tool(name, description, parameters)
    }),
    messages: messagesOf(
      listOf(body.messages)
        .filter(({ role }) => role !== 'system')
        .flatMap(chatParts),
    ),
  }),
  'openai-responses': body => ({
    ...choices,
    system: said(body.instructions),
    tools: listOf(body.tools).map(({ name, description, parameters }) => tool(name, description, parameters)),
    messages: messagesOf(listOf(body.input).map(responsesPart)),
  }),
  gemini: body => ({
    ...choices,
    system: said((body.systemInstruction as Body | undefined)?.parts),
    tools: listOf(body.tools)
      .flatMap(({ functionDeclarations }) => listOf(functionDeclarations))
      .map(({ name, description, parametersJsonSchema }) => tool(name, description, parametersJsonSchema)),
    messages: messagesOf(geminiParts(listOf(body.contents))),
  }),
}

function anthropicPart(block: Body): Part {
  if (block.type === 'tool_use') return call(block.id, block.name, block.input)
  if (block.type === 'tool_result') return result(block.tool_use_id, '', said(block.content), block.is_error === true)
  return text(block.text)
}

function chatParts(message: Body): { role: 'user' | 'assistant'; part: Part }[] {
  const { role, content } = message
  if (role === 'tool') return [{ role: 'user', part: result(message.tool_call_id, '', content, isFault(content)) }]
  const words = said(content)
  const calls = listOf(message.tool_calls).map(({ id, function: made }) => {
    const { name, arguments: json } = made as Body
    return call(id, name, json)
  })
  return [...(words === '' ? [] : [text(words)]), ...calls].map(part => ({
    role: role === 'assistant' ? ('assistant' as const) : ('user' as const),
    part,
  }))
}

function responsesPart(item: Body): { role: 'user' | 'assistant'; part: Part } {
  if (item.type === 'function_call') return { role: 'assistant', part: call(item.call_id, item.name, item.arguments) }
  if (item.type === 'function_call_output')
    return { role: 'user', part: result(item.call_id, '', item.output, isFault(item.output)) }
  return { role: item.role === 'assistant' ? 'assistant' : 'user', part: text(said(item.content)) }
}

/** These two protocols have no mark of their own for what failed. */
const isFault = (output: unknown): boolean => String(output).startsWith('Error: ')

/** Results carry no id here: they answer the calls before them, in their order. */
function geminiParts(contents: readonly Body[]): { role: 'user' | 'assistant'; part: Part }[] {
  let [made, answered] = [0, 0]
  return contents.flatMap(({ role, parts }) =>
    listOf(parts).map(each => {
      const side = role === 'model' ? ('assistant' as const) : ('user' as const)
      const { functionCall, functionResponse } = each as { functionCall?: Body; functionResponse?: Body }
      if (functionCall !== undefined)
        return { role: side, part: call(`call_${made++}`, functionCall.name, functionCall.args) }
      if (functionResponse === undefined) return { role: side, part: text(each.text ?? '') }
      const { output, error } = functionResponse.response as Body
      const isError = error !== undefined
      return { role: side, part: result(`call_${answered++}`, functionResponse.name, output ?? error, isError) }
    }),
  )
}
