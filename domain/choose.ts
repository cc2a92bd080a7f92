/**
 * The choice of a model. Hard filters first, each with its reason; then a draw among those that are left, in which a
 * better score is likelier and none is certain, so that outcomes teach something about all of them.
 */
import { exclusionsOf, noneLeft } from './choose-filters.ts'
import { type CapabilityVector, capabilityNames } from './model-config.ts'
import { showMicros } from './money.ts'
import { balanced, type Candidate, type Choose, type Preference, type RoutingContext, type Weighed } from './routing.ts'

/** By how much scores (0 … 1) must differ for odds of e to 1: 0.1 apart is about 7 to 1. */
export const temperature = 0.05

/** What being preferred by the role adds to a quality of 0 … 1. */
const preferredBonus = 0.1

/** A breaker that lets only probes through may refuse this call too. */
const halfOpenShare = 0.5

export const choose: Choose = (context, candidates, random) => {
  const exclusions = exclusionsOf(context, candidates)
  const left = candidates.filter((_, index) => exclusions[index] === null)
  const scores = new Map(left.map(candidate => [candidate, scoreOf(candidate, context, left)]))
  const best = Math.max(...scores.values())
  const weightOf = (score: number) => Math.exp((score - best) / temperature)
  const total = [...scores.values()].reduce((sum, score) => sum + weightOf(score), 0)
  const weighed = candidates.map((candidate, index): Weighed => {
    const score = scores.get(candidate)
    return {
      model: candidate.model.id,
      quality: qualityOf(candidate, context),
      costMicros: candidate.costMicros,
      latencySeconds: expectedSeconds(candidate),
      score: score ?? 0,
      propensity: score === undefined ? 0 : weightOf(score) / total,
      excluded: exclusions[index]?.reason ?? null,
    }
  })
  const chosen = draw(weighed, random)
  return {
    chosen: chosen?.model ?? null,
    propensity: chosen?.propensity ?? 0,
    candidates: weighed,
    reason: chosen === null ? noneLeft(candidates, exclusions) : drawn(chosen, left.length),
  }
}

/** The one in whose part of [0, 1) the number lies, the parts as wide as the propensities. */
function draw(weighed: readonly Weighed[], random: number): Weighed | null {
  const possible = weighed.filter(one => one.excluded === null)
  let end = 0
  for (const one of possible) {
    end += one.propensity
    if (random < end) return one
  }
  // What the sum of the parts lacks to 1 is the rounding of floating-point numbers.
  return possible.at(-1) ?? null
}

/** 0 … 1: quality as it is, cost and latency as the best one's share of this one's. */
function scoreOf(candidate: Candidate, { needs, preference }: RoutingContext, left: readonly Candidate[]): number {
  const { quality, cost, latency } = proportions(preference)
  const cheapest = Math.min(...left.map(costOf))
  const fastest = Math.min(...left.map(expectedSeconds))
  const score =
    quality * qualityOf(candidate, { needs }) +
    cost * ((cheapest + 1) / (costOf(candidate) + 1)) +
    latency * (fastest / expectedSeconds(candidate))
  return candidate.breaker === 'half-open' ? score * halfOpenShare : score
}

/** Known of each that is left. */
const costOf = ({ costMicros }: Candidate): number => costMicros ?? Number.POSITIVE_INFINITY

/** A model that is full takes twice as long. */
const expectedSeconds = ({ latencySeconds, inFlight, model }: Candidate): number =>
  Math.max(latencySeconds, 1e-3) * (1 + inFlight / model.maxConcurrent)

const all: CapabilityVector = Object.fromEntries(capabilityNames.map(name => [name, 1]))

/** How well it does what the work is made of, 0 … 1; work that says nothing wants a bit of everything. */
function qualityOf({ model }: Candidate, { needs }: Pick<RoutingContext, 'needs'>): number {
  const wanted = Object.values(needs.capabilities).some(weight => weight > 0) ? needs.capabilities : all
  let [sum, weights] = [0, 0]
  for (const name of capabilityNames) {
    const weight = wanted[name] ?? 0
    sum += weight * (model.capabilities[name] ?? 0)
    weights += weight
  }
  const preferred = needs.preferred.includes(model.id) || needs.preferred.includes(model.provider)
  return Math.min(1, sum / weights + (preferred ? preferredBonus : 0))
}

function proportions({ quality, cost, latency }: Preference): Preference {
  const sum = quality + cost + latency
  return sum > 0 ? { quality: quality / sum, cost: cost / sum, latency: latency / sum } : balanced
}

function drawn({ propensity, quality, costMicros, latencySeconds }: Weighed, of: number): string {
  const how = of === 1 ? 'the only one left' : `drawn from ${of} with probability ${propensity.toFixed(3)}`
  return `${how}: quality ${quality.toFixed(2)}, at most ${showMicros(costMicros ?? 0)}, about ${latencySeconds.toFixed(0)} s`
}
