import { LLMock } from '@copilotkit/aimock'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ModelErrorCode, type ModelMessage, type ModelProvider, textOf } from '../../domain/model.ts'
import type { ModelsConfig, Protocol } from '../../domain/model-config.ts'
import { drain, modelProviderContract, read, requestOf } from './contract.ts'
import { createProviders } from './create-providers.ts'
import { asStream, framesOf, knownUsage, openServer, type TestServer } from './dialects-testing.ts'
import { createSimulatedProvider } from './simulated/provider.ts'

type WireProtocol = Exclude<Protocol, 'simulated'>
const model = 'test-model'
const key = 'sk-secret-of-the-test-1234'
const never = new AbortController().signal

function providerAt(url: string, protocol: WireProtocol, idleTimeoutMs = 5_000): ModelProvider {
  const abilities = { tools: true, vision: false, thinking: true, structuredOutput: true }
  const config: ModelsConfig = {
    providers: [{ name: 'tested', protocol, baseUrl: url, keyVariable: 'TEST_KEY', maxConcurrent: 4, idleTimeoutMs }],
    models: [
      {
        id: `tested/${model}`,
        provider: 'tested',
        name: model,
        contextTokens: 100_000,
        maxOutputTokens: 8_000,
        abilities,
        capabilities: {},
        maxConcurrent: 4,
        latencySeconds: 1,
      },
    ],
  }
  return createProviders(config, { TEST_KEY: key })[0] as ModelProvider
}

/** How many frames come after the last one of the text. */
const framesAtEnd = { anthropic: 2, 'openai-chat': 3, 'openai-responses': 2, gemini: 1 }
const protocols = Object.keys(framesOf) as WireProtocol[]
const path = (protocol: WireProtocol) => (protocol.startsWith('openai') ? '/v1' : '')

describe.each(protocols)('%s over the wire', protocol => {
  let server: TestServer
  let provider: ModelProvider
  beforeEach(async () => {
    server = await openServer()
    provider = providerAt(`${server.url}${path(protocol)}`, protocol)
  })
  afterEach(() => server.close())

  const frames = framesOf[protocol]
  /** The text is there, and the end is not. */
  const unfinished = frames({ text: 'Hello there.' }).slice(0, -framesAtEnd[protocol]).join('')
  const replies = (reply: Parameters<typeof frames>[0]) =>
    server.answerWith(response => asStream(response).end(frames(reply).join('')))
  const failing = async (signal = never) => {
    const { outcome } = await drain(provider.stream(requestOf(model), signal))
    if (outcome.ok) throw new Error('it succeeded')
    return outcome
  }

  describe('as any provider', () => {
    modelProviderContract(async () => {
      replies({ text: 'Hello there.' })
      return { provider, model }
    })
  })

  test('usage has the cache within the input and the reasoning within the output', async () => {
    replies({ thinking: 'Hm.', text: 'Hello.' })
    const { outcome } = await drain(provider.stream(requestOf(model), never))
    expect(outcome).toMatchObject({ ok: true, usage: knownUsage, reply: { stopReason: 'end', model } })
  })

  test('thoughts, text and parallel calls come in their order, and go back as they came', async () => {
    const calls = [
      { id: 'call_a', name: 'read', json: '{"path":"a.ts"}' },
      { id: 'call_b', name: 'read', json: '{"path":"b.ts"}' },
    ]
    replies({ thinking: 'I must look.', text: 'Looking.', calls })
    const asked = requestOf(model, { tools: [read], thinking: 'high' })
    const { deltas, outcome } = await drain(provider.stream(asked, never))
    if (!outcome.ok) throw new Error(outcome.error.message)
    const { content, stopReason } = outcome.reply
    expect(stopReason).toBe('tool-calls')
    expect(content.map(part => part.type)).toEqual(['thinking', 'text', 'tool-call', 'tool-call'])
    expect(content.slice(2)).toMatchObject([
      { id: 'call_a', name: 'read', input: { path: 'a.ts' } },
      { id: 'call_b', name: 'read', input: { path: 'b.ts' } },
    ])
    expect(deltas.flatMap(delta => (delta.type === 'thinking' ? [delta.text] : [])).join('')).toBe('I must look.')
    const streamed = deltas.flatMap(delta => (delta.type === 'tool-call' && delta.id === 'call_b' ? [delta.json] : []))
    expect(JSON.parse(streamed.join(''))).toEqual({ path: 'b.ts' })

    replies({ text: 'Done.' })
    const results: ModelMessage = {
      role: 'user',
      content: [
        { type: 'tool-result', id: 'call_a', name: 'read', text: 'const a = 1', isError: false },
        { type: 'tool-result', id: 'call_b', name: 'read', text: 'no such file', isError: true },
      ],
    }
    const next = { ...asked, messages: [...asked.messages, { role: 'assistant' as const, content }, results] }
    expect((await drain(provider.stream(next, never))).outcome.ok).toBe(true)
    const sent = JSON.stringify(server.exchanges.at(-1)?.body)
    expect(sent).toContain('const a = 1')
    expect(sent).toContain('no such file')
    const mark = { anthropic: 'signed', gemini: 'signed', 'openai-responses': 'sealed', 'openai-chat': 'I must look.' }
    expect(sent).toContain(mark[protocol])
    // Another model is not shown what this one thought.
    await drain(provider.stream({ ...next, model: 'other-model' }, never))
    expect(JSON.stringify(server.exchanges.at(-1)?.body)).not.toContain(mark[protocol])
  })

  test('arguments that are no JSON reach the loop as they came', async () => {
    if (protocol === 'gemini') return expect(protocol).toBe('gemini') // Its arguments are JSON already.
    replies({ calls: [{ id: 'call_a', name: 'read', json: '{"path": "a.ts' }] })
    const { outcome } = await drain(provider.stream(requestOf(model, { tools: [read] }), never))
    expect(outcome).toMatchObject({ ok: true, reply: { content: [{ input: { $invalid: '{"path": "a.ts' } }] } })
  })

  test('a reply at its limit says so', async () => {
    replies({ text: 'And then', stop: 'length' })
    expect((await drain(provider.stream(requestOf(model), never))).outcome).toMatchObject({
      reply: { stopReason: 'length' },
    })
  })

  test.each<[number, object | string, ModelErrorCode, boolean]>([
    [400, { error: { type: 'invalid_request_error', message: 'temperature is odd' } }, 'BAD_REQUEST', false],
    [
      400,
      { error: { type: 'invalid_request_error', message: 'prompt is too long: 300 > 200' } },
      'CONTEXT_TOO_LONG',
      false,
    ],
    [401, { error: { type: 'authentication_error', message: `Incorrect key: ${key}` } }, 'UNAUTHORISED', false],
    [403, { error: { type: 'permission_error', message: 'not for you' } }, 'UNAUTHORISED', false],
    [404, { error: { type: 'not_found_error', message: 'model: test-model' } }, 'UNKNOWN_MODEL', false],
    [413, { error: { type: 'request_too_large', message: 'too large' } }, 'CONTEXT_TOO_LONG', false],
    [429, { error: { type: 'rate_limit_error', message: 'slow down' } }, 'RATE_LIMITED', true],
    [429, { error: { code: 'insufficient_quota', message: 'pay first' } }, 'RATE_LIMITED', false],
    [500, '<html><title>Oh no</title><body>…</body></html>', 'SERVER_ERROR', true],
    [503, '', 'OVERLOADED', true],
    [529, { error: { type: 'overloaded_error', message: 'Overloaded' } }, 'OVERLOADED', true],
    [302, '', 'BAD_REQUEST', false],
  ])('status %i with %j is %s', async (status, body, code, retryable) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const type = typeof body === 'string' ? 'text/html' : 'application/json'
    server.answerWith(response =>
      response.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:1/' }).end(text),
    )
    const failed = await failing()
    expect(failed).toMatchObject({
      error: { code, retryable, retryAfterMs: null },
      usage: null,
      mayHaveCost: status === 500,
    })
    expect(failed.error.message).not.toContain(key)
    expect(server.exchanges).toHaveLength(1)
  })

  test.each([
    ['retry-after', '7', 7_000],
    ['retry-after-ms', '1500', 1_500],
  ])('%s: %s is passed on', async (name, value, expected) => {
    server.answerWith(response => response.writeHead(429, { [name]: value }).end('{}'))
    expect((await failing()).error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expected })
  })

  test('a stream that ends too soon is truncated, and what came is kept', async () => {
    server.answerWith(response => asStream(response).end(unfinished))
    const failed = await failing()
    expect(failed).toMatchObject({ error: { code: 'TRUNCATED', retryable: true }, usage: null, mayHaveCost: true })
    expect(failed.partial).toBe('Hello there.')
  })

  test('a stream that ends within an event is truncated', async () => {
    const whole = frames({ text: 'Hello there.' }).join('')
    server.answerWith(response => asStream(response).end(whole.slice(0, whole.length / 2 - 3)))
    expect((await failing()).error.code).toBe('TRUNCATED')
  })

  test('a lost connection is a truncated stream', async () => {
    const [first = ''] = frames({ text: 'Hello there.' })
    server.answerWith(response => asStream(response).write(first, () => setTimeout(() => response.destroy(), 20)))
    expect(await failing()).toMatchObject({ error: { code: 'TRUNCATED' }, mayHaveCost: true })
  })

  test('bytes that are no JSON are garbage, and so is a page', async () => {
    const event = protocol === 'gemini' ? '' : 'event: message_start\n'
    server.answerWith(response => asStream(response).end(`${event}data: {"type": nonsense}\n\n`))
    expect((await failing()).error).toMatchObject({ code: 'GARBAGE', retryable: true })
    server.answerWith(response =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Log in</title>'),
    )
    const { error } = await failing()
    expect(error.code).toBe('GARBAGE')
    expect(error.message).toContain('Log in')
  })

  test('silence is a timeout', async () => {
    provider = providerAt(`${server.url}${path(protocol)}`, protocol, 150)
    const [first = ''] = frames({ text: 'Hello there.' })
    server.answerWith(response => asStream(response).write(first))
    expect(await failing()).toMatchObject({ error: { code: 'TIMED_OUT', retryable: true }, mayHaveCost: true })
    await server.closed
  })

  test('slow tokens are no silence', async () => {
    provider = providerAt(`${server.url}${path(protocol)}`, protocol, 200)
    server.answerWith(async response => {
      asStream(response)
      for (const frame of frames({ text: 'Hello there.' })) {
        response.write(frame)
        await new Promise(resolve => setTimeout(resolve, 80))
      }
      response.end()
    })
    expect((await drain(provider.stream(requestOf(model), never))).outcome.ok).toBe(true)
  })

  test('a cancelled call closes the socket', async () => {
    const cancel = new AbortController()
    server.answerWith(response => asStream(response).write(unfinished))
    const { outcome } = await drain(provider.stream(requestOf(model), cancel.signal), () => cancel.abort())
    expect(outcome).toMatchObject({ ok: false, error: { code: 'CANCELLED', retryable: false }, mayHaveCost: true })
    await server.closed
  })

  test('who stops listening closes the socket', async () => {
    server.answerWith(response => asStream(response).write(unfinished))
    for await (const _ of provider.stream(requestOf(model), never)) break
    await server.closed
  })

  test('nobody there is unreachable, and cost nothing', async () => {
    await server.close()
    expect(await failing()).toMatchObject({ error: { code: 'UNREACHABLE', retryable: true }, mayHaveCost: false })
  })

  test('a schema is sent along', async () => {
    replies({ text: '{"a":1}' })
    const outputSchema = { type: 'object', properties: { aVeryOwnField: { type: 'number' } } }
    await drain(provider.stream(requestOf(model, { outputSchema }), never))
    const { system, instructions, messages, systemInstruction, ...rest } = server.exchanges[0]?.body ?? {}
    expect(JSON.stringify(rest)).toContain('aVeryOwnField')
  })
})

describe.each(protocols)('%s with a simulator of its maker', protocol => {
  const mock = new LLMock({ port: 0 })
  let provider: ModelProvider
  beforeAll(async () => {
    mock.onMessage('Say hello.', { content: 'Hello from the mock.' })
    const toolCalls = ['a.ts', 'b.ts'].map(file => ({ name: 'read', arguments: JSON.stringify({ path: file }) }))
    mock.onMessage('Read both.', { toolCalls })
    await mock.start()
    provider = providerAt(`${mock.url}${path(protocol)}`, protocol)
  })
  afterAll(() => mock.stop())
  const asking = (text: string) =>
    requestOf(model, { tools: [read], messages: [{ role: 'user', content: [{ type: 'text', text }] }] })

  test('text', async () => {
    const { outcome } = await drain(provider.stream(asking('Say hello.'), never))
    if (!outcome.ok) throw new Error(outcome.error.message)
    expect(textOf(outcome.reply.content)).toBe('Hello from the mock.')
    expect(outcome.reply.stopReason).toBe('end')
  })

  test('parallel calls', async () => {
    const { outcome } = await drain(provider.stream(asking('Read both.'), never))
    if (!outcome.ok) throw new Error(outcome.error.message)
    const calls = outcome.reply.content.filter(part => part.type === 'tool-call')
    expect(calls.map(({ input }) => input)).toEqual([{ path: 'a.ts' }, { path: 'b.ts' }])
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2)
    expect(outcome.reply.stopReason).toBe('tool-calls')
  })

  test('a refusal', async () => {
    mock.nextRequestError(429, { message: 'slow down', type: 'rate_limit_error' })
    expect((await drain(provider.stream(asking('Say hello.'), never))).outcome).toMatchObject({
      error: { code: 'RATE_LIMITED' },
    })
  })
})

test('an organisation that may not see summaries of thoughts goes on without them', async () => {
  const server = await openServer()
  const provider = providerAt(`${server.url}/v1`, 'openai-responses')
  const message = 'Your organization must be verified to generate reasoning summaries.'
  server.answerWith((response, { body }) =>
    JSON.stringify(body).includes('"summary"')
      ? response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }))
      : asStream(response).end(framesOf['openai-responses']({ text: 'Hello.' }).join('')),
  )
  const ask = async () => (await drain(provider.stream(requestOf(model, { thinking: 'high' }), never))).outcome
  expect(await ask()).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST', retryable: true } })
  expect(await ask()).toMatchObject({ ok: true })
  await server.close()
})

describe('the simulated provider', () => {
  modelProviderContract(async () => ({ provider: createSimulatedProvider({ seed: 1 }), model: 'quick' }))
})
