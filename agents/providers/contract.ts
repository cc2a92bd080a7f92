/** What every provider must do, whoever it speaks to. Run against all adapters over the wire, and the simulated one. */
import { expect, test } from 'vitest'
import type { ModelDelta, ModelOutcome, ModelProvider, ModelRequest } from '../../domain/model.ts'

export const requestOf = (model: string, changes: Partial<ModelRequest> = {}): ModelRequest => ({
  model,
  system: 'You are terse.',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Say hello.' }] }],
  tools: [],
  toolChoice: 'auto',
  maxOutputTokens: 4_000,
  thinking: 'off',
  temperature: null,
  outputSchema: null,
  ...changes,
})

export async function drain(
  stream: AsyncGenerator<ModelDelta, ModelOutcome>,
  onDelta: (delta: ModelDelta) => void = () => {},
) {
  const deltas: ModelDelta[] = []
  for (;;) {
    const { done, value } = await stream.next()
    if (done) return { deltas, outcome: value }
    deltas.push(value)
    onDelta(value)
  }
}

export const read = {
  name: 'read',
  description: 'Reads a file.',
  inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
}

/** `open` makes a provider that answers any sound request, and tells the name of a model of its. */
export function modelProviderContract(open: () => Promise<{ provider: ModelProvider; model: string }>) {
  const never = new AbortController().signal

  test('a stream ends in a reply whose text is what was streamed', async () => {
    const { provider, model } = await open()
    const { deltas, outcome } = await drain(provider.stream(requestOf(model), never))
    if (!outcome.ok) throw new Error(outcome.error.message)
    const said = outcome.reply.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('')
    expect(deltas.flatMap(delta => (delta.type === 'text' ? [delta.text] : [])).join('')).toBe(said)
    expect(said).not.toBe('')
    expect(outcome.usage.input).toBeGreaterThan(0)
    expect(outcome.usage.output).toBeGreaterThan(0)
    expect(outcome.usage.cacheRead + outcome.usage.cacheWrite).toBeLessThanOrEqual(outcome.usage.input)
  })

  test('a call that is cancelled beforehand is a value', async () => {
    const { provider, model } = await open()
    const { outcome } = await drain(provider.stream(requestOf(model), AbortSignal.abort()))
    expect(outcome).toMatchObject({ ok: false, error: { code: 'CANCELLED', retryable: false } })
  })

  test('tokens are counted, more of them for more text', async () => {
    const { provider, model } = await open()
    const short = await provider.countTokens(requestOf(model), never)
    const long = await provider.countTokens(requestOf(model, { system: 'Read this carefully. '.repeat(200) }), never)
    expect(short).toBeGreaterThan(0)
    expect(long).toBeGreaterThan(short + 400)
  })

  test('it says whether it is simulated, and nothing about a key', async () => {
    const { provider } = await open()
    expect(JSON.parse(JSON.stringify(provider))).toEqual({ name: provider.name, simulated: provider.simulated })
  })
}
