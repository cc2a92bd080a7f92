/** Claims against a Postgres that answers as a test says: what no real one can be made to do. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Sql } from '../db/connect.ts'
import { createClaims } from './claims.ts'

const key = { runId: 'run', taskIndex: 0, epoch: 1 }
let now = 0
let answer: () => Promise<{ answer: string }[]>
const reports = vi.fn()

function setup() {
  // The one statement that is made of it, whatever it says.
  const sql = (() => answer()) as unknown as Sql
  return createClaims({ sql, worker: 'w', leaseMs: 900, renewMs: 100, report: reports, clock: () => now })
}

/** Time goes by here and on the clock of the claims. */
async function pass(ms: number, step = 50) {
  for (let gone = 0; gone < ms; gone += step) {
    now += step
    await vi.advanceTimersByTimeAsync(step)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  now = 0
  reports.mockClear()
  answer = async () => [{ ...key, answer: 'held' }]
})
afterEach(() => vi.useRealTimers())

test('a claim is held for as long as it is renewed', async () => {
  const claims = setup()
  const claim = claims.hold(key, now)
  await pass(5_000)
  expect(claim.ended).toBeNull()
  expect(() => claim.check()).not.toThrow()
  claims.stop()
})

test('one that was lost ends with its signal, and says so to whoever goes on', async () => {
  const claims = setup()
  const claim = claims.hold(key, now)
  answer = async () => [{ ...key, answer: 'lost' }]
  await pass(150)
  expect(claim.ended).toBe('lost')
  expect(claim.signal.reason).toMatchObject({ code: 'STALE_EPOCH' })
  expect(() => claim.check()).toThrow('is over')
  claims.stop()
})

test('one that cannot be renewed ends after two thirds of its lease', async () => {
  const claims = setup()
  const claim = claims.hold(key, now)
  answer = () => Promise.reject(new Error('away'))
  await pass(550)
  expect(claim.ended).toBeNull()
  await pass(200)
  expect(claim.ended).toBe('unrenewed')
  expect(reports).toHaveBeenCalledWith('renewing leases', expect.any(Error))
  claims.stop()
})

test('an answer that does not come keeps nobody from asking again', async () => {
  const claims = setup()
  const claim = claims.hold(key, now)
  answer = () => new Promise(() => {})
  await pass(250)
  answer = async () => [{ ...key, answer: 'held' }]
  await pass(2_000)
  expect(claim.ended).toBeNull()
  expect(reports).toHaveBeenCalledWith(
    'renewing leases',
    expect.objectContaining({ message: expect.stringContaining('did not answer') }),
  )
  claims.stop()
})

test('a process that stood still knows it before its timers do', () => {
  const claims = setup()
  const claim = claims.hold(key, now)
  now += 601
  expect(() => claim.check()).toThrow('could not be renewed')
  expect(claim.signal.aborted).toBe(true)
  claims.stop()
})

test('the first reason to end stays', () => {
  const claims = setup()
  const claim = claims.hold(key, now)
  claim.end('deadline')
  claim.end('drain')
  expect(claim.ended).toBe('deadline')
  expect(claim.signal.reason).toMatchObject({ code: 'TIMEOUT' })
  claims.stop()
})

test('news of its run is asked about at once, news of others never', async () => {
  const asked = vi.fn(async () => [{ ...key, answer: 'held' }])
  answer = asked
  const claims = setup()
  claims.hold(key, now)
  claims.hearOf(['another'])
  await vi.advanceTimersByTimeAsync(60)
  expect(asked).not.toHaveBeenCalled()
  claims.hearOf(['run'])
  claims.hearOf(['run'])
  await vi.advanceTimersByTimeAsync(30)
  await vi.advanceTimersByTimeAsync(25)
  expect(asked.mock.calls.length).toBeGreaterThan(0)
  claims.stop()
})
