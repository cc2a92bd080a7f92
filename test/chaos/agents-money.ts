/** I5: what was spent, held against the ledger of whoever was paid. */
import type { Sql } from '../../db/connect.ts'
import type { Charge } from './agents-provider.ts'

type Row = { run_id: string; key: string; state: string; reserved: number; charged: number | null }

/**
 * Where the two ledgers do not say the same, run by run: every charge that we know is one of the provider's, every other
 * one of the provider's is covered by a call that we call unknown, and what a budget has spent is the sum of its calls.
 */
export async function differences(sql: Sql, charges: readonly Charge[]): Promise<string[]> {
  const rows = await sql<Row[]>`
    select run_id, key, state, reserved_micros::float8 as reserved, charged_micros::float8 as charged from ledger_calls`
  const found = rows.filter(({ state }) => state === 'open').map(({ key }) => `${key}: is still open`)
  const runIds = new Set([...rows.map(row => row.run_id), ...charges.map(({ asked }) => runOf(asked))])
  for (const runId of runIds)
    found.push(
      ...ofRun(
        rows.filter(row => row.run_id === runId),
        charges.filter(({ asked }) => runOf(asked) === runId),
      ).map(what => `run ${runId}: ${what}`),
    )
  return [...found, ...(await unequalSums(sql)), ...(await askedTooOften(sql, charges))]
}

const runOf = (asked: string): string => asked.split('/')[0] ?? ''

function ofRun(rows: readonly Row[], charges: readonly Charge[]): string[] {
  const found: string[] = []
  const left = charges.map(({ micros }) => micros)
  for (const { key, state, charged, reserved } of rows) {
    if ((charged ?? 0) > reserved) found.push(`${key} was charged ${charged}, and ${reserved} was reserved`)
    if (state !== 'known' || charged === 0) continue
    const index = left.indexOf(charged ?? 0)
    if (index < 0) found.push(`${key} was charged ${charged}, which the provider knows nothing of`)
    else left.splice(index, 1)
  }
  const unknown = rows.flatMap(({ state, charged }) => (state === 'unknown' ? [charged ?? 0] : []))
  const descending = (a: number, b: number) => b - a
  unknown.sort(descending)
  for (const [index, micros] of left.sort(descending).entries())
    if ((unknown[index] ?? -1) < micros) found.push(`the provider charged ${micros}, and no call of ours covers it`)
  return found
}

async function unequalSums(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select kind || ':' || id as name from budgets left join (
      select scope, sum(charged_micros) as micros from ledger_calls, unnest(scopes) as scope group by scope
    ) as calls on scope = kind || ':' || id
    where spent_micros <> coalesce(micros, 0) or reserved_micros <> 0`
  return rows.map(({ name }) => `${name}: spent is not the sum of its calls`)
}

/** Nothing is asked of a provider that was not said before, and nothing that is recorded is asked for again. */
async function askedTooOften(sql: Sql, charges: readonly Charge[]): Promise<string[]> {
  const said = await sql<{ purpose: string; begun: number; answered: number }[]>`
    select data ->> 'purpose' as purpose, count(*)::int as begun, (
      select count(*)::int from events done where done.run_id = events.run_id and done.type = 'ModelCallFinished'
        and done.task_index = events.task_index and done.data ->> 'call' = min(events.data ->> 'call')
        and done.data ->> 'attempt' = max(events.data ->> 'attempt')) as answered
    from events where type = 'ModelCallStarted' group by run_id, task_index, data ->> 'purpose'`
  return said.flatMap(({ purpose, begun, answered }) => {
    const asked = charges.filter(charge => charge.asked === purpose).length
    if (asked > begun) return [`${purpose}: asked ${asked} times, and begun ${begun} times`]
    return answered > 1 ? [`${purpose}: answered ${answered} times in one attempt`] : []
  })
}
