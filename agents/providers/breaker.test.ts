import { describe, expect, test } from 'vitest'
import { admits, at, type Breaker, type BreakerEvent, closed, step } from './breaker.ts'

const now = 1_000_000
const settings = { window: 4, leastCalls: 2, ratio: 0.5, openMs: 1_000, mostOpenMs: 3_000 }
const states = {
  closed,
  'closed, one failed': { status: 'closed', outcomes: [true] },
  open: { status: 'open', until: now + 500, times: 1 },
  'open, its time come': { status: 'open', until: now, times: 1 },
  'half-open': { status: 'half-open', probing: false, times: 1 },
  probing: { status: 'half-open', probing: true, times: 1 },
} satisfies { [name: string]: Breaker }
type State = keyof typeof states

const openFor = (ms: number, times: number): Breaker => ({ status: 'open', until: now + ms, times })
const probing = states.probing

/** Every state with every event: a missing one does not compile. */
const table: { [Each in State]: { [Event in BreakerEvent]: Breaker } } = {
  closed: {
    begin: closed,
    succeed: { status: 'closed', outcomes: [false] },
    fail: { status: 'closed', outcomes: [true] },
    'give-up': closed,
  },
  'closed, one failed': {
    begin: states['closed, one failed'],
    succeed: openFor(1_000, 1),
    fail: openFor(1_000, 1),
    'give-up': states['closed, one failed'],
  },
  open: { begin: states.open, succeed: states.open, fail: states.open, 'give-up': states.open },
  'open, its time come': { begin: probing, succeed: closed, fail: openFor(2_000, 2), 'give-up': states['half-open'] },
  'half-open': { begin: probing, succeed: closed, fail: openFor(2_000, 2), 'give-up': states['half-open'] },
  probing: { begin: probing, succeed: closed, fail: openFor(2_000, 2), 'give-up': states['half-open'] },
}

describe.each(Object.keys(table) as State[])('%s', state => {
  test.each(Object.keys(table[state]) as BreakerEvent[])('%s', event => {
    expect(step(states[state], event, now, settings)).toEqual(table[state][event])
  })
})

test('lets calls through while it is closed, and one of them to probe', () => {
  const through = Object.entries(states).filter(([, state]) => admits(state, now))
  expect(through.map(([name]) => name)).toEqual(['closed', 'closed, one failed', 'open, its time come', 'half-open'])
})

test('looks back on the newest calls alone', () => {
  const calls = ['fail', 'succeed', 'succeed', 'succeed', 'succeed', 'fail'] as const
  const least = { ...settings, leastCalls: 3 }
  expect(calls.reduce<Breaker>((breaker, event) => step(breaker, event, now, least), closed)).toEqual({
    status: 'closed',
    outcomes: [false, false, false, true],
  })
})

test('opens twice as long each time, up to a bound', () => {
  const third = step({ status: 'half-open', probing: true, times: 2 }, 'fail', now, settings)
  expect(third).toEqual(openFor(3_000, 3))
  expect(at(third, now + 2_999).status).toBe('open')
  expect(at(third, now + 3_000).status).toBe('half-open')
})
