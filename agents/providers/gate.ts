/** What a provider, or one of its models, is held behind: a bulkhead, a breaker, and the time that it asked for. */
import type { ModelError, ModelErrorCode, ModelOutcome } from '../../domain/model.ts'
import { admits, at, type Breaker, type BreakerEvent, closed, step } from './breaker.ts'
import { createBulkhead } from './bulkhead.ts'

export type GateStatus = 'READY' | 'BUSY' | 'HELD' | 'FAILING' | 'PROBING' | 'UNAUTHORISED'

/** For people and for the router; changes with every call. */
export type GateState = {
  status: GateStatus
  breaker: Breaker['status']
  inFlight: number
  queued: number
  maxConcurrent: number
  lastError: { code: ModelErrorCode; message: string; at: number } | null
  /** When calls are let through again, in milliseconds since 1970; null where they are. */
  retryAt: number | null
}

/** How many wait per one that runs, before callers are turned away. */
const queuedPerPlace = 8
/** How soon to ask again while a probe is under way. */
const probeMs = 1_000

type GateOptions = { maxConcurrent: number; counts: (code: ModelErrorCode) => boolean; now: () => number }

/** `counts` tells which failures are this gate's own. */
export function createGate({ maxConcurrent, counts, now }: GateOptions) {
  const bulkhead = createBulkhead({ maxConcurrent, maxQueued: maxConcurrent * queuedPerPlace })
  let breaker: Breaker = closed
  let heldUntil = 0
  let lastError: GateState['lastError'] = null
  let isUnauthorised = false

  const breakerUntil = () => {
    const current = at(breaker, now())
    if (current.status === 'open') return current.until
    return current.status === 'half-open' && current.probing ? now() + probeMs : 0
  }

  function status(): GateStatus {
    if (isUnauthorised) return 'UNAUTHORISED'
    const { status } = at(breaker, now())
    if (status !== 'closed') return status === 'open' ? 'FAILING' : 'PROBING'
    if (heldUntil > now()) return 'HELD'
    return bulkhead.inFlight() >= maxConcurrent ? 'BUSY' : 'READY'
  }

  return {
    enter: bulkhead.enter,
    leave: bulkhead.leave,
    /** Why a call cannot begin now; null where it can. */
    refusal(who: string): ModelError | null {
      const wait = Math.max(heldUntil, breakerUntil()) - now()
      if (admits(breaker, now()) && heldUntil <= now()) return null
      const isHeld = admits(breaker, now())
      return {
        code: isHeld ? 'RATE_LIMITED' : 'OVERLOADED',
        message: `${who} ${isHeld ? 'asked to be left alone' : 'failed too often lately'} for another ${Math.ceil(wait / 1_000)} s.`,
        retryable: true,
        retryAfterMs: wait,
      }
    },
    begin: () => {
      breaker = step(breaker, 'begin', now())
    },
    end(outcome: ModelOutcome) {
      breaker = step(breaker, eventOf(outcome, counts), now())
      if (outcome.ok) isUnauthorised = false
      else if (counts(outcome.error.code) || outcome.error.code === 'UNAUTHORISED') {
        const { code, message, retryAfterMs } = outcome.error
        lastError = { code, message, at: now() }
        isUnauthorised = code === 'UNAUTHORISED'
        heldUntil = Math.max(heldUntil, now() + (retryAfterMs ?? 0))
      }
    },
    state(): GateState {
      const until = Math.max(heldUntil, breakerUntil())
      return {
        status: status(),
        breaker: at(breaker, now()).status,
        inFlight: bulkhead.inFlight(),
        queued: bulkhead.queued(),
        maxConcurrent,
        lastError,
        retryAt: until > now() ? until : null,
      }
    },
  }
}
export type Gate = ReturnType<typeof createGate>

function eventOf(outcome: ModelOutcome, counts: GateOptions['counts']): BreakerEvent {
  if (outcome.ok) return 'succeed'
  return counts(outcome.error.code) ? 'fail' : 'give-up'
}
