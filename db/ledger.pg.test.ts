import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BudgetScope, LedgerCall } from '../domain/budget.ts'
import type { Usage } from '../domain/model.ts'
import { connect, type Sql } from './connect.ts'
import { createLedger, type MoneyLedger } from './ledger.ts'
import { createMemoryLedger } from './ledger-memory.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await testDatabase()
  sql = connect(database.url, { max: 8 })
})
afterAll(async () => {
  await sql.end({ timeout: 1 })
  await database.drop()
})

/** The claims of workers that are alive, and the agents of their tasks, as either ledger finds them. */
type World = {
  ledger: MoneyLedger
  hold(organisationId: string, runId: string): Promise<void>
  dies(runId: string): Promise<void>
}

const worlds: Record<string, () => World> = {
  'on Postgres': () => ({
    ledger: createLedger({ sql }),
    async hold(organisationId, runId) {
      await sql`insert into leases (run_id, task_index, organisation_id, epoch, worker, expires_at)
        values (${runId}, 0, ${organisationId}, 1, 'w', now() + interval '1 minute')`
      await sql`insert into tasks (run_id, index, organisation_id, project_id, status, kind, key, title, uses, worker_class,
          priority, attempt, epoch, planned_seq, last_seq)
        values (${runId}, 0, ${organisationId}, ${organisationId}, 'CLAIMED', 'work', 'k', 'T', 'code-generator', 'light', 0, 1, 1, 1, 1)`
    },
    async dies(runId) {
      await sql`update leases set expires_at = now() - interval '1 second' where run_id = ${runId}`
    },
  }),
  'in memory': () => {
    const held = new Set<string>()
    const known = new Set<string>()
    return {
      ledger: createMemoryLedger({
        isHeld: ({ runId }) => held.has(runId),
        agentOf: ({ runId, taskIndex }) => (known.has(runId) && taskIndex === 0 ? 'code-generator' : null),
      }),
      async hold(_, runId) {
        held.add(runId)
        known.add(runId)
      },
      async dies(runId) {
        held.delete(runId)
      },
    }
  },
}

/** A new organisation with one project, one run and one task, and calls of that task. */
function place() {
  const [organisationId, projectId, runId] = [randomUUID(), randomUUID(), randomUUID()]
  const organisation: BudgetScope = { kind: 'organisation', id: organisationId }
  const project: BudgetScope = { kind: 'project', id: projectId }
  const run: BudgetScope = { kind: 'run', id: runId }
  const task: BudgetScope = { kind: 'task', id: `${runId}/0` }
  const scopes = [organisation, project, run, task]
  let calls = 0
  const call = (wantMicros: number, change: Partial<LedgerCall> = {}): LedgerCall => ({
    key: `${runId}/0/1/${calls++}/0`,
    organisationId,
    scopes,
    provider: 'acme',
    model: 'acme/one',
    wantMicros,
    leastMicros: Math.ceil(wantMicros / 10),
    ...change,
  })
  return { organisationId, runId, organisation, project, run, task, scopes, call }
}

const usage: Usage = { input: 100, cacheRead: 0, cacheWrite: 0, output: 20, reasoning: 0 }
const known = (call: LedgerCall, micros: number) => ({ key: call.key, micros, usage, certainty: 'known' as const })
const unknown = (call: LedgerCall) => ({ key: call.key, micros: 0, usage: null, certainty: 'unknown' as const })

describe.each(Object.entries(worlds))('the ledger %s', (_, world) => {
  const amounts = async ({ ledger }: World, { organisationId, scopes }: ReturnType<typeof place>) =>
    (await ledger.state(organisationId, scopes)).map(one => [one.reservedMicros, one.spentMicros])
  const everywhere = (reserved: number, spent: number) => Array.from({ length: 4 }, () => [reserved, spent])

  test('reserves on all levels, and settles on what the provider said', async () => {
    const [on, at] = [world(), place()]
    const call = at.call(500)
    expect(await on.ledger.reserve(call)).toEqual({ ok: true, grantedMicros: 500 })
    expect(await amounts(on, at)).toEqual(everywhere(500, 0))
    await on.ledger.settle(known(call, 320))
    expect(await amounts(on, at)).toEqual(everywhere(0, 320))
    expect(await on.ledger.state(at.organisationId, [at.run])).toEqual([
      { ...at.run, limitMicros: null, reservedMicros: 0, spentMicros: 320 },
    ])
  })

  test('takes saying a thing twice for saying it once', async () => {
    const [on, at] = [world(), place()]
    const call = at.call(500)
    const answers = await Promise.all([1, 2, 3, 4].map(() => on.ledger.reserve(call)))
    expect(answers).toEqual(answers.map(() => ({ ok: true, grantedMicros: 500 })))
    expect(await amounts(on, at)).toEqual(everywhere(500, 0))
    await Promise.all([1, 2, 3, 4].map(() => on.ledger.settle(known(call, 320))))
    await on.ledger.settle(known(call, 999))
    await on.ledger.settle(unknown(call))
    expect(await on.ledger.reserve(call)).toEqual({ ok: true, grantedMicros: 500 })
    expect(await amounts(on, at)).toEqual(everywhere(0, 320))
  })

  test.each(['organisation', 'project', 'run', 'task'] as const)(
    'refuses on all levels what the %s cannot bear',
    async kind => {
      const [on, at] = [world(), place()]
      await on.ledger.setLimit(at.organisationId, at[kind], 1_000)
      const first = at.call(900)
      await on.ledger.reserve(first)
      expect(await on.ledger.reserve(at.call(2_000, { leastMicros: 101 }))).toEqual({
        ok: false,
        breach: { ...at[kind], limitMicros: 1_000, reservedMicros: 900, spentMicros: 0 },
        neededMicros: 101,
      })
      expect(await amounts(on, at)).toEqual(everywhere(900, 0))
      await on.ledger.settle(known(first, 100))
      expect((await on.ledger.reserve(at.call(900))).ok).toBe(true)
    },
  )

  test('names the first scope from the root that is short', async () => {
    const [on, at] = [world(), place()]
    for (const scope of [at.task, at.run, at.project]) await on.ledger.setLimit(at.organisationId, scope, 10)
    expect(await on.ledger.reserve(at.call(500))).toMatchObject({ ok: false, breach: at.project })
  })

  test('grants what remains where that is still worth a call, the least of all levels', async () => {
    const [on, at] = [world(), place()]
    await on.ledger.setLimit(at.organisationId, at.run, 800)
    await on.ledger.setLimit(at.organisationId, at.project, 700)
    expect(await on.ledger.reserve(at.call(1_000, { leastMicros: 700 }))).toEqual({ ok: true, grantedMicros: 700 })
    expect(await amounts(on, at)).toEqual(everywhere(700, 0))
  })

  test('never refuses what costs nothing, and accepts usage above the reservation', async () => {
    const [on, at] = [world(), place()]
    await on.ledger.setLimit(at.organisationId, at.run, 100)
    const call = at.call(100)
    await on.ledger.reserve(call)
    await on.ledger.settle(known(call, 150))
    expect(await amounts(on, at)).toEqual(everywhere(0, 150))
    expect((await on.ledger.reserve(at.call(1))).ok).toBe(false)
    expect(await on.ledger.reserve(at.call(0))).toEqual({ ok: true, grantedMicros: 0 })
  })

  test('counts a lost reply at its reservation until its price is known', async () => {
    const [on, at] = [world(), place()]
    const call = at.call(500)
    await on.ledger.reserve(call)
    await on.ledger.settle(unknown(call))
    await on.ledger.settle(unknown(call))
    expect(await amounts(on, at)).toEqual(everywhere(0, 500))
    await on.ledger.settle(known(call, 120))
    await on.ledger.settle(known(call, 130))
    expect(await amounts(on, at)).toEqual(everywhere(0, 120))
  })

  test('takes usage from a claim that is over', async () => {
    const [on, at] = [world(), place()]
    const [stale, next] = [at.call(500), at.call(400, { key: `${at.runId}/0/2/0/0` })]
    await on.ledger.reserve(stale)
    await on.ledger.reserve(next)
    await on.ledger.settle(known(next, 10))
    await on.ledger.settle(known(stale, 20))
    expect(await amounts(on, at)).toEqual(everywhere(0, 30))
  })

  test('says so where nothing was reserved', async () => {
    const [on, at] = [world(), place()]
    await expect(on.ledger.settle(known(at.call(5), 5))).rejects.toThrow(/nothing was reserved for/)
  })

  test('knows runs within runs', async () => {
    const [on, at] = [world(), place()]
    const inner: BudgetScope = { kind: 'run', id: randomUUID() }
    const scopes = [at.organisation, at.project, at.run, inner, { kind: 'task' as const, id: `${inner.id}/4` }]
    await on.ledger.setLimit(at.organisationId, at.run, 1_000)
    const call = at.call(600, { scopes, key: `${inner.id}/4/1/0/0` })
    await on.ledger.reserve(call)
    expect(await on.ledger.reserve(at.call(600, { leastMicros: 600 }))).toMatchObject({ ok: false, breach: at.run })
    await on.ledger.settle(known(call, 300))
    const states = await on.ledger.state(at.organisationId, [at.run, inner, at.task])
    expect(states.map(one => one.spentMicros)).toEqual([300, 300, 0])
  })

  test('keeps organisations apart, whatever their scopes are called', async () => {
    const [on, at, other] = [world(), place(), randomUUID()]
    await on.ledger.setLimit(other, at.run, 1)
    expect((await on.ledger.reserve(at.call(500))).ok).toBe(true)
    expect(await on.ledger.state(other, [at.run])).toEqual([
      { ...at.run, limitMicros: 1, reservedMicros: 0, spentMicros: 0 },
    ])
    expect(await on.ledger.spendBy(other, at.run, 'model')).toEqual([])
  })

  test('holds money for calls to come, which nobody else is given', async () => {
    const [on, at] = [world(), place()]
    await on.ledger.setLimit(at.organisationId, at.project, 1_000)
    const scopes = [at.organisation, at.project, at.run]
    const hold = { key: `${at.runId}/hold/0/1`, organisationId: at.organisationId, scopes, micros: 800 }
    expect(await on.ledger.hold({ ...hold, micros: 1_001 })).toMatchObject({ ok: false, neededMicros: 1_001 })
    expect(await on.ledger.hold(hold)).toEqual({ ok: true, grantedMicros: 800 })
    expect(await on.ledger.hold(hold)).toEqual({ ok: true, grantedMicros: 800 })
    expect(await on.ledger.reserve(at.call(300, { leastMicros: 300 }))).toMatchObject({ ok: false })
    // Many at once take from it, each once, and what they take is reserved once.
    const calls = [1, 2, 3].map(() => at.call(200, { hold: hold.key }))
    const answers = await Promise.all([...calls, ...calls].map(call => on.ledger.reserve(call)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(6)
    const reserved = async () => (await on.ledger.state(at.organisationId, [at.project]))[0]?.reservedMicros
    expect(await reserved()).toBe(800)
    // What it does not hold is taken from the rest, or refused, and then nothing is gone.
    expect(await on.ledger.reserve(at.call(500, { hold: hold.key, leastMicros: 500 }))).toMatchObject({ ok: false })
    expect(await reserved()).toBe(800)
    expect(await on.ledger.reserve(at.call(400, { hold: hold.key, leastMicros: 400 }))).toMatchObject({ ok: true })
    expect(await reserved()).toBe(1_000)
    for (const call of calls) await on.ledger.settle(known(call, 100))
    expect(await reserved()).toBe(400)
  })

  test('lets go of what is left of a hold, once, and does not take it for a lost call before', async () => {
    const [on, at] = [world(), place()]
    const hold = { key: `${at.runId}/hold/0/1`, organisationId: at.organisationId, scopes: at.scopes, micros: 800 }
    await on.ledger.hold(hold)
    await on.ledger.reserve(at.call(300, { hold: hold.key }))
    await new Promise(resolve => setTimeout(resolve, 5))
    await on.hold(at.organisationId, at.runId)
    await on.ledger.expire({ afterMs: 0 })
    expect(await amounts(on, at)).toEqual(everywhere(800, 0))
    for (let times = 0; times < 2; times++) await on.ledger.letGo(hold)
    expect(await amounts(on, at)).toEqual(everywhere(300, 0))
    expect(await on.ledger.spendBy(at.organisationId, at.run, 'model')).toMatchObject([{ name: 'acme/one', calls: 1 }])
  })

  test('settles what a dead worker left as unknown, and what a living one does not at all', async () => {
    const [on, at, dead] = [world(), place(), place()]
    await on.ledger.expire({ afterMs: 0 })
    for (const one of [at, dead]) await on.hold(one.organisationId, one.runId)
    const [alive, left, outside] = [at.call(500), dead.call(300), dead.call(70, { key: 'proposal-1' })]
    for (const call of [alive, left]) await on.ledger.reserve(call)
    await on.ledger.reserve(outside)
    await on.dies(dead.runId)
    expect(await on.ledger.expire({ afterMs: 60_000 })).toBe(0)
    // What is as young as the question is not older than nothing.
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(await on.ledger.expire({ afterMs: 0 })).toBe(2)
    expect(await on.ledger.expire({ afterMs: 0 })).toBe(0)
    expect(await amounts(on, at)).toEqual(everywhere(500, 0))
    expect(await amounts(on, dead)).toEqual(everywhere(0, 370))
    await on.ledger.settle(known(left, 40))
    expect(await amounts(on, dead)).toEqual(everywhere(0, 110))
    await on.ledger.settle(known(alive, 1))
  })

  test('tells what was spent by model, agent and task', async () => {
    const [on, at] = [world(), place()]
    await on.hold(at.organisationId, at.runId)
    const calls = [
      at.call(500),
      at.call(500, { model: 'acme/two' }),
      at.call(90, { key: `${at.runId}/7/1/0/0` }),
      at.call(30, { key: 'proposal-2' }),
    ]
    for (const call of calls) await on.ledger.reserve(call)
    const [one, two, three] = calls as [LedgerCall, LedgerCall, LedgerCall]
    await on.ledger.settle(known(one, 200))
    await on.ledger.settle(known(two, 300))
    await on.ledger.settle(known(three, 10))
    const by = async (dimension: 'model' | 'agent' | 'task') =>
      (await on.ledger.spendBy(at.organisationId, at.project, dimension)).map(line => [
        line.name,
        line.calls,
        line.spentMicros,
        line.reservedMicros,
      ])
    expect(await by('model')).toEqual([
      ['acme/two', 1, 300, 0],
      ['acme/one', 3, 210, 30],
    ])
    expect(await by('agent')).toEqual([
      ['code-generator', 2, 500, 0],
      [null, 2, 10, 30],
    ])
    expect(await by('task')).toEqual([
      [`${at.runId}/0`, 2, 500, 0],
      [`${at.runId}/7`, 1, 10, 0],
      [null, 1, 0, 30],
    ])
    const [first] = await on.ledger.spendBy(at.organisationId, at.run, 'model')
    expect(first).toMatchObject({ inputTokens: 100, outputTokens: 20 })
  })

  test('is never overdrawn by many at once, and loses nothing', async () => {
    const [on, at] = [world(), place()]
    await on.ledger.setLimit(at.organisationId, at.project, 10_000)
    const runs = Array.from({ length: 8 }, () => randomUUID())
    const calls = Array.from({ length: 200 }, (_, index) => {
      const id = runs[index % runs.length] ?? ''
      const scopes = [at.organisation, at.project, { kind: 'run' as const, id }]
      return at.call(100, { scopes, key: `${id}/0/1/${index}/0`, leastMicros: 100 })
    })
    const answers = await Promise.all(calls.map(call => on.ledger.reserve(call)))
    expect(answers.filter(answer => answer.ok)).toHaveLength(100)
    const granted = calls.filter((_, index) => answers[index]?.ok)
    await Promise.all(granted.map(call => on.ledger.settle(known(call, 99))))
    const [organisation, project] = await on.ledger.state(at.organisationId, [at.organisation, at.project])
    expect(organisation).toMatchObject({ reservedMicros: 0, spentMicros: 9_900 })
    expect(project).toMatchObject({ reservedMicros: 0, spentMicros: 9_900 })
    const each = await on.ledger.state(
      at.organisationId,
      runs.map(id => ({ kind: 'run' as const, id })),
    )
    expect(each.reduce((sum, one) => sum + one.spentMicros, 0)).toBe(9_900)
  })
})

describe('while somebody else changes a budget', () => {
  /** Says `work` while a transaction that has not ended yet has spent 950 of 1,000 on the run. */
  async function meanwhile<T>(at: ReturnType<typeof place>, work: () => Promise<T>): Promise<T> {
    const [pending] = await sql.begin(async transaction => {
      await transaction`update budgets set spent_micros = spent_micros + 950 where id = ${at.runId}`
      const waiting = work()
      waiting.catch(() => {})
      await new Promise(resolve => setTimeout(resolve, 100))
      return [waiting]
    })
    return pending as T
  }

  test('a reservation waits, and decides on what is there then', async () => {
    const [ledger, at] = [createLedger({ sql }), place()]
    await ledger.setLimit(at.organisationId, at.run, 1_000)
    await ledger.reserve(at.call(0))
    const answer = await meanwhile(at, () => ledger.reserve(at.call(100, { leastMicros: 51 })))
    expect(answer).toMatchObject({ ok: false, breach: { ...at.run, spentMicros: 950, reservedMicros: 0 } })
    expect(await ledger.reserve(at.call(100, { leastMicros: 50 }))).toEqual({ ok: true, grantedMicros: 50 })
  })

  test('a settlement waits, and adds to what is there then', async () => {
    const [ledger, at] = [createLedger({ sql }), place()]
    const call = at.call(40)
    await ledger.reserve(call)
    await meanwhile(at, () => ledger.settle(known(call, 30)))
    expect(await ledger.state(at.organisationId, [at.run])).toMatchObject([{ spentMicros: 980, reservedMicros: 0 }])
  })

  test('neither waits for the other in a circle', async () => {
    const [ledger, at] = [createLedger({ sql }), place()]
    for (let round = 0; round < 30; round++) {
      const call = at.call(10)
      await ledger.reserve(call)
      await Promise.all([
        ledger.settle(known(call, 5)),
        ledger.reserve(call),
        ledger.settle(unknown(call)),
        ledger.reserve(at.call(1)),
      ])
    }
    const [run] = await ledger.state(at.organisationId, [at.run])
    expect(run?.reservedMicros).toBe(30)
    expect(run?.spentMicros).toBe(150)
  })
})

test('the running system can delete nothing of what was spent', async () => {
  await expect(sql`delete from ledger_calls`).rejects.toThrow(/permission denied/)
  await expect(sql`delete from budgets`).rejects.toThrow(/permission denied/)
})
