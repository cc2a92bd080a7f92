import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { windowOnto } from '../../lib/event-log.ts'
import { createModelCallReader } from './model-calls.ts'

let seq = 0
const event = (type: string, data: object): RecordedEvent =>
  ({ seq: ++seq, at: seq * 1_000, type, data: { taskIndex: 1, call: 0, tryIndex: 0, ...data } }) as never

const weighed = [
  { model: 'a/dear', propensity: 0.2, excluded: null },
  { model: 'a/cheap', propensity: 0.8, excluded: null },
  { model: 'a/small', propensity: 0, excluded: 'its context is too short' },
]
const started = { model: 'a/cheap', purpose: 'turn 1', simulated: true }

test('a call carries its tokens, its price, and what it was drawn from', () => {
  const events = [
    event('ModelRouted', { model: 'a/cheap', reason: 'drawn', candidates: weighed }),
    event('ModelCallStarted', started),
    event('ModelCallFinished', { inputTokens: 10, outputTokens: 5, costMicros: 7, durationMs: 40, certainty: 'known' }),
    event('ModelCallStarted', { ...started, call: 2, taskIndex: 0 }),
  ]
  const read = createModelCallReader(1)
  expect(read(windowOnto(events, 2))).toMatchObject([{ purpose: 'turn 1', durationMs: null, costMicros: 0 }])
  const [call, ...more] = read(windowOnto(events, events.length))
  expect(more).toEqual([])
  expect(call).toMatchObject({ inputTokens: 10, outputTokens: 5, costMicros: 7, durationMs: 40, reason: 'drawn' })
  expect(call?.candidates.map(({ model }) => model)).toEqual(['a/cheap', 'a/dear', 'a/small'])
})

test('a try that failed stays beside the one that followed', () => {
  const events = [
    event('ModelCallStarted', started),
    event('ModelCallFailed', { costMicros: 3, certainty: 'unknown', error: { message: 'overloaded' } }),
    event('ModelCallStarted', { ...started, tryIndex: 1 }),
  ]
  const calls = createModelCallReader(1)(windowOnto(events, events.length))
  expect(calls.map(({ fault, uncertain, tryIndex }) => ({ fault, uncertain, tryIndex }))).toEqual([
    { fault: 'overloaded', uncertain: true, tryIndex: 0 },
    { fault: null, uncertain: false, tryIndex: 1 },
  ])
})
