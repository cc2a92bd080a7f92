/**
 * What a call costs, in micro-dollars: by the model's own price where its configuration gives one, otherwise by the
 * public price list that this version ships with. A price that nobody knows is null, never zero.
 */
import { calcPrice, findProvider } from '@pydantic/genai-prices'
import type { Usage } from '../domain/model.ts'
import type { ModelConfig, Protocol, ProviderConfig } from '../domain/model-config.ts'
import { microsOf } from '../domain/money.ts'

/** Whose price is asked for. */
export type Priced = {
  provider: Pick<ProviderConfig, 'name' | 'protocol' | 'baseUrl'>
  model: Pick<ModelConfig, 'name' | 'price'>
}

/** What a call takes at most: its counted input, and the output that it is clamped to. */
export type CallSize = { inputTokens: number; maxOutputTokens: number }

type Counts = Omit<Usage, 'reasoning'>

/**
 * Micro-dollars for this usage at this moment (milliseconds since 1970), rounded up; null where the price is unknown.
 * Reasoning is part of the output and costs what output costs. What providers charge beside tokens is not in it.
 */
export const priceOf = (of: Priced, usage: Usage, at: number): number | null => priced(of, sound(usage), at)

/**
 * The most that a call of this size can come to: nothing read from a cache, and all of it written to one where that is
 * dearer, at the rates of the tier that its input falls into. null where the price is unknown.
 */
export function worstCase(of: Priced, { inputTokens, maxOutputTokens }: CallSize, at: number): number | null {
  const plain = { input: inputTokens, cacheRead: 0, cacheWrite: 0, output: maxOutputTokens }
  const [uncached, written] = [priced(of, plain, at), priced(of, { ...plain, cacheWrite: inputTokens }, at)]
  return uncached === null || written === null ? null : Math.max(uncached, written)
}

function priced({ provider, model }: Priced, usage: Counts, at: number): number | null {
  if (model.price !== undefined) return byOwnPrice(model.price, usage)
  const providerId = listedAs(provider)
  if (providerId === null) return null
  const found = calcPrice(
    {
      input_tokens: usage.input,
      cache_read_tokens: usage.cacheRead,
      cache_write_tokens: usage.cacheWrite,
      output_tokens: usage.output,
    },
    model.name,
    { providerId, timestamp: new Date(at) },
  )
  return found === null ? null : microsOf(found.total_price)
}

/** Rates are micro-dollars per million tokens; a cache that has none of its own costs what input costs. */
function byOwnPrice(price: NonNullable<ModelConfig['price']>, usage: Counts): number {
  const uncached = usage.input - usage.cacheRead - usage.cacheWrite
  const millionths =
    uncached * price.input +
    usage.cacheRead * (price.cacheRead ?? price.input) +
    usage.cacheWrite * (price.cacheWrite ?? price.input) +
    usage.output * price.output
  return Math.ceil(millionths / 1e6)
}

/** Who serves a protocol at its public address. */
const publicProviders: Readonly<Record<Protocol, string | null>> = {
  anthropic: 'anthropic',
  'openai-responses': 'openai',
  'openai-chat': 'openai',
  gemini: 'google',
  simulated: null,
}

/** The name of a provider in the price list: by its address, else by its own name (a gateway called `anthropic`). */
function listedAs({ name, protocol, baseUrl }: Priced['provider']): string | null {
  if (protocol === 'simulated') return null
  if (baseUrl === null) return publicProviders[protocol]
  const listed = findProvider({ providerApiUrl: baseUrl }) ?? findProvider({ providerId: name })
  return listed?.id ?? null
}

/**
 * Counts that add up. Providers have reported the cached part apart from the input instead of within it; the input is
 * then what its parts come to, and nothing is left uncharged.
 */
function sound(usage: Usage): Counts {
  const [cacheRead, cacheWrite] = [count(usage.cacheRead), count(usage.cacheWrite)]
  return {
    cacheRead,
    cacheWrite,
    input: Math.max(count(usage.input), cacheRead + cacheWrite),
    output: Math.max(count(usage.output), count(usage.reasoning)),
  }
}

const count = (tokens: number): number => (Number.isFinite(tokens) && tokens > 0 ? Math.ceil(tokens) : 0)
