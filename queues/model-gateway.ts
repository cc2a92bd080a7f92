/** What a task's model calls need of the world: the models, what they cost, and the money. Interfaces, for one composition root. */

import type { Ledger } from '../domain/budget.ts'
import type { ModelDelta, ModelError, ModelOutcome, ModelRequest, Usage } from '../domain/model.ts'
import type { Candidate, Choose, Preference } from '../domain/routing.ts'

/** A model as it is now. `costMicros` of a candidate is filled in for each call. */
export type AvailableModel = Omit<Candidate, 'costMicros'> & { simulated: boolean }

export interface ModelGateway {
  list(): readonly AvailableModel[]
  /** One try. Ends in a value; waits where as many calls as may be are under way. `model` is its id. */
  call(
    model: string,
    request: Omit<ModelRequest, 'model'>,
    options: { signal: AbortSignal; onDelta(delta: ModelDelta): void },
  ): Promise<ModelOutcome>
  /** Tokens of the input, never too few by much. Never throws. */
  countTokens(model: string, request: Omit<ModelRequest, 'model'>, signal: AbortSignal): Promise<number>
  /** Milliseconds to wait before this model is tried again; null where it is not worth it. `tries` counts those made, from 1. */
  nextTry(error: ModelError, tries: number): { waitMs: number } | null
  /** What this costs in micro-dollars; null where nobody knows the price. */
  price(model: string, usage: Usage): number | null
  worstCase(model: string, size: { inputTokens: number; maxOutputTokens: number }): number | null
  /** What to set so that a model can be had, as a sentence. */
  missing(): string
}

export type ModelDeps = { gateway: ModelGateway; ledger: Ledger; choose: Choose; preference: Preference }
