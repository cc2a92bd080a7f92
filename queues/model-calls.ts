/**
 * One model call of a task, from the choice of a model to its settled price:
 *
 *   route ─▶ reserve ─▶ ModelCallStarted ─▶ provider ─┬─ reply ─▶ ModelCallFinished ─▶ settle
 *     ▲         │ breach: a person is asked           └─ error ─▶ settle ─▶ ModelCallFailed ─┐
 *     └─────────┴───────────── the same model again, or the next one ◀──────────────────────┘
 *
 * A reply that is recorded is never asked for again. One that was lost before it was recorded stays charged at its
 * reservation.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import type { ModelError, ModelOutcome, ModelReply, StopReason } from '../domain/model.ts'
import { showMicros } from '../domain/money.ts'
import type { BlobStore, ModelAnswer, ModelAsk } from '../domain/ports.ts'
import type { Preference, RoutingDecision } from '../domain/routing.ts'
import { cleanJson } from '../domain/run/clean.ts'
import type { Command } from '../domain/run/commands.ts'
import { stableId } from '../domain/run/stable-id.ts'
import { candidatesFor, leastOutputTokens, roughTokens } from './call-size.ts'
import { deflate } from './json-blobs.ts'
import { asFailure, failureOf } from './model-failures.ts'
import { type MoneyDeps, type Reserved, reserve } from './model-money.ts'
import { keyQuestion } from './model-questions.ts'
import { promptHash } from './prompt-hash.ts'
import type { TaskJournal } from './task-journal.ts'
import type { TokenLane } from './token-lane.ts'

/** Where a test may end the process. */
export type ModelCrashPoint =
  | 'after-reserve'
  | 'after-call-started'
  | 'in-stream'
  | 'before-reply-recorded'
  | 'before-settle'

export type ModelCallsDeps = MoneyDeps & {
  journal: TaskJournal
  say(command: Command): Promise<unknown>
  blobs: BlobStore
  tokens: TokenLane
  crashAt?: (point: ModelCrashPoint) => void
}

/** Tries of one call, over all models. */
const maxTries = 8
/** Looks, a second apart, at breakers that are open, before the task fails; its own retries follow. */
const maxWaits = 60
const breakerPauseMs = 1_000

type Try = { call: number; tryIndex: number; model: string; provider: string; simulated: boolean }

export function createModelCalls(deps: ModelCallsDeps): (ask: ModelAsk) => Promise<ModelAnswer> {
  const { claim, journal, models } = deps
  /** Tries made of each call: an agent that asks again after a failure makes further tries, with money of their own. */
  const triesOf = new Map<number, number>()
  return async ask => {
    let made = false
    const { output } = await journal.next('model', async call => {
      made = true
      const reply = await makeCall(deps, ask, { call, triesOf })
      return { call, tool: 'model', output: reply as unknown as Json, outputHash: null, treeHash: null }
    })
    const { body, stopReason, usage, certainty, ...rest } = output as unknown as RecordedReply
    const { costMicros: micros } = rest
    // A crash between the reply's event and its settlement leaves the reservation open; said twice, it counts once.
    if (!made && journal.ahead() === null) await models.ledger.settle({ key: body.key, micros, usage, certainty })
    claim.check()
    return { ...rest, usage, reply: { content: body.content, model: body.model, stopReason } }
  }
}

/** A reply as the journal keeps it, references to blobs resolved. */
export type RecordedReply = Omit<ModelAnswer, 'reply'> & {
  body: { content: ModelReply['content']; model: string; key: string }
  stopReason: StopReason
  certainty: 'known' | 'unknown'
}

type Tried = {
  failed: string[]
  last: ModelError | null
  tries: number
  /** Looks at breakers that were open. */
  waits: number
  /** The model that is tried again; null: the router is asked. */
  sameModel: string | null
  /** The model that could not be had before. */
  from: string | null
  /** What may still be spent, where a person wants to go on with cheaper models. */
  remainingMicros: number | null
}

async function makeCall(
  deps: ModelCallsDeps,
  ask: ModelAsk,
  { call, triesOf }: { call: number; triesOf: Map<number, number> },
): Promise<RecordedReply> {
  const before = triesOf.get(call) ?? 0
  const state: Tried = {
    failed: [],
    last: null,
    tries: 0,
    waits: 0,
    sameModel: null,
    from: null,
    remainingMicros: null,
  }
  while (state.tries < maxTries) {
    deps.claim.check()
    const routed = state.sameModel === null ? await route(deps, ask, call, state) : null
    const model = routed?.chosen ?? state.sameModel
    if (model === null && state.waits++ < maxWaits && isBroken(deps)) {
      state.failed.length = 0
      await sleep(breakerPauseMs, undefined, { signal: deps.claim.signal })
      continue
    }
    if (model === null) throw await nobody(deps, routed, state)
    const made = await tryOnce(deps, ask, {
      call,
      tryIndex: before + state.tries,
      tries: ++state.tries,
      model,
      routed,
      fellBackFrom: state.from,
      last: state.last,
    })
    triesOf.set(call, before + state.tries)
    if (made.answer !== null) return made.answer
    state.last = made.error
    state.remainingMicros = made.remainingMicros ?? state.remainingMicros
    state.from = null
    state.sameModel = made.retry === null ? null : model
    if (made.retry === null) {
      state.failed.push(model)
      state.from = model
    } else await sleep(made.retry.waitMs, undefined, { signal: deps.claim.signal })
  }
  throw failureOf(state.last, `no model answered in ${maxTries} tries`)
}

/** Whether a model that may make the call only has its breaker open, which time mends. */
const isBroken = ({ models, run }: ModelCallsDeps): boolean =>
  models.gateway.list().some(one => one.usable && one.simulated === run.simulated && one.breaker === 'open')

/** Which model makes the call. The same state of the world and the same call give the same choice. */
async function route(
  { run, task, models }: ModelCallsDeps,
  ask: ModelAsk,
  call: number,
  state: Tried,
): Promise<RoutingDecision> {
  const { gateway, choose } = models
  const { request, needs } = ask
  const candidates = candidatesFor(gateway, request, run.simulated)
  const draw = Number.parseInt(stableId(run.id, task.index, task.attempt, call, state.tries, 'route').slice(0, 8), 16)
  return choose(
    {
      needs: { ...needs, contextTokens: roughTokens(request) + leastOutputTokens },
      preference: (run.preference as Preference | null) ?? models.preference,
      remainingMicros: state.remainingMicros,
      failed: state.failed,
    },
    candidates,
    draw / 2 ** 32,
  )
}

/** No model is left. Where all that is wrong is a key, a person can mend it while the run waits. */
async function nobody(
  deps: ModelCallsDeps,
  routed: RoutingDecision | null,
  { last, failed, remainingMicros }: Tried,
): Promise<OrreryError> {
  if (remainingMicros !== null)
    return new OrreryError(
      'BUDGET_EXCEEDED',
      `no model can make the call for the ${showMicros(remainingMicros)} that are left`,
    )
  if (last?.code === 'UNAUTHORISED') {
    await deps.askAbout(`key:${failed.join()}:${deps.task.index}:${deps.task.attempt}`, keyQuestion(failed, last))
    return new OrreryError('UNAVAILABLE', last.message, {
      retryable: true,
      hint: 'Set the key and start the server again.',
    })
  }
  if (last !== null) return failureOf(last, `no model is left: ${last.message}`)
  return new OrreryError('BAD_INPUT', `no model can do this: ${routed?.reason ?? 'none is configured'}`, {
    hint: deps.run.simulated
      ? ''
      : `${deps.models.gateway.missing()} To try without any key, start the run with --simulate.`,
  })
}

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

async function tryOnce(deps: ModelCallsDeps, ask: ModelAsk, attempt: Attempt): Promise<Made> {
  const { claim, say, models, blobs, crashAt = () => {} } = deps
  const { call, tryIndex, model, routed, fellBackFrom, last } = attempt
  const config = models.gateway.list().find(one => one.model.id === model)
  if (config === undefined) throw new OrreryError('INTERNAL', `the chosen model ${model} is gone`)
  const sized = await reserve(deps, ask, { call, tryIndex, model: config.model })
  if ('remainingMicros' in sized)
    return { answer: null, error: tooDear(model, sized.remainingMicros), retry: null, ...sized }
  crashAt('after-reserve')
  const at = { taskIndex: claim.taskIndex, epoch: claim.epoch, call, tryIndex, model }
  const said = { ...at, provider: config.model.provider, simulated: config.simulated }
  const request = { ...ask.request, maxOutputTokens: sized.maxOutputTokens }
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
  crashAt('after-call-started')
  const begunAt = performance.now()
  const lane = deps.tokens.begin(ask.purpose, model)
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

type Said = Try & { taskIndex: number; epoch: number }

async function finish(
  { say, models, blobs, crashAt = () => {} }: ModelCallsDeps,
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
  { say, models }: ModelCallsDeps,
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
