/**
 * An endpoint on loopback that speaks all four protocols, with the simulated policy behind it. aimock reads each protocol
 * and writes it back; between the two stands what its makers' chat protocol can say. So a whole run depends on what is
 * sent, and on nothing that is not.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type ChatCompletionRequest, type ChatMessage, type FixtureResponse, LLMock } from '@copilotkit/aimock'
import { createSimulatedProvider } from '../../agents/providers/simulated/provider.ts'
import type { Json } from '../../domain/json.ts'
import {
  type AssistantMessage,
  type ModelMessage,
  type ModelRequest,
  textOf,
  toolCallsOf,
  type Usage,
} from '../../domain/model.ts'

export type WireModel = { url: string; requests(): number; close(): Promise<unknown> }

export async function openWireModel(): Promise<WireModel> {
  const policy = createSimulatedProvider({ seed: 1 })
  const mock = new LLMock({ port: 0 })
  let requests = 0
  mock.addFixture({
    match: { predicate: () => true },
    async response(request) {
      requests += 1
      const stream = policy.stream(requestOf(request), new AbortController().signal)
      let step = await stream.next()
      while (!step.done) step = await stream.next()
      if (!step.value.ok) return { error: { message: step.value.error.message }, status: 400 }
      return responseOf(step.value.reply.content, step.value.usage)
    },
  })
  await mock.start()
  const door = createServer((asked, answer) => void throughDoor(mock.url, asked, answer))
  await once(door.listen(0, '127.0.0.1'), 'listening')
  const { port } = door.address() as AddressInfo
  const close = () => Promise.all([mock.stop(), new Promise(resolve => door.close(resolve))])
  return { url: `http://127.0.0.1:${port}`, requests: () => requests, close }
}

/** What Gemini calls the JSON Schema of a tool, aimock passes over; it knows the older name. */
async function throughDoor(url: string, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const body = (await text(asked)).replaceAll('"parametersJsonSchema":', '"parameters":')
  const headers = { ...(asked.headers as Record<string, string>), host: new URL(url).host }
  delete (headers as Record<string, string | undefined>)['content-length']
  const given = await fetch(new URL(asked.url ?? '/', url), { method: asked.method ?? 'POST', headers, body })
  answer.writeHead(given.status, { 'content-type': given.headers.get('content-type') ?? 'text/event-stream' })
  answer.end(await given.text())
}

function responseOf(content: AssistantMessage['content'], usage: Usage): FixtureResponse {
  const toolCalls = toolCallsOf(content).map(({ id, name, input }) => ({ id, name, arguments: JSON.stringify(input) }))
  const [read, written] = [usage.input, usage.output]
  // Each protocol takes the names that it knows.
  const counted = {
    ...{ prompt_tokens: read, completion_tokens: written, input_tokens: read, output_tokens: written },
    ...{ promptTokenCount: read, candidatesTokenCount: written, totalTokenCount: read + written },
  }
  const words = textOf(content)
  if (toolCalls.length === 0) return { content: words, usage: counted }
  return words === '' ? { toolCalls, usage: counted } : { content: words, toolCalls, usage: counted }
}

function requestOf({ messages, tools = [] }: ChatCompletionRequest): ModelRequest {
  return {
    ...{ model: 'careful', thinking: 'off', temperature: null, outputSchema: null },
    ...{ toolChoice: 'auto', maxOutputTokens: 16_000 },
    system: messages.flatMap(one => (one.role === 'system' ? [saidIn(one)] : [])).join('\n'),
    tools: tools.map(({ function: spec }) => ({
      name: spec.name,
      description: spec.description ?? '',
      inputSchema: spec.parameters as ModelRequest['tools'][number]['inputSchema'],
    })),
    messages: joined(numbered(messages.filter(({ role }) => role !== 'system')).map(messageOf)),
  }
}

const saidIn = ({ content }: ChatMessage): string =>
  typeof content === 'string' ? content : (content ?? []).map(part => part.text ?? '').join('')

function messageOf(message: ChatMessage): ModelMessage {
  const said = saidIn(message)
  if (message.role === 'tool')
    return {
      role: 'user',
      content: [{ type: 'tool-result', id: message.tool_call_id ?? '', name: '', ...resultIn(said) }],
    }
  const words = said === '' ? [] : [{ type: 'text' as const, text: said }]
  if (message.role === 'user') return { role: 'user', content: words }
  const calls = (message.tool_calls ?? []).map(({ id, function: { name, arguments: json } }) => ({
    ...{ type: 'tool-call' as const, id, name, opaque: null },
    input: JSON.parse(json) as Json,
  }))
  return { role: 'assistant', content: [...words, ...calls] }
}

/** Gemini numbers no calls, and aimock numbers them anew in each message: a result belongs to the newest call of its id. */
function numbered(messages: readonly ChatMessage[]): ChatMessage[] {
  const newest = new Map<string, string>()
  let made = 0
  return messages.map(message => {
    if (message.role === 'tool') return { ...message, tool_call_id: newest.get(message.tool_call_id ?? '') ?? '' }
    if (message.tool_calls === undefined) return message
    const calls = message.tool_calls.map(call => {
      newest.set(call.id, `call_${made}`)
      return { ...call, id: `call_${made++}` }
    })
    return { ...message, tool_calls: calls }
  })
}

/** The chat protocol has no mark of its own for what failed; Gemini's results are objects, which aimock writes as JSON. */
function resultIn(said: string): { text: string; isError: boolean } {
  const [, key, value] = /^\{"(output|error)":(".*")\}$/s.exec(said) ?? []
  if (value !== undefined) return { text: String(JSON.parse(value)), isError: key === 'error' }
  return { text: said, isError: said.startsWith('Error: ') }
}

/** What one side says in several messages is one message. */
function joined(messages: readonly ModelMessage[]): ModelMessage[] {
  const list: ModelMessage[] = []
  for (const message of messages) {
    const last = list.at(-1)
    const both = last?.role === message.role ? [...last.content, ...message.content] : null
    if (both === null) list.push(message)
    else list[list.length - 1] = { role: message.role, content: both } as ModelMessage
  }
  return list
}
