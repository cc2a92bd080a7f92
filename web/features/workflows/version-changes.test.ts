import { expect, test } from 'vitest'
import { changesBetween } from './version-changes.ts'

const step = (key: string, more: object = {}) => ({ key, title: key, ...more })
const workflow = (version: number, ...steps: object[]) => JSON.parse(JSON.stringify({ name: 'w', version, steps }))

test('the same is no change', () => {
  expect(changesBetween(workflow(1, step('a')), workflow(1, step('a')))).toEqual([])
})

test('steps are matched by their keys, whatever their order', () => {
  const before = workflow(1, step('a', { timeoutMs: 1 }), step('b'))
  const after = workflow(2, step('b'), step('c'), step('a', { timeoutMs: 2 }))
  expect(changesBetween(before, after)).toEqual([
    { path: 'version', before: 1, after: 2 },
    { path: 'steps.a.timeoutMs', before: 1, after: 2 },
    { path: 'steps.c', after: step('c') },
  ])
})

test('what is gone is told, and lists without names are compared whole', () => {
  expect(
    changesBetween(workflow(1, step('a', { needs: ['x'] }), step('b')), workflow(1, step('a', { needs: ['y'] }))),
  ).toEqual([
    { path: 'steps.a.needs', before: ['x'], after: ['y'] },
    { path: 'steps.b', before: step('b') },
  ])
})
