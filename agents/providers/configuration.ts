/**
 * Which providers and models there are: what the environment names, and a file of one's own over it. Read whole before
 * anything starts, with every fault at once. Keys are read only where calls are made, and are in nothing that is returned.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import { ModelConfig, type ModelsConfig, ProviderConfig } from '../../domain/model-config.ts'
import { anthropicModels, geminiModels, localModel, openaiModels } from './built-in-models.ts'
import { simulatedModels, simulatedProviderConfig } from './simulated/models.ts'

export type Env = Readonly<Record<string, string | undefined>>

export type ReadOptions = {
  /** Whether simulated models are among them: only where somebody asked. */
  simulated?: boolean
  /** The text of a file; throws where there is none. */
  readFile?: (path: string) => string
}

type Draft = { providers: ProviderConfig[]; models: ModelConfig[]; faults: string[] }

/**
 * From ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY or GOOGLE_API_KEY, their _BASE_URL, OPENAI_MODEL, and the JSON
 * file that ORRERY_MODELS names: `{ "providers": [], "models": [] }`, which adds to the built-in ones and replaces those
 * of the same name.
 * @throws OrreryError BAD_INPUT that names every fault, where it is and how to mend it.
 */
export function readModelsConfig(env: Env, options: ReadOptions = {}): ModelsConfig {
  const known = fromEnvironment(env)
  const own = fromFile(env, options.readFile ?? (path => readFileSync(path, 'utf8')))
  const simulated = options.simulated ? { providers: [simulatedProviderConfig], models: simulatedModels } : null
  const config = {
    providers: merged([...known.providers, ...(simulated?.providers ?? []), ...own.providers], ({ name }) => name),
    models: merged([...known.models, ...(simulated?.models ?? []), ...own.models], ({ id }) => id),
  }
  const faults = [...known.faults, ...own.faults, ...faultsBetween(config)]
  if (faults.length === 0) return config
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
  throw new OrreryError('BAD_INPUT', [`The models have ${count}:`, ...faults.map(each => `  ${each}`)].join('\n'))
}

/** The last of each name, in the place of the first. */
function merged<T>(all: readonly T[], nameOf: (one: T) => string): T[] {
  return [...new Map(all.map(one => [nameOf(one), one])).values()]
}

export const isSet = (env: Env, variable: string): boolean => (env[variable]?.trim() ?? '') !== ''

/** A server of one's own may load a model and read a long prompt in for minutes before its first byte. */
const localIdleMs = 600_000

function fromEnvironment(env: Env): Draft {
  const faults: string[] = []
  const address = (variable: string): string | null => {
    const text = env[variable]?.trim().replace(/\/+$/, '') ?? ''
    if (text !== '' && !isAddress(text))
      faults.push(`${variable} must be an http or https address without a password in it.`)
    return text === '' || !isAddress(text) ? null : text
  }
  /** An address of one's own that comes without a key is one that wants none. */
  const provider = (
    name: string,
    protocol: ProviderConfig['protocol'],
    keys: readonly string[],
    url: string,
  ): ProviderConfig => {
    const key = keys.find(each => isSet(env, each))
    const baseUrl = address(url)
    const keyVariable = key ?? (baseUrl === null ? (keys[0] ?? null) : null)
    return ProviderConfig.parse({ name, protocol, baseUrl, keyVariable })
  }
  const openai = provider('openai', 'openai-responses', ['OPENAI_API_KEY'], 'OPENAI_BASE_URL')
  const isLocal = openai.keyVariable === null
  const name = env.OPENAI_MODEL?.trim() ?? ''
  if (isLocal && name === '' && !isSet(env, 'ORRERY_MODELS'))
    faults.push(
      'OPENAI_BASE_URL is set without OPENAI_API_KEY: set OPENAI_MODEL to the name of a model that it serves.',
    )
  return {
    faults,
    providers: [
      provider('anthropic', 'anthropic', ['ANTHROPIC_API_KEY'], 'ANTHROPIC_BASE_URL'),
      isLocal ? { ...openai, name: 'local', protocol: 'openai-chat', idleTimeoutMs: localIdleMs } : openai,
      provider('google', 'gemini', ['GEMINI_API_KEY', 'GOOGLE_API_KEY'], 'GEMINI_BASE_URL'),
    ],
    models: [
      ...anthropicModels,
      ...(isLocal ? (name === '' ? [] : [localModel(name)]) : openaiModels),
      ...geminiModels,
    ],
  }
}

const isAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

const nothing: Draft = { providers: [], models: [], faults: [] }

function fromFile(env: Env, readFile: (path: string) => string): Draft {
  const path = env.ORRERY_MODELS?.trim() ?? ''
  if (path === '') return nothing
  const mend = 'It must be the path of a JSON file such as { "providers": [], "models": [] }.'
  let parsed: unknown
  try {
    parsed = JSON.parse(readFile(path))
  } catch (error) {
    const what = error instanceof SyntaxError ? 'no valid JSON' : 'not readable'
    return { ...nothing, faults: [`ORRERY_MODELS (${path}) is ${what}. ${mend}`] }
  }
  const file = z.strictObject({
    providers: z.array(ProviderConfig).default([]),
    models: z.array(ModelConfig).default([]),
  })
  const read = file.safeParse(parsed)
  if (read.success) return { ...read.data, faults: [] }
  return { ...nothing, faults: read.error.issues.map(issue => `${path}: ${placeOf(issue.path)}: ${issue.message}.`) }
}

/** `models[2].contextTokens` */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '') || 'the whole'

/** What no part of it can see alone. */
function faultsBetween({ providers, models }: ModelsConfig): string[] {
  const names = providers.map(({ name }) => name)
  const addresses = providers.filter(({ baseUrl }) => baseUrl !== null && !isAddress(baseUrl))
  return [
    ...addresses.map(({ name }) => `${name}: its baseUrl must be an http or https address without a password in it.`),
    ...models.flatMap(({ id, provider, contextTokens, maxOutputTokens }) => [
      ...(names.includes(provider) ? [] : [`${id}: there is no provider ${provider}; there are ${names.join(', ')}.`]),
      ...(id.startsWith(`${provider}/`) ? [] : [`${id}: its id must begin with ${provider}/.`]),
      ...(maxOutputTokens < contextTokens ? [] : [`${id}: maxOutputTokens must be less than contextTokens.`]),
    ]),
  ]
}
