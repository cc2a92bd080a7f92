import { describe, expect, test } from 'vitest'
import { createHistory } from '../../../domain/run/history.ts'
import { foresee, lastForkable } from './foresee.ts'

const workflow = {
  name: 'three',
  version: 1,
  title: 'Three',
  description: '',
  variables: [{ name: 'objective', type: 'string' as const, description: '' }],
  steps: [
    { key: 'a', title: 'A', agent: 'writer' },
    { key: 'b', title: 'B', agent: 'writer', input: { goal: { $ref: 'variables.objective' } } },
    { key: 'c', title: 'C', agent: 'reviewer' },
    { key: 'd', title: 'D', agent: 'writer', needs: ['b'] },
  ],
}
const begun = () => {
  const history = createHistory(workflow, { variables: { objective: 'this' } })
  history.claim(0)
  history.finish(0)
  history.claim(1)
  history.claim(2)
  return history
}
const keys = (tasks: readonly { key: string }[]) => tasks.map(({ key }) => key)
const nothing = { agents: [], variables: {} }

describe('a fork', () => {
  test('keeps what has ended, and goes on with what had begun', () => {
    const found = foresee(begun().run, nothing)
    expect([keys(found.kept), keys(found.resumed), keys(found.anew), keys(found.toCome)]).toEqual([
      ['a'],
      ['b', 'c'],
      [],
      ['d'],
    ])
  })

  test('begins anew whose input is different, and nobody else', () => {
    const { run } = begun()
    expect(keys(foresee(run, { agents: [], variables: { objective: 'that' } }).anew)).toEqual(['b'])
    expect(keys(foresee(run, { agents: [], variables: { objective: 'this' } }).anew)).toEqual([])
  })

  test('begins anew whose words are different; what has ended stays', () => {
    const found = foresee(begun().run, { agents: ['writer'], variables: {} })
    expect([keys(found.anew), keys(found.kept)]).toEqual([['b'], ['a']])
  })
})

test('a run that has ended is forked before its last task ended', () => {
  const history = begun()
  expect(lastForkable(history.run)).toBe(history.run.head)
  for (const index of [1, 2]) history.finish(index)
  history.claim(3)
  history.finish(3)
  expect(history.run.status).toBe('SUCCEEDED')
  const at = lastForkable(history.run)
  expect(history.events[at]?.type).toBe('TaskSucceeded')
  expect(history.events[at]?.data).toMatchObject({ taskIndex: 3 })
})
