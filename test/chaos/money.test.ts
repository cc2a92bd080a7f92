/**
 * No budget is overrun on any level, whatever dies when, and next to nothing of one stays unused. `npm test` does some
 * hundred runs, `npm run soak` 10,000: `SOAK_SEED=7 SOAK_RUNS=500 npm run soak`.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, type Sql } from '../../db/connect.ts'
import { createLedger } from '../../db/ledger.ts'
import { type TestDatabase, testDatabase } from '../../db/testing.ts'
import type { BudgetScope } from '../../domain/budget.ts'
import { draw } from '../../domain/run/retry.ts'
import { insist, type Spender, spend, type Tally } from './spending.ts'

const soak = process.env.SOAK !== undefined
const seed = Number(process.env.SOAK_SEED ?? 1)
const runs = Number(process.env.SOAK_RUNS ?? (soak ? 10_000 : 300))
const concurrent = 32

let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await testDatabase()
  // An overrun is refused at the moment at which it would come about. Here no call charges more than it was granted.
  await database.sql`alter table budgets add constraint never_overrun
    check (reserved_micros >= 0 and reserved_micros + spent_micros <= coalesce(limit_micros, reserved_micros + spent_micros))`
  sql = connect(database.url, { max: 16, applicationName: 'spenders' })
})
afterAll(async () => {
  await sql?.end({ timeout: 1 })
  await database?.drop()
})

it(
  `${runs} runs at ${concurrent} calls at once, with crashes, spend what they may and no more`,
  async () => {
    let draws = 0
    const on: Spender = {
      sql,
      ledger: createLedger({ sql }),
      random: () => draw(seed, draws++),
      organisationId: randomUUID(),
    }
    const tally: Tally = { charged: new Map(), lost: new Set(), refused: 0 }
    // A run wants about 33,000, of which each project has two thirds for its share of the runs, and the last one no limit.
    const projects = Array.from({ length: 3 }, (): BudgetScope => ({ kind: 'project', id: randomUUID() }))
    const limitMicros = Math.ceil((runs / projects.length) * 22_000)
    for (const project of projects.slice(0, -1)) await on.ledger.setLimit(on.organisationId, project, limitMicros)

    let left = runs
    const done = new AbortController()
    const watchers = [
      repeatedly(done.signal, 30, () => on.ledger.expire({ afterMs: 0 })),
      repeatedly(done.signal, 150, () => breakConnection(database.sql)),
    ]
    const spenders = Array.from({ length: concurrent }, async () => {
      while (left-- > 0) await spend(on, tally, projects[left % projects.length] as BudgetScope, [])
    })
    // A watcher only ends before its time where it fails, and what spenders wait for then never comes.
    await Promise.race([Promise.all(spenders), ...watchers])
    done.abort()
    await Promise.all(watchers)
    await insist(() => on.ledger.expire({ afterMs: 0, limit: 100_000 }))

    expect(await differences(sql, tally)).toEqual([])
    const states = await on.ledger.state(on.organisationId, projects)
    expect(states.map(one => one.reservedMicros)).toEqual(projects.map(() => 0))
    for (const { spentMicros } of states.slice(0, -1)) {
      expect(spentMicros).toBeLessThanOrEqual(limitMicros)
      expect(spentMicros).toBeGreaterThanOrEqual(0.99 * limitMicros)
    }
    expect(tally.lost.size).toBeGreaterThan(runs / 10)
    expect(tally.refused).toBeGreaterThan(projects.length)
  },
  60 * 60_000,
)

/** Cuts the connection of one spender, in the middle of whatever it does. */
const breakConnection = (owner: Sql) => owner`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'spenders'
    -- The driver's own first question is nobody's to catch.
    and query <> '' and query not like '%pg_catalog%' order by random() limit 1`

async function repeatedly(signal: AbortSignal, everyMs: number, work: () => PromiseLike<unknown>): Promise<void> {
  while (!signal.aborted) {
    await insist(work)
    await sleep(everyMs)
  }
}

/** Where our ledger, its budgets and the provider's own ledger do not say the same. */
async function differences(sql: Sql, { charged, lost }: Tally): Promise<string[]> {
  const found: string[] = []
  const calls = await sql<{ key: string; state: string; reserved: number; charged: number }[]>`
    select key, state, reserved_micros::float8 as reserved, charged_micros::float8 as charged from ledger_calls
    where provider <> 'hold'`
  const known = new Map(calls.map(call => [call.key, call]))
  for (const [key, micros] of charged)
    if (!known.has(key)) found.push(`${key}: charged ${micros}, and not in the ledger`)
  for (const call of calls) {
    const micros = charged.get(call.key) ?? 0
    const right = lost.has(call.key)
      ? call.state === 'unknown' && call.charged === call.reserved && micros <= call.charged
      : call.state === 'known' && call.charged === micros
    if (!right) found.push(`${call.key}: ${JSON.stringify(call)}, and the provider charged ${micros}`)
  }
  const sums = await sql<{ name: string }[]>`
    select kind || ':' || id as name from budgets left join (
      select scope, sum(charged_micros) as micros from ledger_calls, unnest(scopes) as scope group by scope
    ) as calls on scope = kind || ':' || id
    where spent_micros <> coalesce(micros, 0)`
  return [...found, ...sums.map(row => `${row.name}: spent is not the sum of its calls`)]
}
