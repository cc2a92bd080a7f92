/** Which candidates cannot make a call, and why. */
import { showMicros } from './money.ts'
import type { Candidate, RoutingContext } from './routing.ts'

/** What rules a candidate out, as a code to count by and in words. */
export type Exclusion = { by: Rule; reason: string }
type Rule = 'allowed' | 'usable' | 'abilities' | 'context' | 'price' | 'breaker' | 'failed' | 'budget' | 'avoid'

/** For each candidate what rules it out first; null where it may be drawn. */
export function exclusionsOf(context: RoutingContext, candidates: readonly Candidate[]): (Exclusion | null)[] {
  const unfit = candidates.map(candidate => unfitness(candidate, context))
  const isAvoided = ({ model }: Candidate) => context.needs.avoid.includes(model.id)
  const others = candidates.some((candidate, index) => unfit[index] === null && !isAvoided(candidate))
  return candidates.map((candidate, index) => unfit[index] ?? (others && isAvoided(candidate) ? avoided : null))
}

const avoided: Exclusion = { by: 'avoid', reason: 'is to be avoided here, and there is another' }

/** What holds of a candidate whatever the others are. */
function unfitness(candidate: Candidate, { needs, failed, remainingMicros }: RoutingContext): Exclusion | null {
  const { model, usable, breaker, costMicros } = candidate
  if (needs.allowed !== null && !needs.allowed.includes(model.id))
    return { by: 'allowed', reason: 'is not on the list of allowed models' }
  if (!usable) return { by: 'usable', reason: `has no key: provider ${model.provider} is not set up` }
  const missing = missingAbilities(candidate, needs.abilities)
  if (missing.length > 0) return { by: 'abilities', reason: `lacks ${missing.join(', ')}` }
  if (needs.contextTokens > model.contextTokens)
    return { by: 'context', reason: `holds ${model.contextTokens} tokens, and the call takes ${needs.contextTokens}` }
  if (costMicros === null) return { by: 'price', reason: 'has no known price' }
  if (breaker === 'open') return { by: 'breaker', reason: 'failed too often lately: its breaker is open' }
  if (failed.includes(model.id)) return { by: 'failed', reason: 'failed in this call before' }
  return remainingMicros === null || costMicros <= Math.max(0, remainingMicros)
    ? null
    : tooDear(costMicros, remainingMicros)
}

const abilityWords = {
  tools: 'tools',
  vision: 'vision',
  thinking: 'thinking',
  structuredOutput: 'structured output',
} as const

function missingAbilities({ model }: Candidate, wanted: RoutingContext['needs']['abilities']): string[] {
  const names = Object.keys(abilityWords) as (keyof typeof abilityWords)[]
  return names.filter(name => wanted[name] && !model.abilities[name]).map(name => abilityWords[name])
}

const tooDear = (costMicros: number, remainingMicros: number): Exclusion => ({
  by: 'budget',
  reason: `may cost ${showMicros(costMicros)}, and ${showMicros(Math.max(0, remainingMicros))} of the budget remains`,
})

/** How each rule is met, as one sentence. */
const mending: Readonly<Record<Rule, string>> = {
  allowed: 'Allow one of them for this project.',
  usable: 'Set the key of a provider, as its keyVariable says.',
  abilities: 'Configure a model that has what the work needs.',
  context: 'Configure a model with a longer context.',
  price: 'Give the model a price in its configuration; {"input": 0, "output": 0} where it is free.',
  breaker: 'Wait until its provider answers again.',
  failed: 'Try again later, or configure another model to fall back to.',
  budget: 'Raise the budget.',
  avoid: '',
}

/** Why no model can make a call: each exclusion with those that it struck, at most five of them by name, and what to do. */
export function noneLeft(candidates: readonly Candidate[], exclusions: readonly (Exclusion | null)[]): string {
  if (candidates.length === 0) return 'no model is configured. Configure one, or ask for simulated models.'
  const struck = new Map<string, string[]>()
  exclusions.forEach((exclusion, index) => {
    const reason = exclusion?.reason ?? ''
    struck.set(reason, [...(struck.get(reason) ?? []), candidates[index]?.model.id ?? ''])
  })
  const listed = [...struck].map(([reason, ids]) => `${named(ids)} ${reason}`)
  const rules = new Set(exclusions.flatMap(exclusion => exclusion?.by ?? []))
  return `no model can make this call: ${listed.join('; ')}. ${[...rules].map(rule => mending[rule]).join(' ')}`
}

const named = (ids: readonly string[]): string =>
  ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more:`
