/** Anthropic's Messages API. */
import type Anthropic from '@anthropic-ai/sdk'
import type { ModelProvider } from '../../domain/model.ts'
import { createAnthropicReader } from './anthropic-reply.ts'
import { anthropicBody } from './anthropic-request.ts'
import { attempt, type Endpoint } from './endpoint.ts'
import { openWire, type Wire } from './wire.ts'

const neverMs = 2 ** 31 - 1
/** How long counting may take before it is estimated instead. */
const countingMs = 10_000

/** Temperatures are not passed on: today's models take no other than their own. */
export function createAnthropicProvider(endpoint: Endpoint): ModelProvider {
  const clientOn = async (wire: Wire): Promise<Anthropic> => {
    // The client takes long to load, and most processes never call this provider.
    const { default: Client } = await import('@anthropic-ai/sdk')
    return new Client({
      apiKey: endpoint.key,
      authToken: null,
      credentials: null,
      baseURL: endpoint.baseUrl ?? 'https://api.anthropic.com',
      // The client wants credentials of some kind; an endpoint without a key is told that there are none.
      ...(endpoint.key === null ? { defaultHeaders: { 'x-api-key': null, authorization: null } } : {}),
      maxRetries: 0,
      timeout: neverMs,
      fetch: wire.fetch as typeof fetch,
      logLevel: 'off',
    })
  }

  return {
    name: endpoint.name,
    simulated: false,
    stream(request, signal) {
      const body = anthropicBody(request, endpoint)
      return attempt(endpoint, {
        request,
        signal,
        open: async wire => (await clientOn(wire)).messages.create({ ...body, stream: true }, { signal: wire.signal }),
        reader: createAnthropicReader(request.model),
      })
    },
    async countTokens(request, signal) {
      const wire = openWire(endpoint.connections, { signal, idleTimeoutMs: countingMs, expects: 'application/json' })
      const { max_tokens: _, ...body } = anthropicBody(request, endpoint)
      try {
        const { messages } = await clientOn(wire)
        const { input_tokens: counted } = await messages.countTokens(body, { signal: wire.signal })
        return Number.isFinite(counted) ? Math.ceil(counted) : await endpoint.countTokens(request)
      } catch {
        return endpoint.countTokens(request)
      } finally {
        wire.close()
      }
    },
  }
}
