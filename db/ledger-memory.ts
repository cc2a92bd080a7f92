/** The ledger in memory, for tests: the same answers as on Postgres. */
import type { BudgetScope, BudgetState, LedgerCall, Reservation, Settlement } from '../domain/budget.ts'
import type { Usage } from '../domain/model.ts'
import type { MoneyLedger } from './ledger.ts'
import { claimOf, type ExpireOptions, scopeName, toReservation } from './ledger-calls.ts'
import { held } from './ledger-holds.ts'
import type { LedgerState } from './schema-money.ts'
import type { SpendLine, SpentBy } from './tenant-budgets.ts'

type Call = {
  call: LedgerCall
  state: LedgerState
  reservedMicros: number
  chargedMicros: number
  usage: Usage | null
  reservedAt: number
}

type Claim = NonNullable<ReturnType<typeof claimOf>>

export type MemoryLedgerOptions = {
  /** Milliseconds since 1970. */
  now?: () => number
  /** Whether a claim still holds its lease. */
  isHeld?: (claim: Claim) => boolean
  /** The agent that does a task; null where there is no such task. */
  agentOf?: (claim: Claim) => string | null
}

export function createMemoryLedger(options: MemoryLedgerOptions = {}): MoneyLedger {
  const { now = Date.now, isHeld = () => false, agentOf = () => null } = options
  const calls = new Map<string, Call>()
  const budgets = new Map<string, BudgetState>()

  const keyOf = (organisationId: string, scope: BudgetScope) => `${organisationId} ${scopeName(scope)}`
  const stateOf = (organisationId: string, { kind, id }: BudgetScope): BudgetState =>
    budgets.get(keyOf(organisationId, { kind, id })) ?? {
      kind,
      id,
      limitMicros: null,
      reservedMicros: 0,
      spentMicros: 0,
    }
  const add = ({ organisationId, scopes }: LedgerCall, reserved: number, spent: number) => {
    for (const scope of scopes) {
      const state = stateOf(organisationId, scope)
      const { reservedMicros, spentMicros } = state
      budgets.set(keyOf(organisationId, scope), {
        ...state,
        reservedMicros: reservedMicros + reserved,
        spentMicros: spentMicros + spent,
      })
    }
  }

  function settle({ key, micros, usage, certainty }: Settlement): void {
    const found = calls.get(key)
    if (found === undefined) throw new Error(`nothing was reserved for ${key}`)
    const { call, state, reservedMicros, chargedMicros } = found
    if (state === 'known' || (state === 'unknown' && certainty === 'unknown')) return
    const charge = certainty === 'known' ? micros : Math.max(micros, reservedMicros)
    add(call, state === 'open' ? -reservedMicros : 0, charge - chargedMicros)
    calls.set(key, { ...found, state: certainty, chargedMicros: charge, usage: usage ?? found.usage })
  }

  /** Gives back so much of a hold; null: all of it, and it is over. */
  function lower(key: string, by: number | null): number {
    const found = calls.get(key)
    if (found?.state !== 'open' || found.call.provider !== held.provider) return 0
    const micros = Math.min(found.reservedMicros, by ?? found.reservedMicros)
    add(found.call, -micros, 0)
    const state = by === null ? 'released' : 'open'
    calls.set(key, { ...found, state, reservedMicros: found.reservedMicros - micros })
    return micros
  }

  function reserve(call: LedgerCall): Reservation {
    const known = calls.get(call.key)
    if (known !== undefined) return { ok: true, grantedMicros: known.reservedMicros }
    const drawn = call.hold === undefined ? 0 : lower(call.hold, call.wantMicros)
    const states = call.scopes.map(scope => stateOf(call.organisationId, scope))
    const breach = states.find(state => remainder(state) < Math.min(call.leastMicros, call.wantMicros))
    const granted = breach === undefined ? Math.min(call.wantMicros, ...states.map(remainder)) : null
    if (granted !== null) {
      add(call, granted, 0)
      const open = { state: 'open', chargedMicros: 0, usage: null } as const
      calls.set(call.key, { call, ...open, reservedMicros: granted, reservedAt: now() })
    }
    if (granted === null && call.hold !== undefined) lower(call.hold, -drawn)
    return toReservation({ ...(breach ?? nothing), granted }, call)
  }

  return {
    reserve: async call => reserve(call),
    hold: async ({ micros, ...hold }) => reserve({ ...hold, ...held, wantMicros: micros, leastMicros: micros }),
    async letGo({ key }) {
      lower(key, null)
    },
    settle: async settlement => settle(settlement),
    async expire({ afterMs, limit = 1_000 }: ExpireOptions) {
      const abandoned = [...calls].filter(([key, { call, state, reservedAt }]) => {
        const claim = claimOf(key)
        return (
          state === 'open' &&
          call.provider !== held.provider &&
          reservedAt < now() - afterMs &&
          !(claim !== null && isHeld(claim))
        )
      })
      for (const [key] of abandoned.slice(0, limit)) settle({ key, micros: 0, usage: null, certainty: 'unknown' })
      return Math.min(abandoned.length, limit)
    },
    state: async (organisationId, scopes) => scopes.map(scope => stateOf(organisationId, scope)),
    async setLimit(organisationId, scope, limitMicros) {
      budgets.set(keyOf(organisationId, scope), { ...stateOf(organisationId, scope), limitMicros })
    },
    async spendBy(organisationId, scope, by) {
      const of = [...calls.values()].filter(
        ({ call, state }) =>
          state !== 'released' &&
          call.organisationId === organisationId &&
          call.scopes.map(scopeName).includes(scopeName(scope)),
      )
      return linesOf(of, by, agentOf)
    },
  }
}

const nothing = { kind: null, id: null, limitMicros: null, reservedMicros: null, spentMicros: null }

const remainder = ({ limitMicros, reservedMicros, spentMicros }: BudgetState): number =>
  limitMicros === null ? Number.POSITIVE_INFINITY : Math.max(0, limitMicros - reservedMicros - spentMicros)

function linesOf(calls: readonly Call[], by: SpentBy, agentOf: (claim: Claim) => string | null): SpendLine[] {
  const lines = new Map<string | null, SpendLine>()
  for (const { call, state, reservedMicros, chargedMicros, usage } of calls) {
    const name = nameOf(call, by, agentOf)
    const line = lines.get(name) ?? {
      name,
      calls: 0,
      spentMicros: 0,
      reservedMicros: 0,
      inputTokens: 0,
      outputTokens: 0,
    }
    lines.set(name, {
      name,
      calls: line.calls + 1,
      spentMicros: line.spentMicros + chargedMicros,
      reservedMicros: line.reservedMicros + (state === 'open' ? reservedMicros : 0),
      inputTokens: line.inputTokens + (usage?.input ?? 0),
      outputTokens: line.outputTokens + (usage?.output ?? 0),
    })
  }
  return [...lines.values()].sort((a, b) => b.spentMicros - a.spentMicros || compareNames(a.name, b.name)).slice(0, 100)
}

function nameOf({ key, model }: LedgerCall, by: SpentBy, agentOf: (claim: Claim) => string | null): string | null {
  if (by === 'model') return model
  const claim = claimOf(key)
  if (claim === null) return null
  return by === 'task' ? `${claim.runId}/${claim.taskIndex}` : agentOf(claim)
}

/** As Postgres orders: null last. */
const compareNames = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1
