import { expect, test } from 'vitest'
import {
  comparators,
  everyRun,
  filterOf,
  matches,
  parseRunSearch,
  queryOf,
  type RunLine,
  searchOf,
} from './run-query.ts'

const run = (more: Partial<RunLine> = {}): RunLine => ({
  id: 'run_1',
  head: 1,
  title: 'Audit of the shop',
  status: 'RUNNING',
  workflow: 'repository-audit',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: null,
  parentTaskIndex: null,
  progress: { total: 1, ended: 0, failed: 0 },
  project: null,
  budget: { spent: 0 },
  ...more,
})

test('an address and a query say the same', () => {
  const query = { text: 'shop', statuses: ['RUNNING', 'FAILED'], workflow: 'x', sort: 'dearest' } as const
  expect(queryOf(searchOf(query))).toEqual(query)
  expect(searchOf(everyRun)).toEqual({})
})

test('of an address only what makes sense is taken', () => {
  expect(parseRunSearch({ q: 7, status: 'RUNNING,nonsense', sort: 'sideways', workflow: 3, other: 1 })).toEqual({
    q: '7',
    status: 'RUNNING',
  })
  expect(parseRunSearch({ status: 'nonsense', sort: 'newest' })).toEqual({})
})

test('what the server is asked and what is decided here is the same question', () => {
  const query = { ...everyRun, text: ' SHOP ', statuses: ['RUNNING'], workflow: 'repository-audit' } as const
  expect(filterOf(query, 'prj_1')).toMatchObject({
    projectId: 'prj_1',
    title: 'SHOP',
    statuses: ['RUNNING'],
    workflow: 'repository-audit',
  })
  expect(matches(run(), query)).toBe(true)
  expect(matches(run({ status: 'FAILED' }), query)).toBe(false)
  expect(matches(run({ title: 'Another' }), query)).toBe(false)
  expect(matches(run({ workflow: 'fix-bug' }), query)).toBe(false)
  expect(matches(run({ parentTaskIndex: 2 }), everyRun)).toBe(false)
})

test('runs are put in order by what is asked', () => {
  const short = run({
    id: 'a',
    startedAt: '2026-01-01T00:02:00.000Z',
    endedAt: '2026-01-01T00:02:10.000Z',
    budget: { spent: '30' },
  })
  const long = run({
    id: 'b',
    startedAt: '2026-01-01T00:01:00.000Z',
    endedAt: '2026-01-01T00:01:50.000Z',
    budget: { spent: 4 },
  })
  const order = (sort: keyof typeof comparators) => [long, short].sort(comparators[sort]).map(({ id }) => id)
  expect([order('newest'), order('oldest'), order('longest'), order('dearest')]).toEqual([
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'a'],
    ['a', 'b'],
  ])
})
