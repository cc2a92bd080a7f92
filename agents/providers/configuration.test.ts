import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { worstCase } from '../prices.ts'
import { readModelsConfig } from './configuration.ts'
import { createProviders, missing } from './create-providers.ts'
import { createModels } from './resilience.ts'

const secret = 'sk-ant-very-secret-0123456789'
const names = (env: Record<string, string>) => createProviders(readModelsConfig(env), env).map(({ name }) => name)

test('a key is enough', () => {
  expect(names({ ANTHROPIC_API_KEY: secret })).toEqual(['anthropic'])
  expect(names({ OPENAI_API_KEY: secret, GOOGLE_API_KEY: secret })).toEqual(['openai', 'google'])
})

test('every built-in model has a price, and says what it can', () => {
  const { models, providers } = readModelsConfig({})
  for (const model of models) {
    const provider = providers.find(({ name }) => name === model.provider)
    if (provider === undefined) throw new Error(model.id)
    const size = { inputTokens: 1_000, maxOutputTokens: 1_000 }
    expect(worstCase({ provider, model }, size, Date.parse('2026-11-21')), model.id).toBeGreaterThan(0)
  }
  expect(models).toHaveLength(9)
})

test('a server of one’s own needs an address and a model, and no key', () => {
  const env = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1/', OPENAI_MODEL: 'qwen' }
  const config = readModelsConfig(env)
  const local = config.providers.find(({ name }) => name === 'local')
  expect(local).toMatchObject({ protocol: 'openai-chat', baseUrl: 'http://127.0.0.1:11434/v1', keyVariable: null })
  expect(config.models.find(({ provider }) => provider === 'local')).toMatchObject({
    id: 'local/qwen',
    price: { input: 0 },
  })
  expect(names(env)).toEqual(['local'])
  expect(missing(config, env)).toBeNull()
  expect(() => readModelsConfig({ OPENAI_BASE_URL: env.OPENAI_BASE_URL })).toThrow('set OPENAI_MODEL')
})

test('without anything it says what to set, and simulates only where it is asked to', () => {
  const config = readModelsConfig({})
  expect(createProviders(config, {})).toEqual([])
  expect(missing(config, {})).toMatch(/^Set one of ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY.*--simulate/)
  const simulated = readModelsConfig({}, { simulated: true })
  expect(createProviders(simulated, {}).map(({ simulated: is }) => is)).toEqual([true])
  expect(missing(simulated, {})).not.toBeNull()
})

describe('a file', () => {
  const reading = (file: unknown) => ({ readFile: () => (typeof file === 'string' ? file : JSON.stringify(file)) })
  const env = { ORRERY_MODELS: '/etc/models.json', ANTHROPIC_API_KEY: secret }
  const provider = {
    name: 'vllm',
    protocol: 'openai-chat',
    baseUrl: 'https://vllm.example.com/v1',
    keyVariable: 'VLLM_KEY',
  }
  const model = {
    id: 'vllm/big',
    provider: 'vllm',
    name: 'big',
    contextTokens: 64_000,
    maxOutputTokens: 8_000,
    abilities: { tools: true },
    capabilities: { coding: 0.7 },
  }

  test('adds to what is there and replaces what has the same name', () => {
    const opus = { ...model, id: 'anthropic/claude-opus-5-5', provider: 'anthropic', name: 'claude-opus-5-5' }
    const config = readModelsConfig(env, reading({ providers: [provider], models: [model, opus] }))
    expect(config.models.filter(({ id }) => id === opus.id)).toMatchObject([{ contextTokens: 64_000 }])
    const all = { ...env, VLLM_KEY: 'x1' }
    expect(createProviders(config, all).map(({ name }) => name)).toEqual(['anthropic', 'vllm'])
  })

  test('every fault is named at once', () => {
    const file = {
      providers: [{ ...provider, protocol: 'grpc', key: secret }],
      models: [{ ...model, contextTokens: 'many' }, model],
    }
    const faults = () => readModelsConfig({ ...env, ANTHROPIC_BASE_URL: `http://me:${secret}@x` }, reading(file))
    expect(faults).toThrow(/3 faults|4 faults|5 faults/)
    for (const part of ['providers[0].protocol', 'models[0].contextTokens', 'ANTHROPIC_BASE_URL', 'Unrecognized key'])
      expect(faults).toThrow(part)
    expect(faults).not.toThrow(secret)
  })

  test('faults between its parts are named', () => {
    const models = [
      { ...model, provider: 'nobody' },
      { ...model, id: 'vllm/two', maxOutputTokens: 64_000 },
    ]
    const faults = () => readModelsConfig(env, reading({ providers: [provider], models }))
    expect(faults).toThrow('there is no provider nobody; there are anthropic, openai, google, vllm')
    expect(faults).toThrow('vllm/two: maxOutputTokens must be less than contextTokens')
  })

  test.each([
    ['{ not json', 'no valid JSON'],
    ['[]', 'the whole'],
  ])('%s is a fault', (text, fault) => {
    expect(() => readModelsConfig(env, reading(text))).toThrow(fault)
  })

  test('that is not there is a fault', () => {
    expect(() =>
      readModelsConfig(env, {
        readFile: () => {
          throw new Error('ENOENT')
        },
      }),
    ).toThrow('not readable')
  })
})

test('a key may lie in a file; one that cannot be read is a fault that shows nothing', () => {
  const env = { ANTHROPIC_API_KEY: 'file:/run/secrets/claude' }
  const config = readModelsConfig(env)
  expect(createProviders(config, env, () => `${secret}\n`)).toHaveLength(1)
  expect(() =>
    createProviders(config, env, () => {
      throw new Error('ENOENT')
    }),
  ).toThrow('ANTHROPIC_API_KEY names the file /run/secrets/claude')
  const broken = () => createProviders(config, { ANTHROPIC_API_KEY: `${secret}\nmore` })
  expect(broken).toThrow('ANTHROPIC_API_KEY holds what cannot be a key')
  expect(broken).not.toThrow(secret)
})

test('no key is in anything that is returned', () => {
  const env = { ANTHROPIC_API_KEY: secret, OPENAI_API_KEY: secret, GEMINI_API_KEY: secret }
  const config = readModelsConfig(env)
  const providers = createProviders(config, env)
  const models = createModels({ config, providers, now: () => 0, random: () => 0 })
  const shown = [config, providers, models, models.state(), models.candidates()]
  const deep = { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null }
  for (const each of shown) expect(JSON.stringify(each) + inspect(each, deep)).not.toContain(secret)
})
