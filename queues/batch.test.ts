import { expect, test } from 'vitest'
import type { RecordedEvent } from '../domain/run/events.ts'
import { isTerminal, maxBatchBytes, maxBatchEvents, slices } from './batch.ts'

const event = (seq: number, bytes = 10, type = 'RunPaused') =>
  ({ type, seq, data: { reason: 'x'.repeat(bytes) } }) as unknown as RecordedEvent
const seqs = (events: readonly RecordedEvent[]) => slices(events).map(slice => slice.events.map(one => one.seq))

test('a slice holds at most 256 events', () => {
  const events = Array.from({ length: 600 }, (_, index) => event(index + 1))
  expect(slices(events).map(slice => slice.events.length)).toEqual([maxBatchEvents, maxBatchEvents, 88])
  expect(slices(events).flatMap(slice => slice.events)).toEqual(events)
})

test('a slice holds at most a mebibyte, and one event alone whatever it weighs', () => {
  const half = maxBatchBytes / 2
  expect(seqs([event(1, half), event(2, half), event(3, 10), event(4, 3 * half), event(5, 10)])).toEqual([
    [1],
    [2, 3],
    [4],
    [5],
  ])
  expect(slices([event(1, 1_000), event(2, 1_000)])[0]?.bytes).toBeGreaterThan(2_000)
})

test('nothing is no slice', () => {
  expect(slices([])).toEqual([])
})

test('a run ends with one of three events', () => {
  const ending = ['RunSucceeded', 'RunFailed', 'RunCancelled', 'RunReopened', 'TaskFailed'].filter(type =>
    isTerminal(event(1, 0, type)),
  )
  expect(ending).toEqual(['RunSucceeded', 'RunFailed', 'RunCancelled'])
  expect(isTerminal(undefined)).toBe(false)
})
