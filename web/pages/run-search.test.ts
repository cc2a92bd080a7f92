import { expect, test } from 'vitest'
import { parseRunSearch, typesOf } from './run-search.ts'

test('what is well formed is taken', () => {
  const search = {
    ...{ tab: 'events', task: 3, seq: 12, artifact: 'art_1', q: '/a/', types: 'TaskReady,TaskFailed', of: 0 },
    ...{ find: 'src/', severity: 'error,info', at: 4, span: '1200-', only: 2, has: 'a needle', hits: 'only' },
  }
  expect(parseRunSearch(search)).toEqual(search)
  expect(typesOf(search as never)).toEqual(['TaskReady', 'TaskFailed'])
})

test('an address may come from anywhere: the rest is dropped', () => {
  expect(
    parseRunSearch({
      tab: 'moon',
      task: -1,
      seq: '7',
      of: 1.5,
      artifact: 4,
      types: ['x'],
      other: 1,
      at: 0,
      span: '1..2',
    }),
  ).toEqual({})
  expect(parseRunSearch({ q: 123, find: 7, severity: 1, has: 8, hits: 'all' })).toEqual({
    q: '123',
    find: '7',
    has: '8',
  })
  expect(parseRunSearch({ since: 12 })).toEqual({ since: 12 })
  expect(parseRunSearch({ since: 0 })).toEqual({})
  expect(typesOf({})).toEqual([])
})
