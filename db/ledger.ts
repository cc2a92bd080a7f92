/**
 * The ledger on Postgres. A reservation locks the budgets of a call from the root down, so that no two ever wait for each
 * other, and takes from all of them or from none, in a short transaction of its own: an event never rides in it.
 */

import type { Hold, Ledger, LedgerCall, Reservation, Settlement } from '../domain/budget.ts'
import { type Sql, sqlState } from './connect.ts'
import { claimOf, type ExpireOptions, scopeName, toReservation } from './ledger-calls.ts'
import { drawFrom, forgotten, held, release } from './ledger-holds.ts'
import { type SpendLine, type SpentBy, tenantBudgets } from './tenant-budgets.ts'
import { transaction } from './transaction.ts'

export interface MoneyLedger extends Ledger {
  /**
   * Settles as unknown what has been open for longer than `afterMs` while the claim that made the call holds no lease any
   * more (a call outside of a task: by its age alone). Its reservation counts as spent.
   * @returns how many; as many as `limit` where there may be more.
   */
  expire(options: ExpireOptions): Promise<number>
  /** What was spent in a scope, by model, agent or task, the dearest first, at most 100 lines. */
  spendBy(organisationId: string, scope: LedgerCall['scopes'][number], by: SpentBy): Promise<readonly SpendLine[]>
}

export type LedgerDeps = {
  sql: Sql
  /** Told after the commit that what an organisation has spent may have changed. */
  onSettled?: (organisationId: string) => void
}

/** Throws what Postgres says. All amounts are integer micro-dollars. */
export function createLedger({ sql, onSettled = () => {} }: LedgerDeps): MoneyLedger {
  const settle = async (settlement: Settlement) => {
    const { organisationId } = await writeSettlement(sql, settlement)
    if (organisationId === null) throw new Error(`nothing was reserved for ${settlement.key}`)
    onSettled(organisationId)
  }
  return {
    reserve: call => reserve(sql, call),
    hold: hold => reserve(sql, callOf(hold)),
    async letGo(hold) {
      await release(sql, hold)
    },
    settle,
    async expire(options) {
      for (const hold of await forgotten(sql, options.limit ?? 1_000)) await release(sql, hold)
      const keys = await abandoned(sql, options)
      for (const key of keys) await settle({ key, micros: 0, usage: null, certainty: 'unknown' })
      return keys.length
    },
    state: (organisationId, scopes) => tenantBudgets({ sql, organisationId }).states(scopes),
    setLimit: (organisationId, scope, limitMicros) =>
      tenantBudgets({ sql, organisationId }).setLimit(scope, limitMicros),
    async spendBy(organisationId, scope, by) {
      const [lines] = await tenantBudgets({ sql, organisationId }).spendBy([scope], by)
      return lines ?? []
    },
  }
}

/** Once more where a scope is new, or where the same call is reserved elsewhere at this moment. */
async function reserve(sql: Sql, call: LedgerCall): Promise<Reservation> {
  for (let tries = 1; ; tries++) {
    try {
      const attempt = await tryToReserve(sql, call)
      if (attempt !== null) return toReservation(attempt, call)
      await openBudgets(sql, call)
    } catch (error) {
      // Somebody else reserved for this key after the statement began: the next one sees it.
      if (sqlState(error) !== '23505' || tries > 2) throw error
    }
  }
}

/** All of it or nothing. */
const callOf = ({ micros, ...hold }: Hold): LedgerCall => ({
  ...hold,
  ...held,
  wantMicros: micros,
  leastMicros: micros,
})

type Attempt = Parameters<typeof toReservation>[0]

/** Nothing was taken, so what was drawn from a hold for it goes back: the transaction ends with this. */
class NotTaken extends Error {
  readonly answer: Attempt | null
  constructor(answer: Attempt | null) {
    super('nothing was reserved')
    this.answer = answer
  }
}

/** null where a budget has no row yet. */
async function tryToReserve(sql: Sql, call: LedgerCall): Promise<Attempt | null> {
  // The second statement sees what was committed while the first one waited. In one, the decision could be made on a
  // budget as it was before the wait: with the lock and the decision in one statement, 14 of 150 budgets were overrun.
  return transaction(sql, async connection => {
    if (call.hold !== undefined) await drawFrom(connection, { ...call, hold: call.hold })
    const locked = await lockBudgets(connection, call)
    // Of a budget that is only now coming to be, no lock is held, and who holds it may wait for one of ours.
    if (locked.length < call.scopes.length) throw new NotTaken(null)
    const [row] = await decide(connection, call)
    if (row === undefined) throw new Error('a statement that always gives one row gave none')
    if (row.granted === null) throw new NotTaken(row)
    return row
  }).catch(error => {
    if (error instanceof NotTaken) return error.answer
    throw error
  })
}

/** From the root down, so that no two reservations ever wait for each other in a circle. */
const lockBudgets = (sql: Sql, { organisationId, scopes }: LedgerCall) => sql`
  select from unnest(${scopes.map(one => one.kind)}::text[], ${scopes.map(one => one.id)}::text[]) with ordinality as scope(kind, id, depth)
    join budgets on budgets.organisation_id = ${organisationId} and budgets.kind = scope.kind and budgets.id = scope.id
  order by scope.depth for update of budgets`

function decide(sql: Sql, call: LedgerCall) {
  const { organisationId, key, wantMicros, leastMicros } = call
  const claim = claimOf(key)
  return sql<Attempt[]>`
    with scope as materialized (
      select * from unnest(${call.scopes.map(one => one.kind)}::text[], ${call.scopes.map(one => one.id)}::text[])
        with ordinality as scope(kind, id, depth)
    ), held as materialized (
      select scope.depth, budgets.* from scope join budgets
        on budgets.organisation_id = ${organisationId} and budgets.kind = scope.kind and budgets.id = scope.id
    ), rest as materialized (
      select *, case when limit_micros is not null then greatest(0, limit_micros - reserved_micros - spent_micros) end as micros from held
    ), known as materialized (
      select reserved_micros from ledger_calls where key = ${key} and organisation_id = ${organisationId}
    ), breach as materialized (
      select * from rest where micros < ${Math.min(leastMicros, wantMicros)} order by depth limit 1
    ), taken as (
      insert into ledger_calls (key, organisation_id, scopes, run_id, task_index, epoch, provider, model, reserved_micros, state)
      select ${key}, ${organisationId}, ${call.scopes.map(scopeName)}::text[], ${claim?.runId ?? null}::uuid,
        ${claim?.taskIndex ?? null}::int, ${claim?.epoch ?? null}::int, ${call.provider}, ${call.model},
        least(${wantMicros}::bigint, min(micros)), 'open'
      from rest having not exists (select from breach) and not exists (select from known)
      returning reserved_micros
    ), raised as (
      update budgets set reserved_micros = budgets.reserved_micros + taken.reserved_micros from taken, scope
      where budgets.organisation_id = ${organisationId} and budgets.kind = scope.kind and budgets.id = scope.id
    )
    select (select reserved_micros::float8 from (select * from known union all select * from taken) as granted) as granted,
      breach.kind, breach.id, breach.limit_micros::float8 as "limitMicros",
      breach.reserved_micros::float8 as "reservedMicros", breach.spent_micros::float8 as "spentMicros"
    from (select) as always left join breach on true`
}

async function openBudgets(sql: Sql, { organisationId, scopes }: LedgerCall): Promise<void> {
  await sql`
    insert into budgets (organisation_id, kind, id)
    select ${organisationId}, kind, id
    from unnest(${scopes.map(one => one.kind)}::text[], ${scopes.map(one => one.id)}::text[]) with ordinality as scope(kind, id, depth)
    order by depth on conflict do nothing`
}

/**
 * The call's row is locked before its budgets, and changed after them: the order in which reservations wait, too. Null where
 * nothing was reserved under this key.
 */
async function writeSettlement(
  sql: Sql,
  { key, micros, usage, certainty }: Settlement,
): Promise<{ organisationId: string | null }> {
  const [row] = await sql<{ organisationId: string | null }[]>`
    with call as materialized (
      select *, case ${certainty} when 'known' then ${micros}::bigint else greatest(reserved_micros, ${micros}::bigint) end as charge
      from ledger_calls where key = ${key} and (state = 'open' or (state = 'unknown' and ${certainty} = 'known')) for update
    ), change as materialized (
      select scope.depth, call.organisation_id, split_part(scope.name, ':', 1) as kind, substr(scope.name, strpos(scope.name, ':') + 1) as id,
        case state when 'open' then reserved_micros else 0 end as released, charge - coalesce(charged_micros, 0) as added
      from call cross join unnest(scopes) with ordinality as scope(name, depth)
    ), held as materialized (
      select change.* from change join budgets using (organisation_id, kind, id) order by change.depth for update of budgets
    ), changed as (
      update budgets set reserved_micros = reserved_micros - held.released, spent_micros = spent_micros + held.added from held
      where budgets.organisation_id = held.organisation_id and budgets.kind = held.kind and budgets.id = held.id
    ), closed as (
      update ledger_calls set state = ${certainty}, charged_micros = call.charge, settled_at = now(),
        usage = coalesce(${usage === null ? null : sql.json(usage)}::jsonb, ledger_calls.usage)
      from call cross join (select count(*) from held) as locked where ledger_calls.key = call.key
    )
    select (select organisation_id from ledger_calls where key = ${key}) as "organisationId"`
  return { organisationId: row?.organisationId ?? null }
}

async function abandoned(sql: Sql, { afterMs, limit = 1_000 }: ExpireOptions): Promise<string[]> {
  const rows = await sql<{ key: string }[]>`
    select key from ledger_calls
    where state = 'open' and provider <> ${held.provider} and reserved_at < now() - ${afterMs} * interval '1 millisecond' and not exists (
      select from leases where leases.run_id = ledger_calls.run_id and leases.task_index = ledger_calls.task_index
        and leases.epoch = ledger_calls.epoch and leases.expires_at > now())
    order by reserved_at limit ${limit}`
  return rows.map(row => row.key)
}
