import { expect, test } from 'vitest'
import { scoreDays, scoreFigures, scoreGroups } from './quality-figures.ts'

const scored = (score: number, at = 0, gate: number | null = null, agent = 'a') => ({ score, at, gate, agent })

test('figures of some scores', () => {
  expect(scoreFigures([])).toBeNull()
  expect(scoreFigures([scored(0.4)])).toEqual({ count: 1, mean: 0.4, median: 0.4, lowest: 0.4, gated: 0, held: 0 })
  expect(scoreFigures([scored(1), scored(0), scored(0.5, 0, 0.5), scored(0.25, 0, 0.5)])).toEqual({
    count: 4,
    mean: 0.4375,
    median: 0.375,
    lowest: 0,
    gated: 2,
    held: 1,
  })
})

test('groups are told largest first', () => {
  const groups = scoreGroups([scored(1, 0, null, 'b'), scored(1), scored(0), scored(1, 0, null, 'c')], one => one.agent)
  expect(groups.map(({ name, figures }) => [name, figures.count, figures.mean])).toEqual([
    ['a', 2, 0.5],
    ['b', 1, 1],
    ['c', 1, 1],
  ])
})

test('days are told oldest first, and only those on which something was scored', () => {
  const day = 86_400_000
  const days = scoreDays([scored(1, 3 * day + 5), scored(0, day), scored(0.5, day * 2 - 1)])
  expect(days.map(({ at, figures }) => [at / day, figures.count, figures.mean])).toEqual([
    [1, 2, 0.25],
    [3, 1, 1],
  ])
})
