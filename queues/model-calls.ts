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
import type { Json } from '../domain/json.ts'
import type { ModelAnswer, ModelAsk } from '../domain/ports.ts'
import { failureOf } from './model-failures.ts'
import { isBroken, nobody, route, type Tried } from './model-route.ts'
import { type ModelTryDeps, type RecordedReply, tryOnce } from './model-try.ts'
import type { TaskJournal } from './task-journal.ts'

export type ModelCallsDeps = ModelTryDeps & { journal: TaskJournal }

/** Tries of one call, over all models. */
const maxTries = 8
/** Looks, a second apart, at breakers that are open, before the task fails; its own retries follow. */
const maxWaits = 60
const breakerPauseMs = 1_000

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
    // What another run has asked, of which this one is a fork, is for that one to settle.
    if (!made && journal.ahead() === null && body.key.startsWith(`${deps.run.id}/`))
      await models.ledger.settle({ key: body.key, micros, usage, certainty })
    claim.check()
    return { ...rest, usage, reply: { content: body.content, model: body.model, stopReason } }
  }
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
