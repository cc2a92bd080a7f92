/** What both ledgers, the one on Postgres and its twin in memory, make of a call and of an answer. */
import type { BudgetScope, BudgetState, LedgerCall, Reservation } from '../domain/budget.ts'

export type ExpireOptions = { afterMs: number; limit?: number }

/** A scope as one word: `run:0199…`. */
export const scopeName = ({ kind, id }: BudgetScope): string => `${kind}:${id}`

/** Who makes a call, as its key `<run>/<task>/<epoch>/<call>/<try>` names them; null where no task does. */
export function claimOf(key: string): { runId: string; taskIndex: number; epoch: number } | null {
  const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,9})\/(\d{1,9})\//.exec(key)
  return found === null ? null : { runId: found[1] ?? '', taskIndex: Number(found[2]), epoch: Number(found[3]) }
}

type Breach = { [Field in keyof BudgetState]: BudgetState[Field] | null }

/** `granted` is null where nothing was: then the breach says which scope has too little left. */
export function toReservation(
  answer: Breach & { granted: number | null },
  { key, wantMicros, leastMicros }: LedgerCall,
): Reservation {
  if (answer.granted !== null) return { ok: true, grantedMicros: answer.granted }
  const { kind, id, limitMicros, reservedMicros, spentMicros } = answer
  if (kind === null || id === null) throw new Error(`the call ${key} was neither granted nor refused`)
  return {
    ok: false,
    breach: { kind, id, limitMicros, reservedMicros: reservedMicros ?? 0, spentMicros: spentMicros ?? 0 },
    neededMicros: Math.min(leastMicros, wantMicros),
  }
}
