import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { carriedOver, openGroupLimit, outlineOf } from './outline.ts'

function fanOut(elements: number) {
  const history = createHistory(workflows.fanOut)
  history.claim(0)
  history.finish(0, { items: Array.from({ length: elements }, (_, index) => `item-${index}`) })
  return history
}
const shown = (tasks: Parameters<typeof outlineOf>[0], toggled: number[] = []) =>
  outlineOf(tasks, new Set(toggled)).map(row => [row.index, row.depth, row.open])

test('elements stand below their map, which comes before what needs it', () => {
  expect(shown(fanOut(2).run.tasks)).toEqual([
    [0, 0, false],
    [1, 0, true],
    [3, 1, false],
    [4, 1, false],
    [2, 0, false],
  ])
})

test('a group can be closed', () => {
  expect(shown(fanOut(2).run.tasks, [1])).toEqual([
    [0, 0, false],
    [1, 0, false],
    [2, 0, false],
  ])
})

test('a large group is closed until it is opened', () => {
  const { tasks } = fanOut(openGroupLimit + 1).run
  expect(shown(tasks)).toHaveLength(3)
  expect(shown(tasks, [1])).toHaveLength(3 + openGroupLimit + 1)
})

test('what says the same is carried over as the same object, and the rest is not', () => {
  const history = fanOut(2)
  const before = outlineOf(history.run.tasks, new Set())
  history.claim(3)
  expect(carriedOver(before, outlineOf(history.run.tasks, new Set()))).toBe(before)
  const closed = carriedOver(before, outlineOf(history.run.tasks, new Set([1])))
  expect(closed).toHaveLength(3)
  expect(closed[0]).toBe(before[0])
  expect(closed[1]).not.toBe(before[1])
})
