import { describe, expect, test } from 'vitest'
import type { ProviderState } from '../agents/providers/resilience.ts'
import { adviceOn, type Seen } from './advice.ts'

const well: Seen = {
  health: { status: 'OK', version: '0', startedAt: 0, checks: [{ name: 'redis', status: 'OK', reason: '', mend: '' }] },
  work: {
    queues: [{ workerClass: 'light', ready: 3, ticketed: 0, atWork: 4, oldestMs: 2_000, slots: 4, workers: 1 }],
    openRuns: [],
    timers: { count: 2, overdue: 0, nextMs: 10 },
    leases: { held: 4, expired: 0 },
    reservations: { count: 1, micros: 10, oldestMs: 1_000 },
    openApprovals: 0,
  },
  database: {
    version: '18',
    bytes: 1,
    connections: [{ name: 'orrery', count: 20 }],
    mostConnections: 100,
    lockWaits: 0,
    cacheHits: 1,
    deadlocks: 0,
    rollbacks: 0,
    tables: [],
    answeredMs: 2,
  },
  providers: [],
  missingModel: null,
}
const work = (change: Partial<NonNullable<Seen['work']>>): Seen => ({
  ...well,
  work: { ...well.work, ...change } as Seen['work'],
})
const queue = (change: object): Seen => work({ queues: [{ ...(well.work?.queues[0] as object), ...change } as never] })
const database = (change: object): Seen => ({ ...well, database: { ...well.database, ...change } as Seen['database'] })
const gate = { name: 'acme', status: 'READY', breaker: 'closed', lastError: null, models: [] }
const provider = (change: object): Seen => ({
  ...well,
  providers: [{ ...gate, ...change } as unknown as ProviderState],
})

test('where all is well there is nothing to say', () => {
  expect(adviceOn(well)).toEqual([])
  expect(adviceOn({ ...well, work: null, database: null })).toEqual([])
})

describe('what is wrong is told with what to do about it', () => {
  test.each<[string, Seen, string, RegExp, RegExp]>([
    [
      'nobody takes work',
      queue({ slots: 0, workers: 0 }),
      'ERROR',
      /^3 tasks of class light wait/,
      /ORRERY_ROLE=worker/,
    ],
    ['all places are taken', queue({ oldestMs: 120_000 }), 'WARNING', /2 min; 4 of 4 places/, /another worker/],
    ['places are free', queue({ oldestMs: 61_000, atWork: 1 }), 'WARNING', /61 s; 1 of 4/, /maxParallel/],
    [
      'a timer is late',
      work({ timers: { count: 1, overdue: 1, nextMs: null } }),
      'WARNING',
      /^1 timer should/,
      /worker/,
    ],
    [
      'a lease ran out',
      work({ leases: { held: 0, expired: 2 } }),
      'NOTE',
      /^2 leases ran out/,
      /Nothing has to be done/,
    ],
    [
      'money was reserved long ago',
      work({ reservations: { count: 1, micros: 5, oldestMs: 1_800_000 } }),
      'NOTE',
      /30 min old/,
      /count as spent/,
    ],
    ['connections run out', database({ mostConnections: 25 }), 'WARNING', /20 of 25/, /ORRERY_DATABASE_POOL/],
    ['locks are waited for', database({ lockWaits: 9 }), 'WARNING', /^9 statements/, /pg_stat_activity/],
    ['Postgres is slow', database({ answeredMs: 812.4 }), 'WARNING', /812 ms/, /disk/],
    ['there is no model', { ...well, missingModel: 'set A_KEY' }, 'NOTE', /No real model/, /A_KEY/],
    ['a key is refused', provider({ status: 'UNAUTHORISED' }), 'ERROR', /^acme refuses its key/, /valid key/],
    ['a breaker is open', provider({ breaker: 'open' }), 'WARNING', /^acme failed too often/, /by itself/],
  ])('%s', (_, seen, level, what, mend) => {
    const told = adviceOn(seen)
    expect(told).toHaveLength(1)
    expect(told[0]?.level).toBe(level)
    expect(told[0]?.what).toMatch(what)
    expect(told[0]?.mend).toMatch(mend)
  })

  test('the most pressing first', () => {
    const down = { name: 'redis', status: 'DOWN', reason: 'gone', mend: 'start it' } as const
    const seen: Seen = { ...queue({ slots: 0 }), missingModel: 'set A_KEY', health: { ...well.health, checks: [down] } }
    expect(adviceOn(seen).map(({ level, subject }) => `${level} ${subject}`)).toEqual([
      'ERROR redis',
      'ERROR queue',
      'NOTE models',
    ])
  })
})
