/**
 * A model call outside of a run: routed, reserved and settled as those of tasks are, on the budgets of the organisation and
 * the project. Nothing is journaled, so whoever asks keeps the answer; and nobody is asked about a budget that is used up.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { OrreryError } from '../domain/errors.ts'
import type { ModelError } from '../domain/model.ts'
import { showMicros } from '../domain/money.ts'
import type { ModelAnswer, ModelAsk } from '../domain/ports.ts'
import { stableId } from '../domain/run/stable-id.ts'
import { affordableTokens, candidatesFor, leastOutputTokens, roughTokens, sizeOf } from './call-size.ts'
import { failureOf } from './model-failures.ts'
import type { AvailableModel, ModelDeps } from './model-gateway.ts'

export type DirectCall = {
  organisationId: string
  projectId: string
  /** What the ledger knows the call by, such as `proposal/<id>/0/0`; each try adds its own number. */
  key: string
  ask: ModelAsk
  simulated: boolean
  signal: AbortSignal
}

const maxTries = 4

/**
 * Throws OrreryError: BAD_INPUT (no model suits, with what to set), BUDGET_EXCEEDED, LIMIT_EXCEEDED, and what the last
 * provider said where none answers.
 */
export async function callModel(models: ModelDeps, call: DirectCall): Promise<ModelAnswer> {
  const failed: string[] = []
  let last: ModelError | null = null
  for (let tries = 0; tries < maxTries; tries++) {
    const model = route(models, call, { failed, last, tries })
    const made = await tryOnce(models, call, { model, key: `${call.key}/${tries}` })
    if ('reply' in made) return made
    last = made
    const retry = models.gateway.nextTry(made, tries + 1)
    if (retry === null) failed.push(model.model.id)
    else await sleep(retry.waitMs, undefined, { signal: call.signal })
  }
  throw failureOf(last, `no model answered in ${maxTries} tries`)
}

type Tried = { failed: readonly string[]; last: ModelError | null; tries: number }

function route({ gateway, choose, preference }: ModelDeps, call: DirectCall, tried: Tried): AvailableModel {
  const { request, needs } = call.ask
  const draw = Number.parseInt(stableId(call.key, tried.tries, 'route').slice(0, 8), 16)
  const contextTokens = roughTokens(request) + leastOutputTokens
  const { chosen, reason } = choose(
    { needs: { ...needs, contextTokens }, preference, remainingMicros: null, failed: tried.failed },
    candidatesFor(gateway, request, call.simulated),
    draw / 2 ** 32,
  )
  const model = gateway.list().find(one => one.model.id === chosen)
  if (model !== undefined) return model
  if (tried.last !== null) throw failureOf(tried.last, `no model is left: ${tried.last.message}`)
  throw new OrreryError('BAD_INPUT', `no model can do this: ${reason}`, { hint: gateway.missing() })
}

async function tryOnce(
  { gateway, ledger }: ModelDeps,
  { organisationId, projectId, ask, signal }: DirectCall,
  { model, key }: { model: AvailableModel; key: string },
): Promise<ModelAnswer | ModelError> {
  const { id, provider, contextTokens } = model.model
  const size = await sizeOf(gateway, model, { request: ask.request, signal })
  const { wantMicros, leastMicros } = size
  const scopes = [
    { kind: 'organisation' as const, id: organisationId },
    { kind: 'project' as const, id: projectId },
  ]
  const taken = await ledger.reserve({ key, organisationId, scopes, provider, model: id, wantMicros, leastMicros })
  if (!taken.ok) {
    const { kind, limitMicros } = taken.breach
    throw new OrreryError('BUDGET_EXCEEDED', `the budget of the ${kind} (${showMicros(limitMicros ?? 0)}) is used up`, {
      hint: `The call needs at least ${showMicros(taken.neededMicros)}: raise the budget.`,
    })
  }
  const request = { ...ask.request, maxOutputTokens: affordableTokens(size, taken.grantedMicros) }
  const outcome = await gateway.call(id, request, { signal, onDelta: () => {} })
  const { usage } = outcome
  const price = usage === null ? null : gateway.price(id, usage)
  const isUnknown = price === null && (outcome.ok || outcome.mayHaveCost)
  const costMicros = price ?? (isUnknown ? taken.grantedMicros : 0)
  await ledger.settle({ key, micros: costMicros, usage, certainty: isUnknown ? 'unknown' : 'known' })
  if (!outcome.ok) return outcome.error
  return {
    reply: outcome.reply,
    usage: outcome.usage,
    model: id,
    costMicros,
    simulated: model.simulated,
    contextTokens,
  }
}
