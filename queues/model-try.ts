/** One try at a model call: reserved, begun, streamed, recorded and settled, whatever becomes of it. */
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import type { ModelError, ModelOutcome, ModelReply, StopReason } from '../domain/model.ts'
import { showMicros } from '../domain/money.ts'
import type { BlobStore, ModelAnswer, ModelAsk } from '../domain/ports.ts'
import type { RoutingDecision } from '../domain/routing.ts'
import { cleanJson } from '../domain/run/clean.ts'
import type { Command } from '../domain/run/commands.ts'
import { deflate } from './json-blobs.ts'
import { asFailure } from './model-failures.ts'
import { type MoneyDeps, type Reserved, reserve } from './model-money.ts'
import { promptHash } from './prompt-hash.ts'
import type { TokenLane } from './token-lane.ts'

/** Where a test may end the process. */
export type ModelCrashPoint =
  | 'after-reserve'
  | 'after-call-started'
  | 'in-stream'
  | 'before-reply-recorded'
  | 'before-settle'

export type ModelTryDeps = MoneyDeps & {
  say(command: Command): Promise<unknown>
  blobs: BlobStore
  tokens: TokenLane
  crashAt?: (point: ModelCrashPoint) => void
}

/** A reply as the journal keeps it, references to blobs resolved. */
export type RecordedReply = Omit<ModelAnswer, 'reply'> & {
  body: { content: ModelReply['content']; model: string; key: string }
  stopReason: StopReason
  certainty: 'known' | 'unknown'
}

type Try = { call: number; tryIndex: number; model: string; provider: string; simulated: boolean }
type Attempt = Omit<Try, 'provider' | 'simulated'> & {
  routed: RoutingDecision | null
  fellBackFrom: string | null
  last: ModelError | null
  /** Tries that this ask has made, this one counted. */
  tries: number
}
type Made =
  | { answer: RecordedReply }
  | { answer: null; error: ModelError; retry: { waitMs: number } | null; remainingMicros?: number }

/** Throws what the task's claim, its budget and the event log throw; what becomes of the call itself is the answer. */
export async function tryOnce(deps: ModelTryDeps, ask: ModelAsk, attempt: Attempt): Promise<Made> {
  const { claim, models, crashAt = () => {} } = deps
  const { call, tryIndex, model } = attempt
  const config = models.gateway.list().find(one => one.model.id === model)
  if (config === undefined) throw new OrreryError('INTERNAL', `the chosen model ${model} is gone`)
  const sized = await reserve(deps, ask, { call, tryIndex, model: config.model })
  if ('remainingMicros' in sized)
    return { answer: null, error: tooDear(model, sized.remainingMicros), retry: null, ...sized }
  crashAt('after-reserve')
  const at = { taskIndex: claim.taskIndex, epoch: claim.epoch, call, tryIndex, model }
  const said = { ...at, provider: config.model.provider, simulated: config.simulated }
  await announce(deps, ask, { said, sized, attempt })
  crashAt('after-call-started')
  const begunAt = performance.now()
  const lane = deps.tokens.begin(ask.purpose, model)
  const request = { ...ask.request, maxOutputTokens: sized.maxOutputTokens }
  const outcome = await models.gateway.call(model, request, {
    signal: claim.signal,
    onDelta: delta => {
      lane.write(delta)
      crashAt('in-stream')
    },
  })
  lane.end()
  crashAt('before-reply-recorded')
  const durationMs = Math.round(performance.now() - begunAt)
  if (outcome.ok) return finish(deps, said, sized, { outcome, durationMs, contextTokens: config.model.contextTokens })
  return fail(deps, said, sized, { outcome, tries: attempt.tries })
}

/** Nobody is asked before it stands in the run that somebody is. */
async function announce(
  { say, blobs, models }: ModelTryDeps,
  ask: ModelAsk,
  { said, sized, attempt: { routed, fellBackFrom, last } }: { said: Said; sized: Reserved; attempt: Attempt },
): Promise<void> {
  try {
    await say({
      ...said,
      type: 'StartModelCall',
      purpose: ask.purpose.slice(0, 4_000),
      promptHash: promptHash(ask),
      reservedMicros: sized.reservedMicros,
      maxOutputTokens: sized.maxOutputTokens,
      routed:
        routed === null
          ? null
          : {
              propensity: routed.propensity,
              candidates: await deflate(blobs, routed.candidates as unknown as Json),
              reason: routed.reason.slice(0, 4_000),
            },
      fellBack: fellBackFrom === null ? null : { fromModel: fellBackFrom, reason: last?.message.slice(0, 4_000) ?? '' },
    })
  } catch (error) {
    // Nothing was asked of anybody.
    await models.ledger.settle({ key: sized.key, micros: 0, usage: null, certainty: 'known' })
    throw error
  }
}

type Said = Try & { taskIndex: number; epoch: number }

async function finish(
  { say, models, blobs, crashAt = () => {} }: ModelTryDeps,
  said: Said,
  { key, reservedMicros }: Reserved,
  got: { outcome: ModelOutcome & { ok: true }; durationMs: number; contextTokens: number },
): Promise<Made> {
  const { reply, usage } = got.outcome
  const known = models.gateway.price(said.model, usage)
  const costMicros = known ?? reservedMicros
  const { contextTokens, durationMs } = got
  const certainty = known === null ? ('unknown' as const) : ('known' as const)
  const body = { content: cleanJson(reply.content), model: reply.model, key }
  try {
    await say({
      ...said,
      type: 'FinishModelCall',
      usage,
      costMicros,
      certainty,
      stopReason: reply.stopReason,
      output: await deflate(blobs, body as unknown as Json),
      contextTokens,
      durationMs,
    })
    crashAt('before-settle')
  } finally {
    // Usage counts, also that of a claim which is over.
    await models.ledger.settle({ key, micros: costMicros, usage, certainty })
  }
  const { model, simulated } = said
  const { stopReason } = reply
  return { answer: { body, stopReason, usage, certainty, costMicros, contextTokens, model, simulated } }
}

async function fail(
  { say, models }: ModelTryDeps,
  said: Said,
  { key, reservedMicros }: Reserved,
  { outcome, tries }: { outcome: ModelOutcome & { ok: false }; tries: number },
): Promise<Made> {
  const { error, usage, mayHaveCost } = outcome
  const price = usage === null ? null : models.gateway.price(said.model, usage)
  const certainty = mayHaveCost && price === null ? ('unknown' as const) : ('known' as const)
  const costMicros = certainty === 'unknown' ? reservedMicros : (price ?? 0)
  await models.ledger.settle({ key, micros: costMicros, usage, certainty })
  const retry = models.gateway.nextTry(error, tries)
  await say({
    ...said,
    type: 'FailModelCall',
    costMicros,
    certainty,
    reason: error.code,
    error: asFailure(error),
    retryInMs: retry === null ? null : Math.round(retry.waitMs),
  })
  return { answer: null, error, retry }
}

const tooDear = (model: string, remainingMicros: number): ModelError => ({
  code: 'BAD_REQUEST',
  message: `${model} costs more than the ${showMicros(remainingMicros)} that are left`,
  retryable: false,
  retryAfterMs: null,
})
