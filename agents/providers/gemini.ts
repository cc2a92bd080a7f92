/** Google's Gemini API. */
import type { GenerateContentParameters, Models } from '@google/genai'
import type { ModelProvider, ModelRequest } from '../../domain/model.ts'
import { attempt, type Endpoint } from './endpoint.ts'
import { createGeminiReader } from './gemini-reply.ts'
import { geminiContents, geminiParameters } from './gemini-request.ts'
import { openWire, type Wire } from './wire.ts'

/** How long counting may take before it is estimated instead. */
const countingMs = 10_000

export function createGeminiProvider(endpoint: Endpoint): ModelProvider {
  const modelsOn = async (wire: Wire): Promise<Models> => {
    // The client takes long to load, and most processes never call this provider.
    const { GoogleGenAI } = await import('@google/genai')
    return new GoogleGenAI({
      // An endpoint of one's own may want no key; the client does.
      apiKey: endpoint.key ?? 'none',
      vertexai: false,
      httpOptions: {
        baseUrl: endpoint.baseUrl ?? 'https://generativelanguage.googleapis.com',
        fetch: wire.fetch as typeof fetch,
      },
    }).models
  }

  return {
    name: endpoint.name,
    simulated: false,
    stream(request, signal) {
      const parameters = geminiParameters(request, endpoint)
      const open = async (wire: Wire) =>
        (await modelsOn(wire)).generateContentStream(withSignal(parameters, wire.signal))
      return attempt(endpoint, { request, signal, open, reader: createGeminiReader(request) })
    },
    async countTokens(request, signal) {
      const wire = openWire(endpoint.connections, { signal, idleTimeoutMs: countingMs, expects: 'application/json' })
      try {
        const models = await modelsOn(wire)
        const config = { abortSignal: wire.signal }
        const contents = [...asText(request), ...geminiContents(request)]
        const { totalTokens } = await models.countTokens({ model: request.model, contents, config })
        return totalTokens ?? (await endpoint.countTokens(request))
      } catch {
        return endpoint.countTokens(request)
      } finally {
        wire.close()
      }
    },
  }
}

const withSignal = (parameters: GenerateContentParameters, abortSignal: AbortSignal): GenerateContentParameters => ({
  ...parameters,
  config: { ...parameters.config, abortSignal },
})

/** The counter takes contents alone: instructions and tools are counted as the text that they are. */
function asText({ system, tools, outputSchema }: ModelRequest) {
  const text = [system, ...tools.map(tool => JSON.stringify(tool)), outputSchema ? JSON.stringify(outputSchema) : '']
  const whole = text.filter(each => each !== '').join('\n')
  return whole === '' ? [] : [{ role: 'user', parts: [{ text: whole }] }]
}
