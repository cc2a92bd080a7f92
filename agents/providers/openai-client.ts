/** What both of OpenAI's protocols share: the client, and how hard a model is asked to think. */
import type OpenAI from 'openai'
import type { ModelRequest } from '../../domain/model.ts'
import type { Endpoint } from './endpoint.ts'
import type { Wire } from './wire.ts'

const neverMs = 2 ** 31 - 1

export async function openaiOn(endpoint: Endpoint, wire: Wire): Promise<OpenAI> {
  // The client takes long to load, and most processes never call this provider.
  const { default: Client } = await import('openai')
  return new Client({
    // The client wants a key of some kind; an endpoint without one is sent none.
    apiKey: endpoint.key ?? 'none',
    ...(endpoint.key === null ? { defaultHeaders: { authorization: null } } : {}),
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: endpoint.baseUrl ?? 'https://api.openai.com/v1',
    maxRetries: 0,
    timeout: neverMs,
    fetch: wire.fetch as typeof fetch,
    logLevel: 'off',
  })
}

/** The first GPT-5 could not be kept from thinking, nor could what came before it. */
export function effortOf({ model, thinking }: ModelRequest): OpenAI.ReasoningEffort {
  if (thinking !== 'off') return thinking
  if (/^gpt-5(-|$)/.test(model)) return 'minimal'
  return /^o\d/.test(model) ? 'low' : 'none'
}
