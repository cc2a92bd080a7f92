/** The providers that can be asked: those of the configuration whose key is there, or that want none. */
import { readFileSync } from 'node:fs'
import { OrreryError } from '../../domain/errors.ts'
import type { ModelProvider } from '../../domain/model.ts'
import type { ModelsConfig, Protocol, ProviderConfig } from '../../domain/model-config.ts'
import { createAnthropicProvider } from './anthropic.ts'
import { type Env, isSet } from './configuration.ts'
import type { Endpoint } from './endpoint.ts'
import { createGeminiProvider } from './gemini.ts'
import { createOpenAiChatProvider } from './openai-chat.ts'
import { createOpenAiResponsesProvider } from './openai-responses.ts'
import { createSimulatedProvider } from './simulated/provider.ts'
import { createEstimate } from './tokens.ts'
import { createConnections } from './wire.ts'

type Create = (endpoint: Endpoint) => ModelProvider

/** The seed of what is simulated: the same conversation always gets the same reply. */
const simulatedSeed = 1

const byProtocol: Readonly<Record<Protocol, Create>> = {
  anthropic: createAnthropicProvider,
  'openai-responses': createOpenAiResponsesProvider,
  'openai-chat': createOpenAiChatProvider,
  gemini: createGeminiProvider,
  simulated: () => createSimulatedProvider({ seed: simulatedSeed }),
}

/** How many tokens more than OpenAI's vocabulary another one may need for the same text. */
const margins: Readonly<Record<Protocol, number>> = {
  anthropic: 1.5,
  'openai-responses': 1,
  'openai-chat': 1.25,
  gemini: 1.25,
  simulated: 1,
}

/**
 * A variable may hold the key itself, or `file:` and the path of a file that does.
 * @throws OrreryError BAD_INPUT that names every key that cannot be read; none of them is shown.
 */
export function createProviders(
  { providers, models }: ModelsConfig,
  env: Env,
  readFile: (path: string) => string = path => readFileSync(path, 'utf8'),
): ModelProvider[] {
  const connections = createConnections()
  const faults: string[] = []
  const created = providers.flatMap(provider => {
    if (!isUsable(provider, env)) return []
    const { name, protocol, baseUrl, keyVariable, idleTimeoutMs } = provider
    const key = readKey(keyVariable, env, readFile)
    if (key.fault !== null) faults.push(key.fault)
    return byProtocol[protocol]({
      name,
      baseUrl: baseUrl?.replace(/\/+$/, '') ?? null,
      key: key.value,
      keySource: keyVariable,
      idleTimeoutMs,
      models: models.filter(model => model.provider === name),
      connections,
      countTokens: createEstimate(margins[protocol]),
    })
  })
  if (faults.length > 0) throw new OrreryError('BAD_INPUT', faults.join('\n'))
  return created
}

export const isUsable = ({ keyVariable }: ProviderConfig, env: Env): boolean =>
  keyVariable === null || isSet(env, keyVariable)

/** What to set so that a model can be asked; null where one that is no simulation can. */
export function missing({ providers, models }: ModelsConfig, env: Env): string | null {
  const real = providers.filter(
    ({ name, protocol }) => protocol !== 'simulated' && models.some(model => model.provider === name),
  )
  if (real.some(provider => isUsable(provider, env))) return null
  const variables = real.flatMap(({ keyVariable }) => (keyVariable === null ? [] : [keyVariable]))
  const choice = variables.length > 1 ? `one of ${variables.join(', ')}` : (variables[0] ?? 'ANTHROPIC_API_KEY')
  return `Set ${choice}, or OPENAI_BASE_URL and OPENAI_MODEL for a server of your own, and start again. To see it work without any, ask for the simulation (--simulate).`
}

type Key = { value: string | null; fault: string | null }

function readKey(variable: string | null, env: Env, readFile: (path: string) => string): Key {
  if (variable === null) return { value: null, fault: null }
  const text = env[variable]?.trim() ?? ''
  const path = /^file:(?:\/\/)?(.+)$/.exec(text)?.[1]
  try {
    const value = path === undefined ? text : readFile(path).trim()
    const isSound = /^[\x21-\x7e]+$/.test(value)
    return isSound
      ? { value, fault: null }
      : { value: null, fault: `${variable} holds what cannot be a key: copy it anew.` }
  } catch {
    return { value: null, fault: `${variable} names the file ${path}, which cannot be read.` }
  }
}
