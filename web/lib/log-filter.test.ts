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
