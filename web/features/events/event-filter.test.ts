import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../../domain/run/history.ts'
import { type EventFilter, isOpen, matcherOf } from './event-filter.ts'

const history = createHistory(workflows.diamond)
history.claim(0)
history.finish(0)
history.claim(1)
history.fail(1)
const { events, run } = history

const found = (filter: Partial<EventFilter>) => {
  const { matches } = matcherOf({ text: '', types: [], task: null, ...filter }, () => run.tasks)
  return events.filter(matches).map(event => event.seq)
}

test('without a filter everything is found', () => {
  expect(found({})).toEqual(events.map(event => event.seq))
  expect(isOpen({ text: '', types: [], task: null })).toBe(true)
})

test('by type, by task, by text of type, title and line, and by all together', () => {
  const types = events.filter(event => event.type === 'TaskReady').map(event => event.seq)
  expect(found({ types: ['TaskReady'] })).toEqual(types)
  expect(found({ task: 1 }).length).toBeGreaterThan(3)
  expect(found({ text: 'IT BROKE' })).toHaveLength(1)
  expect(found({ text: 'left' })).toEqual(found({ task: 1 }))
  expect(found({ text: 'left', types: ['TaskReady'] })).toEqual(found({ task: 1, types: ['TaskReady'] }))
})

test('between slashes stands a regular expression', () => {
  expect(found({ text: '/^Task(Claimed|Failed)/' })).toEqual(found({ types: ['TaskClaimed', 'TaskFailed'] }))
})

test('one that is none finds nothing and says why', () => {
  const { matches, fault } = matcherOf({ text: '/(/', types: [], task: null }, () => run.tasks)
  expect(events.some(matches)).toBe(false)
  expect(fault).toMatch(/regular expression/i)
})
