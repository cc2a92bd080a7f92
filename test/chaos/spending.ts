/**
 * Runs that spend money with workers that die in the middle of it, against a provider that keeps a ledger of its own.
 * Each worker works as the product's do: reserve, call, settle, and wait where others hold what remains.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isTemporary, type Sql } from '../../db/connect.ts'
import type { MoneyLedger } from '../../db/ledger.ts'
import type { BudgetScope, LedgerCall } from '../../domain/budget.ts'
import { noUsage } from '../../domain/model.ts'

export type Spender = {
  sql: Sql
  ledger: MoneyLedger
  /** Drawn from [0, 1). */
  random: () => number
  organisationId: string
}

export type Tally = {
  /** What the provider charged, by the key of the call: its word, whatever became of the reply. */
  charged: Map<string, number>
  /** Calls that were left open by a worker that died, or whose reply was lost. */
  lost: Set<string>
  /** Refusals that held although nobody held a reservation. */
  refused: number
}

const callsEach = 4

/** One run to its end: with a task, an epoch for each worker that tries, now and then money held, or a run within it. */
export async function spend(
  on: Spender,
  tally: Tally,
  project: BudgetScope,
  outer: readonly BudgetScope[],
): Promise<void> {
  const runId = randomUUID()
  const run: BudgetScope = { kind: 'run', id: runId }
  if (on.random() < 0.3) await insist(() => on.ledger.setLimit(on.organisationId, run, 20_000))
  const path = [{ kind: 'organisation' as const, id: on.organisationId }, project, ...outer, run]
  const hold = { key: `${runId}/hold/0/1`, organisationId: on.organisationId }
  const holds = on.random() < 0.2
  if (holds) await insist(() => on.ledger.hold({ ...hold, scopes: path, micros: 30_000 }))
  let epoch = await claim(on, runId, 1)
  for (let call = 0; call < callsEach; call++) {
    const key = `${runId}/0/${epoch}/${call}/0`
    const made = await makeCall(on, tally, {
      ...wanted(on),
      ...(holds ? { hold: hold.key } : {}),
      key,
      scopes: [...path, { kind: 'task', id: `${runId}/0` }],
    })
    if (made === 'refused') break
    if (made === 'died') {
      await insist(() => on.sql`update leases set expires_at = now() - interval '1 second' where run_id = ${runId}`)
      epoch = await claim(on, runId, epoch + 1)
      call--
    }
  }
  if (holds) await insist(() => on.ledger.letGo(hold))
  await insist(() => on.sql`delete from leases where run_id = ${runId}`)
  if (outer.length === 0 && on.random() < 0.1) await spend(on, tally, project, [run])
}

async function claim(on: Spender, runId: string, epoch: number): Promise<number> {
  await insist(
    () => on.sql`
      insert into leases (run_id, task_index, organisation_id, epoch, worker, expires_at)
      values (${runId}, 0, ${on.organisationId}, ${epoch}, 'w', now() + interval '1 hour')
      on conflict (run_id, task_index) do update set epoch = excluded.epoch, expires_at = excluded.expires_at`,
  )
  return epoch
}

function wanted({ random, organisationId }: Spender): Omit<LedgerCall, 'key' | 'scopes'> {
  const wantMicros = 200 + Math.floor(random() * 20_000)
  const leastMicros = Math.ceil(wantMicros / 20)
  return { organisationId, provider: 'stub', model: `stub/${wantMicros % 3}`, wantMicros, leastMicros }
}

type Made = 'settled' | 'died' | 'refused'

async function makeCall(on: Spender, tally: Tally, call: LedgerCall): Promise<Made> {
  const grantedMicros = await reserve(on, tally, call)
  if (grantedMicros === null) return 'refused'
  if (on.random() < 0.04) return die(tally, call)
  const micros = await stubCall(on, tally, call.key, grantedMicros)
  if (on.random() < 0.04) return die(tally, call)
  const settled = { key: call.key, micros, usage: noUsage, certainty: 'known' as const }
  if (on.random() < 0.03) {
    tally.lost.add(call.key)
    await insist(() => on.ledger.settle({ ...settled, certainty: 'unknown', micros: 0, usage: null }))
    return 'settled'
  }
  await insist(() => on.ledger.settle(settled))
  if (on.random() < 0.05) await insist(() => on.ledger.settle(settled))
  return 'settled'
}

/** null where the budget is used up; where others hold what is missing, it is waited for. */
async function reserve(on: Spender, tally: Tally, call: LedgerCall): Promise<number | null> {
  for (;;) {
    const answer = await insist(() => on.ledger.reserve(call))
    if (answer.ok) return answer.grantedMicros
    const { limitMicros, spentMicros, reservedMicros } = answer.breach
    if ((limitMicros ?? 0) - spentMicros < answer.neededMicros || reservedMicros === 0) {
      tally.refused++
      return null
    }
    await sleep(2)
  }
}

/** Takes its time, and charges at most what the call was clamped to. */
async function stubCall({ random }: Spender, tally: Tally, key: string, grantedMicros: number): Promise<number> {
  if (tally.charged.has(key)) throw new Error(`${key} was called twice`)
  const micros = Math.floor(grantedMicros * (0.3 + 0.7 * random()))
  tally.charged.set(key, micros)
  await sleep(random() * 4)
  return micros
}

function die(tally: Tally, call: LedgerCall): Made {
  tally.lost.add(call.key)
  return 'died'
}

/** As the product does where Postgres breaks off: says it again, because saying it twice is saying it once. */
export async function insist<T>(work: () => PromiseLike<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const broke = error instanceof Error && 'errno' in error
      if (!(broke || isTemporary(error)) || tries > 20) throw error
      await sleep(5)
    }
  }
}
