import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../../../domain/run/history.ts'
import { fold } from '../../../../domain/run/state.ts'
import { running, succeeded } from '../../../stories/histories.ts'
import { criticalTasks } from './critical.ts'

test('of two ways it is the one that takes longer', () => {
  const history = createHistory(workflows.diamond, { variables: { deep: true } })
  const left = history.run.tasks.findIndex(task => task.key === 'left')
  const keys = (now: number) => criticalTasks(history.run.tasks, now).map(index => history.run.tasks[index]?.key)
  history.claim(0)
  history.finish(0)
  const { readyAt } = history.run.tasks[left] ?? {}
  expect(readyAt).toBeGreaterThan(0)
  const path = keys((readyAt ?? 0) + 60_000)
  expect(path[0]).toBe(history.run.tasks[0]?.key)
  expect(path.length).toBeGreaterThan(2)
  for (const [place, key] of path.entries()) {
    const task = history.run.tasks.find(one => one.key === key)
    const before = history.run.tasks.findIndex(one => one.key === path[place - 1])
    if (place > 0) expect(task?.needs).toContain(before)
  }
})

test('a fan-out stands for its elements', () => {
  for (const events of [running(), succeeded()]) {
    const tasks = fold(null, events)?.tasks ?? []
    const path = criticalTasks(tasks, (events.at(-1)?.at ?? 0) + 1_000)
    expect(path.length).toBeGreaterThanOrEqual(3)
    expect(path.filter(index => tasks[index]?.groupIndex !== null)).toEqual([])
  }
  expect(criticalTasks([], 0)).toEqual([])
})
