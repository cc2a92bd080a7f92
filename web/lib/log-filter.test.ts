import { expect, test, vi } from 'vitest'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { windowOnto } from './event-log.ts'
import { createLogFilter } from './log-filter.ts'

test('each event is looked at once, however often a growing log is read', () => {
  const run = createHistory(workflows.diamond)
  run.claim(0)
  run.finish(0)
  const { events } = run
  const matches = vi.fn((event: (typeof events)[number]) => event.type === 'TaskReady')
  const read = createLogFilter(matches)
  const first = read(windowOnto(events, 4))
  const second = read(windowOnto(events, events.length))
  expect(read(windowOnto(events, events.length))).toBe(second)
  expect(second.map(place => events[place]?.type)).toEqual(
    events.filter(event => event.type === 'TaskReady').map(event => event.type),
  )
  expect(second.slice(0, first.length)).toEqual(first)
  expect(matches).toHaveBeenCalledTimes(events.length)
})

test('a look at the past finds what had happened by then, and the present is found again', () => {
  const { events } = createHistory(workflows.diamond)
  const read = createLogFilter(event => event.type === 'TaskPlanned')
  const now = read(windowOnto(events, events.length))
  const third = (now[2] ?? 0) + 1
  expect(read(windowOnto(events, third))).toEqual(now.slice(0, 3))
  expect(read(windowOnto(events, third))).toBe(read(windowOnto(events, third)))
  expect(read(windowOnto(events, events.length))).toBe(now)
})

test('events before the first place that can match are not looked at', () => {
  const { events } = createHistory(workflows.diamond)
  const matches = vi.fn(() => true)
  const read = createLogFilter(matches, 3)
  expect(read(windowOnto(events, 2))).toEqual([])
  expect(read(windowOnto(events, 5))).toEqual([3, 4])
  expect(matches).toHaveBeenCalledTimes(2)
})
