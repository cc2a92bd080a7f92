/**
 * Money that is put aside for calls to come. A hold is a row among the calls: open as long as anything of it is left, taken
 * from by the calls that it is for, and released in the end. Its row is locked before the budgets, as that of every call is.
 */
import type { LedgerCall } from '../domain/budget.ts'
import type { Sql } from './connect.ts'

/** What stands as provider and model of a hold: nobody has been chosen yet. */
export const held = { provider: 'hold', model: 'hold' }

/**
 * Gives back so much of a hold as the call wants, in the transaction in which the call takes it. Whether the call has taken
 * its share before is asked in a second statement: it sees what was committed while the first one waited.
 */
export async function drawFrom(
  sql: Sql,
  { hold, key, organisationId, wantMicros }: LedgerCall & { hold: string },
): Promise<void> {
  await sql`select from ledger_calls where key = ${hold} for update`
  await lower(sql, { key: hold, organisationId, by: wantMicros, unless: key, release: false })
}

/** Gives all of it back; nothing where it is released already, or never was. */
export const release = (sql: Sql, { key, organisationId }: { key: string; organisationId: string }) =>
  lower(sql, { key, organisationId, by: null, unless: '', release: true })

/** `by`: null for all of it; `unless`: a call that has taken its share before. */
type Lowering = { key: string; organisationId: string; by: number | null; unless: string; release: boolean }

const lower = (sql: Sql, { key, organisationId, by, unless, release }: Lowering) => sql`
  with hold as materialized (
    select key, organisation_id, scopes, least(reserved_micros, coalesce(${by}::bigint, reserved_micros)) as micros
    from ledger_calls where key = ${key} and organisation_id = ${organisationId} and provider = ${held.provider} and state = 'open'
      and not exists (select from ledger_calls as taken where taken.key = ${unless})
    for update
  ), scope as materialized (
    select scope.depth, hold.organisation_id, hold.micros, split_part(scope.name, ':', 1) as kind,
      substr(scope.name, strpos(scope.name, ':') + 1) as id
    from hold cross join unnest(scopes) with ordinality as scope(name, depth)
  ), locked as materialized (
    select scope.* from scope join budgets using (organisation_id, kind, id) order by scope.depth for update of budgets
  ), freed as (
    update budgets set reserved_micros = reserved_micros - locked.micros from locked
    where budgets.organisation_id = locked.organisation_id and budgets.kind = locked.kind and budgets.id = locked.id
  )
  update ledger_calls set reserved_micros = ledger_calls.reserved_micros - hold.micros,
    state = case when ${release} then 'released' else state end
  from hold cross join (select count(*) from locked) as waited where ledger_calls.key = hold.key`

/** Holds of runs that have ended: nobody takes from them any more. */
export const forgotten = (sql: Sql, limit: number) => sql<{ key: string; organisationId: string }[]>`
  select key, ledger_calls.organisation_id as "organisationId" from ledger_calls
    join runs on runs.id = split_part(key, '/', 1)::uuid
  where state = 'open' and provider = ${held.provider} and runs.ended_at is not null limit ${limit}`
