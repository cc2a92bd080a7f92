/**
 * The claims that a worker holds. Their leases are renewed together once a second; a claim ends when its lease is lost,
 * and by itself when it could not be renewed for two thirds of a lease: then another worker may soon have the task.
 *
 *   held ──┬─ lost: Postgres says that the claim is over (cancelled, timed out, expired, reset)
 *          ├─ unrenewed: Postgres could not be asked, or this process stood still
 *          ├─ deadline: the task took longer than it may
 *          ├─ suspended: the task gave it back, and waits for somebody
 *          └─ drain: the worker is to end
 */

import type { Sql } from '../db/connect.ts'
import { type Held, renewLeases } from '../db/leases.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Report } from './redis.ts'

export type EndOfClaim = 'lost' | 'unrenewed' | 'deadline' | 'suspended' | 'drain'

export type Claim = Held & {
  readonly signal: AbortSignal
  /** Why it ended; null while it is held. */
  readonly ended: EndOfClaim | null
  end(reason: EndOfClaim): void
  /** To be called before every command: throws STALE_EPOCH where the claim has ended or may have. */
  check(): void
}

export type ClaimsDeps = {
  sql: Sql
  worker: string
  /** Milliseconds that a lease lasts, as the appender gives it. */
  leaseMs: number
  /** Milliseconds between renewals; a second unless told, less where leases are short. */
  renewMs?: number
  report?: Report
  /** Monotonic milliseconds that go on while this process is stopped. */
  clock?: () => number
}

/** What is heard within so many milliseconds is one question. */
const hearingMs = 50

const messages: Record<EndOfClaim, string> = {
  lost: 'the claim on this task is over: it was cancelled, reset, or given to another worker',
  unrenewed: 'the lease on this task could not be renewed in time',
  deadline: 'the task did not end within its time',
  suspended: 'the task waits for somebody',
  drain: 'the worker is being stopped',
}

export function createClaims(deps: ClaimsDeps) {
  const { sql, worker, leaseMs, report = () => {}, clock = () => performance.now() } = deps
  const renewMs = deps.renewMs ?? Math.min(1_000, leaseMs / 5)
  const held = new Map<string, { claim: Claim; renewedAt: number }>()
  let renewing = false

  const isStale = (renewedAt: number) => clock() - renewedAt > (leaseMs * 2) / 3

  const renew = async () => {
    for (const { claim, renewedAt } of held.values()) if (isStale(renewedAt)) claim.end('unrenewed')
    const open = [...held.values()].filter(({ claim }) => claim.ended === null)
    if (open.length === 0 || renewing) return
    renewing = true
    const askedAt = clock()
    try {
      const asked = open.map(({ claim }) => claim)
      // A connection that went silent must not keep the next question from being asked on another one.
      for (const { answer, ...key } of await within(leaseMs / 4, renewLeases(sql, worker, asked, leaseMs))) {
        const entry = held.get(keyOf(key))
        if (answer === 'lost') entry?.claim.end('lost')
        else if (entry !== undefined) entry.renewedAt = Math.max(entry.renewedAt, askedAt)
      }
    } catch (error) {
      report('renewing leases', error)
    } finally {
      renewing = false
    }
  }
  const timer = setInterval(renew, renewMs)
  let soon: NodeJS.Timeout | undefined

  return {
    /** The claim on a task, whose lease began after `since` (see `clock`). */
    hold({ runId, taskIndex, epoch }: Held, since: number): Claim {
      const controller = new AbortController()
      let ended: EndOfClaim | null = null
      const end = (reason: EndOfClaim) => {
        if (ended !== null) return
        ended = reason
        controller.abort(refusal(reason))
      }
      const claim: Claim = {
        runId,
        taskIndex,
        epoch,
        signal: controller.signal,
        get ended() {
          return ended
        },
        end,
        check() {
          const entry = held.get(keyOf(claim))
          if (ended === null && (entry === undefined || isStale(entry.renewedAt))) end('unrenewed')
          if (ended !== null) throw refusal(ended)
        },
      }
      held.set(keyOf(claim), { claim, renewedAt: since })
      return claim
    },
    has: (key: Held): boolean => held.has(keyOf(key)),
    drop: (claim: Held): void => void held.delete(keyOf(claim)),
    all: (): Claim[] => [...held.values()].map(entry => entry.claim),
    clock,
    /** Something happened to these runs: whoever holds a claim of theirs asks at once rather than within the second. */
    hearOf(runIds: readonly string[]): void {
      if (soon !== undefined || ![...held.values()].some(({ claim }) => runIds.includes(claim.runId))) return
      soon = setTimeout(() => {
        soon = undefined
        void renew()
      }, hearingMs)
    },
    stop(): void {
      clearInterval(timer)
      clearTimeout(soon)
    },
  }
}

const keyOf = ({ runId, taskIndex, epoch }: Held): string => `${runId}-${taskIndex}-${epoch}`
const refusal = (reason: EndOfClaim): OrreryError =>
  new OrreryError(reason === 'deadline' ? 'TIMEOUT' : 'STALE_EPOCH', messages[reason])

/** The answer, or an error where it takes longer than so many milliseconds. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Postgres did not answer within ${ms} ms`)), ms)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
