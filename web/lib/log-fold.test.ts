import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { evolve, fold, type Run } from '../../domain/run/state.ts'
import { windowOnto } from './event-log.ts'
import { createLogFold, createLogReader, keptEvery } from './log-fold.ts'

function long(count: number): RecordedEvent[] {
  const history = createHistory(workflows.single)
  history.claim(0)
  const events = [...history.events]
  const [call] = history.say({ type: 'StartToolCall', taskIndex: 0, epoch: 1, call: 0, tool: 'shell', summary: 'ls' })
  while (call !== undefined && events.length < count) events.push({ ...call, seq: events.length + 1 })
  return events
}
const events = long(keptEvery * 2 + 17)

test('at every moment, in any order, it says what a fold from the beginning says', () => {
  const fresh = createLogFold<Run | null>(null, evolve)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: events.length }), { minLength: 1, maxLength: 10 }), moments => {
      const read = fresh()
      for (const seq of moments)
        expect(read(windowOnto(events, seq))).toEqual(seq === 0 ? null : fold(null, events.slice(0, seq)))
    }),
    { numRuns: 10 },
  )
})

test('a step back folds no more than lies between two kept states, and nothing is folded twice on the way forward', () => {
  let steps = 0
  const read = createLogReader(0, count => {
    steps += 1
    return count + 1
  })
  read(windowOnto(events, events.length))
  expect(steps).toBe(events.length)
  steps = 0
  expect(read(windowOnto(events, events.length - 100))).toBe(events.length - 100)
  expect(steps).toBeLessThan(keptEvery)
  steps = 0
  read(windowOnto(events, events.length - 99))
  expect(steps).toBe(1)
})

test('the same log gives the same object', () => {
  const read = createLogReader<readonly string[]>([], (types, event) => [...types, event.type])
  const log = windowOnto(events, 5)
  expect(read(log)).toBe(read(log))
})
