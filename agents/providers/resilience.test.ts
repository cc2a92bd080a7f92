import { beforeEach, describe, expect, test } from 'vitest'
import type { ModelErrorCode, ModelOutcome, ModelProvider, ModelRequest } from '../../domain/model.ts'
import type { ModelConfig, ModelsConfig } from '../../domain/model-config.ts'
import { createModels, type ModelCall } from './resilience.ts'

const model = (id: string, changes: Partial<ModelConfig> = {}): ModelConfig => ({
  id,
  provider: id.split('/')[0] ?? '',
  name: id.split('/')[1] ?? '',
  contextTokens: 10_000,
  maxOutputTokens: 1_000,
  abilities: { tools: true, vision: false, thinking: false, structuredOutput: false },
  capabilities: {},
  maxConcurrent: 2,
  latencySeconds: 10,
  ...changes,
})
const provider = { protocol: 'openai-chat' as const, baseUrl: null, keyVariable: null, idleTimeoutMs: 1_000 }
const config: ModelsConfig = {
  providers: [
    { ...provider, name: 'acme', maxConcurrent: 3 },
    { ...provider, name: 'other', maxConcurrent: 3 },
  ],
  models: [model('acme/one'), model('acme/two'), model('other/far')],
}
const request: ModelCall = {
  system: '',
  messages: [],
  tools: [],
  toolChoice: 'auto',
  maxOutputTokens: 100,
  thinking: 'off',
  temperature: null,
  outputSchema: null,
}
const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 }
const fine: ModelOutcome = {
  ok: true,
  usage,
  reply: { content: [{ type: 'text', text: 'hi' }], stopReason: 'end', model: 'one' },
}
const failure = (code: ModelErrorCode, retryAfterMs: number | null = null): ModelOutcome => ({
  ok: false,
  error: { code, message: `it was ${code}`, retryable: true, retryAfterMs },
  usage: null,
  mayHaveCost: true,
  partial: '',
})
const never = new AbortController().signal

let clock = 0
let asked: ModelRequest[] = []
let answer: () => Promise<ModelOutcome> | ModelOutcome = () => fine
const acme: ModelProvider = {
  name: 'acme',
  simulated: false,
  async *stream(each) {
    asked.push(each)
    yield { type: 'text', text: 'hi' }
    return answer()
  },
  countTokens: async ({ model: name }) => name.length,
}
const create = () => createModels({ config, providers: [acme], now: () => clock, random: () => 0 })
let models = create()
const call = (id = 'acme/one', signal = never) => models.call(id, request, signal, () => {})
const one = () => models.state()[0]?.models[0]

beforeEach(() => {
  clock = 1_000_000
  asked = []
  answer = () => fine
  models = create()
})

test('a call is one try under the provider’s own name, and its deltas are passed on', async () => {
  const deltas: unknown[] = []
  expect(await models.call('acme/one', request, never, delta => deltas.push(delta))).toEqual(fine)
  expect(deltas).toEqual([{ type: 'text', text: 'hi' }])
  expect(asked).toMatchObject([{ model: 'one', maxOutputTokens: 100 }])
  answer = () => failure('OVERLOADED')
  expect(await call()).toMatchObject({ ok: false })
  expect(asked).toHaveLength(2)
})

test('what is not set up is refused, shown as such, and counts as endless', async () => {
  expect(await call('other/far')).toMatchObject({
    error: { code: 'UNKNOWN_MODEL', retryable: false },
    mayHaveCost: false,
  })
  expect(await call('acme/none')).toMatchObject({ error: { code: 'UNKNOWN_MODEL' } })
  expect(models.state().map(({ status }) => status)).toEqual(['READY', 'NOT_SET_UP'])
  expect(models.candidates().map(({ usable }) => usable)).toEqual([true, true, false])
  expect(await models.countTokens('other/far', request, never)).toBe(Number.MAX_SAFE_INTEGER)
  expect(await models.countTokens('acme/two', request, never)).toBe(3)
})

describe('the breaker', () => {
  const fail = async (code: ModelErrorCode, times: number) => {
    answer = () => failure(code)
    for (let time = 0; time < times; time += 1) await call()
  }

  test('opens after failures, refuses at no cost, probes with one call, and closes', async () => {
    await fail('SERVER_ERROR', 4)
    expect(one()).toMatchObject({
      status: 'FAILING',
      breaker: 'open',
      retryAt: clock + 10_000,
      lastError: { message: 'it was SERVER_ERROR' },
    })
    expect(await call()).toMatchObject({ error: { code: 'OVERLOADED', retryAfterMs: 10_000 }, mayHaveCost: false })
    expect(asked).toHaveLength(4)
    expect(models.candidates().map(({ breaker }) => breaker)).toEqual(['open', 'closed', 'closed'])

    clock += 10_000
    expect(one()?.status).toBe('PROBING')
    let release = (_: ModelOutcome) => {}
    answer = () =>
      new Promise(resolve => {
        release = resolve
      })
    const probe = call()
    await new Promise(setImmediate)
    expect(await call()).toMatchObject({ error: { code: 'OVERLOADED', retryAfterMs: 1_000 } })
    release(fine)
    expect((await probe).ok).toBe(true)
    expect(one()).toMatchObject({ status: 'READY', breaker: 'closed', retryAt: null })
  })

  test('a provider that cannot be reached closes all of its models off', async () => {
    await fail('UNREACHABLE', 4)
    expect(models.candidates().map(({ breaker }) => breaker)).toEqual(['open', 'open', 'closed'])
    expect(await call('acme/two')).toMatchObject({ error: { code: 'OVERLOADED' }, mayHaveCost: false })
  })

  test.each<ModelErrorCode>(['CANCELLED', 'BAD_REQUEST', 'CONTEXT_TOO_LONG'])(
    '%s is not the model’s fault',
    async code => {
      await fail(code, 10)
      expect(one()).toMatchObject({ status: 'READY', lastError: null })
    },
  )

  test('a wrong key is shown until one is accepted', async () => {
    await fail('UNAUTHORISED', 1)
    expect(models.state()[0]).toMatchObject({ status: 'UNAUTHORISED', lastError: { code: 'UNAUTHORISED' } })
    answer = () => fine
    await call()
    expect(models.state()[0]?.status).toBe('READY')
  })
})

test('a provider that asks for time gets it, from every caller', async () => {
  answer = () => failure('RATE_LIMITED', 5_000)
  await call()
  clock += 2_000
  expect(one()).toMatchObject({ status: 'HELD', breaker: 'closed', retryAt: clock + 3_000 })
  expect(await call()).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: 3_000 }, mayHaveCost: false })
  clock += 3_000
  answer = () => fine
  expect((await call()).ok).toBe(true)
  expect(asked).toHaveLength(2)
})

describe('the bulkheads', () => {
  let releases: (() => void)[] = []
  beforeEach(() => {
    releases = []
    answer = () => new Promise(resolve => releases.push(() => resolve(fine)))
  })
  const settle = () => new Promise(setImmediate)
  const drainAll = async (calls: Promise<unknown>[]) => {
    let isDone = false
    const all = Promise.all(calls).finally(() => {
      isDone = true
    })
    while (!isDone) {
      for (const release of releases.splice(0)) release()
      await settle()
    }
    return all
  }

  test('keep to the limit of the model and of the provider; the rest waits in order', async () => {
    const calls = [call(), call(), call(), call('acme/two'), call('acme/two')]
    await settle()
    expect(models.state()[0]).toMatchObject({
      inFlight: 3,
      queued: 1,
      status: 'BUSY',
      models: [{ inFlight: 2, queued: 1 }, { inFlight: 2 }],
    })
    expect(asked.map(each => each.model)).toEqual(['one', 'one', 'two'])
    await drainAll(calls)
    expect(models.state()[0]).toMatchObject({
      inFlight: 0,
      queued: 0,
      models: [
        { inFlight: 0, calls: 3 },
        { inFlight: 0, calls: 2 },
      ],
    })
  })

  test('who waits may leave, and who comes too late is turned away', async () => {
    const cancel = new AbortController()
    const calls = Array.from({ length: 17 }, () => call())
    const leaving = call('acme/one', cancel.signal)
    await settle()
    expect(await call()).toMatchObject({ error: { code: 'OVERLOADED', retryable: true }, mayHaveCost: false })
    cancel.abort()
    expect(await leaving).toMatchObject({ error: { code: 'CANCELLED' }, mayHaveCost: false })
    await drainAll(calls)
    expect(one()).toMatchObject({ inFlight: 0, queued: 0, calls: 17 })
  })
})

test('the time to a reply is measured, and changes are told', async () => {
  let told = 0
  const end = models.onChange(() => {
    told += 1
  })
  answer = () => {
    clock += 5_000
    return fine
  }
  await call()
  expect(one()).toMatchObject({ latencySeconds: 9, calls: 1, failures: 0 })
  expect(told).toBeGreaterThan(1)
  end()
  const before = told
  await call()
  expect(told).toBe(before)
})

test('a provider or a listener that throws is a failed call, and lets go', async () => {
  answer = () => {
    throw new Error('a bug')
  }
  expect(await call()).toMatchObject({ ok: false, error: { code: 'GARBAGE', retryable: false } })
  const heard = models.call('acme/one', request, never, () => {
    throw new Error('deaf')
  })
  expect(await heard).toMatchObject({ ok: false })
  expect(one()).toMatchObject({ inFlight: 0 })
})
