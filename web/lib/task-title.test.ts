import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { elementTitle, titleAt, titleOf } from './task-title.ts'

const run = createHistory(workflows.fanOut)
run.claim(0)
run.finish(0, { items: ['a', 'b'] })
const [, map, , first] = run.run.tasks
if (map === undefined || first === undefined) throw new Error('the map did not expand')

test('a map is titled without the place of its element', () => {
  expect(titleOf(map)).toBe('Look at')
  expect(titleOf({ ...map, title: '{item.title}', key: 'dead-code' })).toBe('Dead code')
  expect(titleOf({ ...map, title: 'Analyse: {item}' })).toBe('Analyse')
})

test('an element below its map says only what the map does not', () => {
  expect(elementTitle(first, map)).toBe('A')
  expect(elementTitle({ ...first, title: 'Something else' }, map)).toBe('Something else')
  const analyse = { ...map, title: 'Analyse: {item}' }
  expect(elementTitle({ ...first, title: 'Analyse: dead-code' }, analyse)).toBe('Dead code')
  expect(elementTitle({ ...first, title: 'Analyse: node:test' }, analyse)).toBe('node:test')
})

test('of no task there is no title', () => {
  expect([titleAt(run.run.tasks, null), titleAt(run.run.tasks, 99)]).toEqual(['', ''])
})
