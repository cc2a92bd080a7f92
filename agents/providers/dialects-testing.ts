/** One and the same reply as each protocol writes it, and a server on loopback that sends whatever it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Protocol } from '../../domain/model-config.ts'

export type Scripted = {
  thinking?: string
  text?: string
  calls?: readonly { id: string; name: string; json: string }[]
  stop?: 'end' | 'length'
}
type WireProtocol = Exclude<Protocol, 'simulated'>

/** Known counts: 1,000 of input, of them 600 read from the cache; 50 of output, of them 20 of reasoning. */
export const knownUsage = { input: 1_000, cacheRead: 600, output: 50, reasoning: 20 }

const sse = (data: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`
const halves = (text: string): string[] => {
  const middle = Math.ceil(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)].filter(half => half !== '')
}

function anthropic({ thinking, text, calls = [], stop }: Scripted): string[] {
  const blocks = [
    ...(thinking === undefined
      ? []
      : [
          {
            start: { type: 'thinking', thinking: '', signature: '' },
            deltas: [
              ...halves(thinking).map(half => ({ type: 'thinking_delta', thinking: half })),
              { type: 'signature_delta', signature: 'signed' },
            ],
          },
        ]),
    ...(text === undefined
      ? []
      : [
          { start: { type: 'text', text: '' }, deltas: halves(text).map(half => ({ type: 'text_delta', text: half })) },
        ]),
    ...calls.map(({ id, name, json }) => ({
      start: { type: 'tool_use', id, name, input: {} },
      deltas: halves(json).map(half => ({ type: 'input_json_delta', partial_json: half })),
    })),
  ]
  const usage = { input_tokens: 300, cache_read_input_tokens: 600, cache_creation_input_tokens: 100, output_tokens: 1 }
  const reason = stop === 'length' ? 'max_tokens' : calls.length > 0 ? 'tool_use' : 'end_turn'
  const events: { type: string }[] = [
    {
      type: 'message_start',
      message: { id: 'msg', type: 'message', role: 'assistant', model: 'test-model', content: [], usage },
    } as { type: string },
    ...blocks.flatMap(({ start, deltas }, index) => [
      { type: 'content_block_start', index, content_block: start },
      ...deltas.map(delta => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: 50, output_tokens_details: { thinking_tokens: 20 } },
    } as { type: string },
    { type: 'message_stop' },
  ]
  return events.map(event => sse(event, event.type))
}

function chat({ thinking, text, calls = [], stop }: Scripted): string[] {
  const chunk = (delta: object, finish: string | null = null) =>
    sse({
      id: 'c',
      object: 'chat.completion.chunk',
      model: 'test-model',
      choices: [{ index: 0, delta, finish_reason: finish }],
    })
  const reason = stop === 'length' ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop'
  const usage = {
    prompt_tokens: 1_000,
    completion_tokens: 50,
    total_tokens: 1_050,
    prompt_tokens_details: { cached_tokens: 600 },
    completion_tokens_details: { reasoning_tokens: 20 },
  }
  return [
    ...halves(thinking ?? '').map(half => chunk({ reasoning_content: half })),
    ...halves(text ?? '').map(half => chunk({ content: half })),
    ...calls.flatMap(({ id, name, json }, index) => [
      chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
      ...halves(json).map(half => chunk({ tool_calls: [{ index, function: { arguments: half } }] })),
    ]),
    chunk({}, reason),
    sse({ id: 'c', object: 'chat.completion.chunk', model: 'test-model', choices: [], usage }),
    'data: [DONE]\n\n',
  ]
}

function responses({ thinking, text, calls = [], stop }: Scripted): string[] {
  const items = [
    ...(thinking === undefined
      ? []
      : [
          {
            item: {
              type: 'reasoning',
              id: 'rs',
              summary: [{ type: 'summary_text', text: thinking }],
              encrypted_content: 'sealed',
            },
            deltas: halves(thinking).map(delta => ({
              type: 'response.reasoning_summary_text.delta',
              item_id: 'rs',
              delta,
            })),
          },
        ]),
    ...(text === undefined
      ? []
      : [
          {
            item: {
              type: 'message',
              id: 'm',
              role: 'assistant',
              content: [{ type: 'output_text', text, annotations: [] }],
            },
            deltas: halves(text).map(delta => ({ type: 'response.output_text.delta', item_id: 'm', delta })),
          },
        ]),
    ...calls.map(({ id, name, json }) => ({
      item: { type: 'function_call', id: `fc_${id}`, call_id: id, name, arguments: json },
      deltas: halves(json).map(delta => ({
        type: 'response.function_call_arguments.delta',
        item_id: `fc_${id}`,
        delta,
      })),
    })),
  ]
  const usage = {
    input_tokens: 1_000,
    input_tokens_details: { cached_tokens: 600, cache_write_tokens: 0 },
    output_tokens: 50,
    output_tokens_details: { reasoning_tokens: 20 },
    total_tokens: 1_050,
  }
  const incomplete = stop === 'length' ? { reason: 'max_output_tokens' } : null
  const type = stop === 'length' ? 'response.incomplete' : 'response.completed'
  const events: { type: string }[] = [
    ...items.flatMap(({ item, deltas }, output_index) => [
      {
        type: 'response.output_item.added',
        output_index,
        item: { ...item, ...('arguments' in item ? { arguments: '' } : {}) },
      },
      ...deltas.map(delta => ({ ...delta, output_index })),
      { type: 'response.output_item.done', output_index, item },
    ]),
    {
      type,
      response: {
        id: 'r',
        model: 'test-model',
        output: items.map(({ item }) => item),
        incomplete_details: incomplete,
        usage,
      },
    } as { type: string },
  ]
  return events.map(event => sse(event, event.type))
}

function gemini({ thinking, text, calls = [], stop }: Scripted): string[] {
  const chunk = (parts: object[], rest: object = {}) =>
    sse({ candidates: [{ content: { role: 'model', parts }, ...rest }], modelVersion: 'test-model' })
  const usageMetadata = {
    promptTokenCount: 1_000,
    cachedContentTokenCount: 600,
    candidatesTokenCount: 30,
    thoughtsTokenCount: 20,
  }
  return [
    ...halves(thinking ?? '').map(half => chunk([{ text: half, thought: true }])),
    ...halves(text ?? '').map(half => chunk([{ text: half }])),
    ...(calls.length === 0
      ? []
      : [
          chunk(
            calls.map(({ id, name, json }, index) => ({
              functionCall: { id, name, args: JSON.parse(json) },
              ...(index === 0 ? { thoughtSignature: 'signed' } : {}),
            })),
          ),
        ]),
    sse({
      candidates: [
        { content: { role: 'model', parts: [{ text: '' }] }, finishReason: stop === 'length' ? 'MAX_TOKENS' : 'STOP' },
      ],
      usageMetadata,
      modelVersion: 'test-model',
    }),
  ]
}

export const framesOf: Readonly<Record<WireProtocol, (reply: Scripted) => string[]>> = {
  anthropic,
  'openai-chat': chat,
  'openai-responses': responses,
  gemini,
}

export type Exchange = { url: string; headers: IncomingMessage['headers']; body: { readonly [key: string]: unknown } }
type Answer = (response: ServerResponse, exchange: Exchange) => unknown

/** Answers every request as it is told; `closed` resolves when a caller hangs up before the answer was complete. */
export async function openServer() {
  const exchanges: Exchange[] = []
  let answer: Answer = response => response.end()
  let hungUp = () => {}
  const closed = new Promise<void>(resolve => {
    hungUp = resolve
  })
  const server = createServer(async (request, response) => {
    response.on('close', () => response.writableEnded || hungUp())
    let text = ''
    for await (const piece of request) text += piece
    const exchange = { url: request.url ?? '', headers: request.headers, body: text === '' ? {} : JSON.parse(text) }
    exchanges.push(exchange)
    await answer(response, exchange)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    closed,
    answerWith: (next: Answer) => {
      answer = next
    },
    close: () => {
      server.closeAllConnections()
      return new Promise(resolve => server.close(resolve))
    },
  }
}
export type TestServer = Awaited<ReturnType<typeof openServer>>

export const asStream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' })
