import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { tallyOf } from './tally.ts'

test('a map is counted by its elements, and every task in exactly one share', () => {
  const history = createHistory(workflows.fanOut)
  history.claim(0)
  history.finish(0, { items: ['a', 'b', 'c'] })
  history.claim(3)
  history.fail(3, false)
  history.claim(4)
  history.finish(4)
  history.claim(5)
  const tally = tallyOf(history.run.tasks)
  expect(tally).toMatchObject({ total: 5, ended: 3, claimed: 1, failed: 1 })
  expect(Object.fromEntries(tally.shares.map(share => [share.word, share.count]))).toEqual({
    succeeded: 2,
    failed: 1,
    blocked: 0,
    running: 1,
    waiting: 0,
    'skipped or cancelled': 0,
  })
})

test('an unexpanded map is one task', () => {
  expect(tallyOf(createHistory(workflows.fanOut).run.tasks).total).toBe(3)
})
