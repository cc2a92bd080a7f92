/**
 * Money is reserved before it is spent. Budgets stand on a tree (organisation ⊃ project ⊃ run ⊃ task, runs within runs
 * included); a reservation is taken on all levels or on none. All amounts are integer micro-dollars.
 */
import type { Usage } from './model.ts'

export const budgetKinds = ['organisation', 'project', 'run', 'task'] as const
export type BudgetKind = (typeof budgetKinds)[number]
/** `id` of a task is `<run id>/<index>`. */
export type BudgetScope = { kind: BudgetKind; id: string }

export type BudgetState = BudgetScope & {
  /** null: no limit of its own. */
  limitMicros: number | null
  reservedMicros: number
  spentMicros: number
}

/** A call as the ledger knows it; `key` is `<run>/<task>/<epoch>/<call>/<try>`, and saying it twice is saying it once. */
export type LedgerCall = {
  key: string
  organisationId: string
  /** From the root down; every one is locked in this order. */
  scopes: readonly BudgetScope[]
  provider: string
  model: string
  /** What the call costs at most. */
  wantMicros: number
  /** The least with which it is worth making: its counted input and a short reply. */
  leastMicros: number
  /** The key of a hold that the call takes from first. */
  hold?: string
}

/** Money for calls to come, put aside for all of them or for none. `key` is `<run>/hold/<task>/<attempt>`. */
export type Hold = Pick<LedgerCall, 'key' | 'organisationId' | 'scopes'> & { micros: number }

export type Reservation =
  /** `wantMicros`, or what remained where that was less. */
  | { ok: true; grantedMicros: number }
  /** The first scope from the root whose remainder is below `leastMicros`. */
  | { ok: false; breach: BudgetState; neededMicros: number }

/** `unknown`: the reply was lost, so the reservation counts as spent until the provider's own figure is known. */
export type Settlement = { key: string; micros: number; usage: Usage | null; certainty: 'known' | 'unknown' }

export interface Ledger {
  reserve(call: LedgerCall): Promise<Reservation>
  /** Said twice it is held once. It is kept until it is used up or let go, or its run has ended. */
  hold(hold: Hold): Promise<Reservation>
  /** Gives back what is left of it; nothing where it is gone. */
  letGo(hold: Pick<Hold, 'key' | 'organisationId'>): Promise<void>
  /** Usage is always accepted: from a stale epoch, twice (counted once), and above the reservation. */
  settle(settlement: Settlement): Promise<void>
  state(organisationId: string, scopes: readonly BudgetScope[]): Promise<readonly BudgetState[]>
  setLimit(organisationId: string, scope: BudgetScope, limitMicros: number | null): Promise<void>
}
