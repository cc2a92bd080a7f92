import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { windowOnto } from './event-log.ts'
import { taskOf } from './event-task.ts'
import { createTaskLogs } from './task-log.ts'

const history = createHistory(workflows.diamond, { variables: { deep: true } })
history.claim(0)
history.finish(0)
history.claim(1)
history.claim(2)
history.finish(2)
const { events } = history

const own = (task: number, length = events.length) => events.slice(0, length).filter(event => taskOf(event) === task)

test('each task has the events that are about it, in order, at every moment', () => {
  const logs = createTaskLogs()
  for (const length of [events.length, 5, 0, events.length])
    for (const task of [0, 1, 2, 3]) {
      const log = logs(windowOnto(events, length), task)
      expect(Array.from({ length: log.length }, (_, index) => log.at(index))).toEqual(own(task, length))
    }
})

test('a log that was handed out goes on showing what it showed, and nothing beyond', () => {
  const logs = createTaskLogs()
  const before = logs(windowOnto(events, 8), 0)
  logs(windowOnto(events, events.length), 0)
  expect(before.length).toBe(own(0, 8).length)
  expect(() => before.at(before.length + own(0).length)).toThrow(RangeError)
})
