/** Which model makes a call: hard filters first, then a draw whose probabilities are known and kept. */
import type { Abilities, CapabilityVector, ModelConfig } from './model-config.ts'

/** Weights from 0 to 1; only their proportion counts. */
export type Preference = { quality: number; cost: number; latency: number }
export const balanced: Preference = { quality: 0.6, cost: 0.25, latency: 0.15 }

export type RoutingNeeds = {
  abilities: Partial<Abilities>
  /** What the work is made of, weighed. */
  capabilities: CapabilityVector
  /** Tokens of context that the call takes, its reply included. */
  contextTokens: number
  /** Model ids that are allowed; null: all. */
  allowed: readonly string[] | null
  /** Model ids to avoid where there is another: the author's, when its work is reviewed. */
  avoid: readonly string[]
  /** Model ids or providers that the role would rather have; their quality counts a little more. */
  preferred: readonly string[]
}

export type Candidate = {
  model: ModelConfig
  /** Whether its provider has a key, or needs none. */
  usable: boolean
  breaker: 'closed' | 'half-open' | 'open'
  inFlight: number
  /** What this call would cost at most; null where its price is unknown. */
  costMicros: number | null
  /** Measured or configured seconds to a reply. */
  latencySeconds: number
}

export type RoutingContext = {
  needs: RoutingNeeds
  preference: Preference
  /** What may still be spent; null: no limit. */
  remainingMicros: number | null
  /** Models that were tried for this call and failed. */
  failed: readonly string[]
}

export type Weighed = {
  model: string
  quality: number
  costMicros: number | null
  latencySeconds: number
  score: number
  /** The probability with which it was drawn; 0 where it was excluded. */
  propensity: number
  /** Why it could not be chosen; null where it could. */
  excluded: string | null
}

export type RoutingDecision = {
  /** null where no candidate was left. */
  chosen: string | null
  propensity: number
  candidates: readonly Weighed[]
  reason: string
}

/** `random` is drawn from [0, 1); the same one gives the same decision. */
export type Choose = (context: RoutingContext, candidates: readonly Candidate[], random: number) => RoutingDecision
