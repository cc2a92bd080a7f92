import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choose } from './choose.ts'
import { ModelConfig } from './model-config.ts'
import { balanced, type Candidate, type RoutingContext, type RoutingNeeds } from './routing.ts'

type Change = Partial<Omit<Candidate, 'model'>> & { model?: Partial<ModelConfig> }

const candidate = (name: string, { model = {}, ...rest }: Change = {}): Candidate => ({
  model: ModelConfig.parse({
    id: `acme/${name}`,
    provider: 'acme',
    name,
    contextTokens: 100_000,
    maxOutputTokens: 8_000,
    abilities: { tools: true },
    capabilities: { coding: 0.7, review: 0.5 },
    ...model,
  }),
  usable: true,
  breaker: 'closed',
  inFlight: 0,
  costMicros: 10_000,
  latencySeconds: 20,
  ...rest,
})

const context = (needs: Partial<RoutingNeeds> = {}, rest: Partial<RoutingContext> = {}): RoutingContext => ({
  needs: {
    abilities: { tools: true },
    capabilities: { coding: 1 },
    contextTokens: 5_000,
    allowed: null,
    avoid: [],
    preferred: [],
    ...needs,
  },
  preference: balanced,
  remainingMicros: null,
  failed: [],
  ...rest,
})

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

describe('a candidate is ruled out', () => {
  const good = candidate('good')
  test.each<[string, Change, RoutingContext, RegExp]>([
    ['without a key', { usable: false }, context(), /no key.*acme/],
    [
      'without an ability',
      {},
      context({ abilities: { vision: true, structuredOutput: true } }),
      /lacks vision, struct/,
    ],
    ['with too short a context', {}, context({ contextTokens: 100_001 }), /holds 100000 tokens.*takes 100001/],
    ['without a known price', { costMicros: null }, context(), /no known price/],
    ['while its breaker is open', { breaker: 'open' }, context(), /breaker is open/],
    ['where it is not allowed', {}, context({ allowed: ['acme/good'] }), /not on the list/],
    ['after it failed', {}, context({}, { failed: ['acme/bad'] }), /failed in this call/],
    [
      'beyond the budget',
      { costMicros: 900_000 },
      context({}, { remainingMicros: 50_000 }),
      /may cost \$0.90.*\$0.050/,
    ],
    ['where another is to be had', {}, context({ avoid: ['acme/bad'] }), /to be avoided/],
  ])('%s', (_, change, where, reason) => {
    const other = candidate('good', {
      model: { contextTokens: 200_000, abilities: { ...good.model.abilities, vision: true, structuredOutput: true } },
    })
    const decision = choose(where, [candidate('bad', change), other], 0)
    expect(decision.chosen).toBe('acme/good')
    expect(decision.propensity).toBe(1)
    expect(decision.candidates[0]).toMatchObject({
      model: 'acme/bad',
      propensity: 0,
      excluded: expect.stringMatching(reason),
    })
    expect(decision.candidates[1]?.excluded).toBeNull()
  })

  test('but a model that is to be avoided serves where there is no other', () => {
    expect(choose(context({ avoid: ['acme/good'] }), [good], 0.5).chosen).toBe('acme/good')
    const two = [good, candidate('gone', { breaker: 'open' })]
    expect(choose(context({ avoid: ['acme/good'] }), two, 0.5).chosen).toBe('acme/good')
  })

  test('and what is free is never beyond the budget', () => {
    const two = [candidate('dear', { costMicros: 90_000 }), candidate('cheap', { costMicros: 60_000 })]
    for (const remainingMicros of [50_000, 0, -5]) {
      const free = candidate('free', { costMicros: 0 })
      expect(choose(context({}, { remainingMicros }), [...two, free], 0.5).chosen).toBe('acme/free')
    }
    const out = choose(context({}, { remainingMicros: -5 }), two, 0.5)
    expect(out.chosen).toBeNull()
    expect(out.reason).toMatch(/acme\/cheap may cost \$0.060, and \$0.00 of the budget remains.*Raise the budget/)
    expect(choose(context({}, { remainingMicros: 60_000 }), two, 0.5).chosen).toBe('acme/cheap')
  })
})

describe('where none is left, the reason', () => {
  test('names every exclusion and what to do', () => {
    const decision = choose(
      context(),
      [candidate('a', { usable: false }), candidate('b', { costMicros: null }), candidate('c', { usable: false })],
      0.5,
    )
    expect(decision).toMatchObject({ chosen: null, propensity: 0 })
    expect(decision.reason).toMatch(/acme\/a, acme\/c has no key/)
    expect(decision.reason).toMatch(/acme\/b has no known price/)
    expect(decision.reason).toMatch(/keyVariable.*price in its configuration/)
  })

  test('says so where there are no models at all', () => {
    expect(choose(context(), [], 0.5).reason).toMatch(/no model is configured/)
  })

  test('stays short with many', () => {
    const many = Array.from({ length: 300 }, (_, index) => candidate(`m${index}`, { usable: false }))
    const { reason } = choose(context(), many, 0.5)
    expect(reason).toMatch(/and 295 more/)
    expect(reason.length).toBeLessThan(500)
  })
})

describe('among those that are left', () => {
  const propensity = (where: RoutingContext, all: readonly Candidate[], name: string) =>
    choose(where, all, 0).candidates.find(one => one.model === `acme/${name}`)?.propensity ?? -1
  const only = (weight: 'quality' | 'cost' | 'latency') =>
    context({}, { preference: { quality: 0, cost: 0, latency: 0, [weight]: 1 } })
  const plain = candidate('plain')

  test.each<[string, 'quality' | 'cost' | 'latency', Change]>([
    ['the abler one is likelier where quality counts', 'quality', { model: { capabilities: { coding: 0.9 } } }],
    ['the cheaper one where cost does', 'cost', { costMicros: 5_000 }],
    ['a free one too', 'cost', { costMicros: 0 }],
    ['the faster one where latency does', 'latency', { latencySeconds: 10 }],
  ])('%s', (_, weight, change) => {
    const both = [plain, candidate('better', change)]
    expect(propensity(only(weight), both, 'better')).toBeGreaterThan(0.9)
    expect(propensity(only(weight), both, 'plain')).toBeGreaterThan(0)
  })

  test('quality is measured by what the work is made of', () => {
    const both = [candidate('coder', { model: { capabilities: { coding: 0.9, review: 0.2 } } }), plain]
    expect(propensity(context({ capabilities: { coding: 1 } }), both, 'coder')).toBeGreaterThan(0.8)
    expect(propensity(context({ capabilities: { review: 1 } }), both, 'coder')).toBeLessThan(0.2)
    expect(propensity(context({ capabilities: {} }), both, 'coder')).toBeGreaterThan(0)
  })

  test('one that is busy, or that only lets probes through, is less likely', () => {
    expect(propensity(context(), [plain, candidate('busy', { inFlight: 8 })], 'busy')).toBeLessThan(0.25)
    expect(propensity(context(), [plain, candidate('ill', { breaker: 'half-open' })], 'ill')).toBeLessThan(0.01)
  })

  test('the one that the role prefers is likelier, by its own name or its provider’s', () => {
    const other = candidate('other', { model: { provider: 'zeta', id: 'acme/other' } })
    for (const preferred of ['acme/other', 'zeta'])
      expect(propensity(context({ preferred: [preferred] }), [plain, other], 'other')).toBeGreaterThan(0.7)
  })

  test('no preference at all is a balanced one', () => {
    const both = [plain, candidate('better', { costMicros: 5_000 })]
    const none = context({}, { preference: { quality: 0, cost: 0, latency: 0 } })
    expect(choose(none, both, 0.3)).toEqual(choose(context(), both, 0.3))
  })
})

describe('the draw', () => {
  test('has propensities that sum to 1, and the same number gives the same decision', () => {
    const some = fc.record({
      costMicros: fc.integer({ min: 0, max: 5_000_000 }),
      latencySeconds: fc.double({ min: 0, max: 600, noNaN: true }),
      inFlight: fc.integer({ min: 0, max: 50 }),
      breaker: fc.constantFrom('closed', 'half-open', 'open'),
      usable: fc.boolean(),
    })
    const number = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 12 }), number, (changes, random) => {
        const all = changes.map((change, index) => candidate(`m${index}`, change as Change))
        const decision = choose(context(), all, random)
        expect(choose(context(), all, random)).toEqual(decision)
        const sum = decision.candidates.reduce((total, one) => total + one.propensity, 0)
        expect(sum).toBeCloseTo(decision.chosen === null ? 0 : 1, 12)
        const chosen = decision.candidates.find(one => one.model === decision.chosen)
        expect(chosen?.excluded ?? null).toBeNull()
        expect(decision.propensity).toBe(chosen?.propensity ?? 0)
        expect(decision.chosen === null).toBe(decision.candidates.every(one => one.excluded !== null))
      }),
    )
  })

  test('falls as often on each as its propensity says, over 10,000 draws', () => {
    const all = [0.7, 0.75, 0.78, 0.6, 0.72].map((coding, index) =>
      candidate(`m${index}`, { model: { capabilities: { coding } }, costMicros: 10_000 + 500 * index }),
    )
    all.push(candidate('shut', { breaker: 'open' }))
    const random = seeded(7)
    const draws = 10_000
    const seen = new Map<string, number>()
    let decision = choose(context(), all, 0)
    for (let draw = 0; draw < draws; draw++) {
      decision = choose(context(), all, random())
      seen.set(decision.chosen ?? '', (seen.get(decision.chosen ?? '') ?? 0) + 1)
    }
    const possible = decision.candidates.filter(one => one.excluded === null)
    expect(possible).toHaveLength(5)
    expect(Math.min(...possible.map(one => one.propensity))).toBeGreaterThan(0.001)
    const chiSquare = possible.reduce((sum, { model, propensity }) => {
      const expected = propensity * draws
      return sum + ((seen.get(model) ?? 0) - expected) ** 2 / expected
    }, 0)
    // 4 degrees of freedom: exceeded by chance once in a thousand.
    expect(chiSquare).toBeLessThan(18.467)
    expect(seen.get('acme/shut')).toBeUndefined()
  })
})
