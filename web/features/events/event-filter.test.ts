import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../../domain/run/history.ts'
import { type EventFilter, isOpen, matcherOf, noFilter } from './event-filter.ts'

const history = createHistory(workflows.diamond)
history.claim(0)
history.finish(0)
history.claim(1)
history.fail(1)
const { events, run } = history

const found = (filter: Partial<EventFilter>) => {
  const { matches } = matcherOf({ ...noFilter, ...filter }, () => run.tasks)
  return events.filter(matches).map(event => event.seq)
}

test('without a filter everything is found', () => {
  expect(found({})).toEqual(events.map(event => event.seq))
  expect(isOpen(noFilter)).toBe(true)
})

test('by type, by task, by text of type, title and line, and by all together', () => {
  const types = events.filter(event => event.type === 'TaskReady').map(event => event.seq)
  expect(found({ types: ['TaskReady'] })).toEqual(types)
  expect(found({ task: 1 }).length).toBeGreaterThan(3)
  expect(found({ text: 'IT BROKE' })).toHaveLength(1)
  expect(found({ text: 'left' })).toEqual(found({ task: 1 }))
  expect(found({ text: 'left', types: ['TaskReady'] })).toEqual(found({ task: 1, types: ['TaskReady'] }))
})

test('by agent, which are all tasks that use it, and by what one request caused', () => {
  const agent = run.tasks[1]?.uses ?? ''
  const tasks = run.tasks.filter(task => task.uses === agent).map(task => task.index)
  expect(found({ agent })).toEqual(tasks.flatMap(task => found({ task })).sort((a, b) => a - b))
  expect(found({ agent: 'nobody' })).toEqual([])
  expect(found({ correlation: events[0]?.correlationId ?? '' })).toHaveLength(events.length)
  expect(found({ correlation: 'another' })).toEqual([])
  expect(found({ since: 4 })).toEqual(events.slice(4).map(event => event.seq))
})

test('between slashes stands a regular expression', () => {
  expect(found({ text: '/^Task(Claimed|Failed)/' })).toEqual(found({ types: ['TaskClaimed', 'TaskFailed'] }))
})

test('one that is none finds nothing and says why', () => {
  const { matches, fault } = matcherOf({ ...noFilter, text: '/(/' }, () => run.tasks)
  expect(events.some(matches)).toBe(false)
  expect(fault).toMatch(/regular expression/i)
})
