import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Usage } from '../domain/model.ts'
import { type Priced, priceOf, worstCase } from './prices.ts'

const at = Date.parse('2026-01-15T12:00:00Z')
const listed = (protocol: Priced['provider']['protocol'], model: string): Priced => ({
  provider: { name: 'any', protocol, baseUrl: null },
  model: { name: model },
})
const own = (price: Priced['model']['price']): Priced => ({
  provider: { name: 'local', protocol: 'openai-chat', baseUrl: 'http://127.0.0.1:11434/v1' },
  model: { name: 'home-grown', price },
})
const sonnet = listed('anthropic', 'claude-sonnet-4-5')
const gpt = listed('openai-responses', 'gpt-5')
const gemini = listed('gemini', 'gemini-2.5-pro')
const usage = (some: Partial<Usage>): Usage => ({
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  ...some,
})

/** Worked out by hand from the published rates, dollars per million tokens as in the comments. */
describe('a call costs what its provider charges', () => {
  test.each([
    // 3 in, 15 out
    ['input and output', sonnet, usage({ input: 10_000, output: 1_000 }), 45_000],
    // 2,000 × 3 + 8,000 × 0.30 + 1,000 × 15: the part that was read from the cache is not paid a second time as input
    ['what was read from a cache, once', sonnet, usage({ input: 10_000, cacheRead: 8_000, output: 1_000 }), 23_400],
    // 1,000 × 3 + 9,000 × 3.75
    ['what was written to a cache, at its premium', sonnet, usage({ input: 10_000, cacheWrite: 9_000 }), 36_750],
    // 500 × 3 + 6,000 × 0.30 + 3,500 × 3.75 + 200 × 15
    ['both in one call', sonnet, usage({ input: 10_000, cacheRead: 6_000, cacheWrite: 3_500, output: 200 }), 19_425],
    // 1.25 in, 0.125 cached, 10 out
    ['another provider’s cache', gpt, usage({ input: 1_000, cacheRead: 400, output: 1_000 }), 10_800],
    // reasoning is part of the output: 10 × 5,000, not 10 × 9,000
    ['reasoning, within the output', gpt, usage({ output: 5_000, reasoning: 4_000 }), 50_000],
    // a stream that broke off after 37 tokens is paid for
    ['a few tokens of a broken stream', sonnet, usage({ input: 1_000, output: 37 }), 3_555],
    ['the input alone', sonnet, usage({ input: 1_000 }), 3_000],
    // the last token of the lower tier: 200,000 × 3 + 10,000 × 15
    ['a long context, on the threshold', sonnet, usage({ input: 200_000, output: 10_000 }), 750_000],
    // the first of the upper one raises the whole call: 200,001 × 6 + 10,000 × 22.50
    ['a long context, beyond the threshold', sonnet, usage({ input: 200_001, output: 10_000 }), 1_425_006],
    // 30,001 × 6 + 150,000 × 0.60 + 20,000 × 7.50 + 10,000 × 22.50: cached tokens count towards the threshold
    [
      'a long context that is mostly cached',
      sonnet,
      usage({ input: 200_001, cacheRead: 150_000, cacheWrite: 20_000, output: 10_000 }),
      645_006,
    ],
    // 1.25 and 10 up to 200,000 tokens, then 2.50 and 15
    ['a third provider, below', gemini, usage({ input: 200_000, output: 1_000 }), 260_000],
    ['a third provider, beyond', gemini, usage({ input: 200_001, output: 1_000 }), 515_003],
    ['nothing', sonnet, usage({}), 0],
  ])('%s', (_, of, used, micros) => {
    expect(priceOf(of, used, at)).toBe(micros)
  })

  test('as it was at that moment', () => {
    const o3 = listed('openai-chat', 'o3')
    const used = usage({ input: 1_000, output: 10_000 })
    expect(priceOf(o3, used, Date.parse('2025-05-01'))).toBe(410_000)
    expect(priceOf(o3, used, at)).toBe(82_000)
  })

  test('rounded up, and never by what floating-point arithmetic adds', () => {
    expect(priceOf(gpt, usage({ input: 1 }), at)).toBe(2)
    expect(priceOf(gpt, usage({ input: 800_000 }), at)).toBe(1_000_000)
  })

  test('also where the cached part is reported apart from the input', () => {
    expect(priceOf(sonnet, usage({ input: 100, cacheRead: 8_000 }), at)).toBe(2_400)
    expect(priceOf(sonnet, usage({ input: Number.NaN, output: -5, cacheWrite: 100 }), at)).toBe(375)
  })
})

describe('whose price it is', () => {
  test('is the model’s own before any list', () => {
    const cheap: Priced = { ...sonnet, model: { ...sonnet.model, price: { input: 1_000_000, output: 2_000_000 } } }
    expect(priceOf(cheap, usage({ input: 10_000, output: 1_000 }), at)).toBe(12_000)
  })

  test('may give caches rates of their own, and otherwise they cost what input costs', () => {
    const used = usage({ input: 1_000_000, cacheRead: 500_000, cacheWrite: 250_000 })
    expect(priceOf(own({ input: 4, output: 0, cacheRead: 2, cacheWrite: 8 }), used, at)).toBe(4)
    expect(priceOf(own({ input: 4, output: 0 }), used, at)).toBe(4)
    expect(priceOf(own({ input: 4, output: 0, cacheRead: 0 }), used, at)).toBe(2)
  })

  test('is nothing where it is free, and unknown where nobody knows it', () => {
    expect(priceOf(own({ input: 0, output: 0 }), usage({ input: 5_000, output: 5_000 }), at)).toBe(0)
    expect(priceOf(own(undefined), usage({ input: 5_000 }), at)).toBeNull()
    expect(worstCase(own(undefined), { inputTokens: 1, maxOutputTokens: 1 }, at)).toBeNull()
    expect(priceOf(listed('anthropic', 'no-such-model'), usage({ input: 1 }), at)).toBeNull()
    expect(priceOf(listed('simulated', 'claude-sonnet-4-5'), usage({ input: 1 }), at)).toBeNull()
  })

  test('is found by the address of a provider, or by its name where the address is a gateway’s', () => {
    const reached = (name: string, baseUrl: string): Priced => ({
      provider: { name, protocol: 'openai-chat', baseUrl },
      model: { name: 'anthropic/claude-sonnet-4' },
    })
    const used = usage({ input: 1_000, output: 1_000 })
    expect(priceOf(reached('router', 'https://openrouter.ai/api/v1'), used, at)).toBe(18_000)
    expect(priceOf(reached('openrouter', 'https://gateway.example/v1'), used, at)).toBe(18_000)
    expect(priceOf(reached('router', 'https://gateway.example/v1'), used, at)).toBeNull()
  })
})

describe('the worst case', () => {
  test('writes the whole input to a cache where that is dearer, and uses the whole output', () => {
    expect(worstCase(sonnet, { inputTokens: 10_000, maxOutputTokens: 1_000 }, at)).toBe(52_500)
    expect(worstCase(gpt, { inputTokens: 1_000, maxOutputTokens: 1_000 }, at)).toBe(11_250)
    expect(worstCase(own({ input: 4, output: 0, cacheWrite: 0 }), { inputTokens: 1e6, maxOutputTokens: 0 }, at)).toBe(4)
  })

  test('knows the tiers', () => {
    expect(worstCase(sonnet, { inputTokens: 200_001, maxOutputTokens: 10_000 }, at)).toBe(1_725_008)
  })

  test('is never less than what a call of that size came to', () => {
    const tokens = fc.integer({ min: 0, max: 400_000 })
    const of = fc.constantFrom(sonnet, gpt, gemini, own({ input: 7, output: 13, cacheRead: 1, cacheWrite: 9 }))
    fc.assert(
      fc.property(of, tokens, tokens, fc.double({ min: 0, max: 1, noNaN: true }), (of, input, output, share) => {
        const cacheRead = Math.floor(input * share * share)
        const used = { input, cacheRead, cacheWrite: Math.floor((input - cacheRead) * share), output, reasoning: 0 }
        const most = worstCase(of, { inputTokens: input, maxOutputTokens: output }, at) ?? -1
        expect(priceOf(of, used, at)).toBeLessThanOrEqual(most)
      }),
    )
  })
})
