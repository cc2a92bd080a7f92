import { expect, test } from 'vitest'
import { numberKey, pageRequest, toPage, toPages, uuidKey } from './page.ts'

const none = { after: null, before: null }

test('a request has 20 rows from the beginning unless told', () => {
  expect(pageRequest({}, numberKey)).toEqual({ size: 20, fromEnd: false, ...none })
  expect(pageRequest({ first: null, last: 3, before: '7' }, numberKey)).toEqual({
    size: 3,
    fromEnd: true,
    after: null,
    before: 7,
  })
  expect(pageRequest({ first: 0, after: '5' }, numberKey)).toMatchObject({ size: 0, after: 5 })
})

test.each([{ first: 101 }, { first: -1 }, { last: 1.5 }, { first: 1, last: 1 }, { after: 'x' }, { before: '-1' }])(
  '%j is refused',
  given => {
    expect(() => pageRequest(given, numberKey)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  },
)

test('one row more than asked for says that there are more, in either direction', () => {
  const forward = { size: 2, fromEnd: false, ...none }
  expect(toPage([1, 2, 3], forward)).toEqual({ rows: [1, 2], hasNext: true, hasPrevious: false })
  expect(toPage([1, 2], { ...forward, after: 0 })).toEqual({ rows: [1, 2], hasNext: false, hasPrevious: true })
  expect(toPage([3, 2, 1], { ...forward, fromEnd: true })).toEqual({ rows: [2, 3], hasNext: false, hasPrevious: true })
})

test('rows of many parents go to the pages of each, also where one has none', () => {
  const rows = [
    { parent: 3, n: 1 },
    { parent: 1, n: 2 },
    { parent: 3, n: 3 },
  ]
  const pages = toPages(rows, 3, { size: 1, fromEnd: false, ...none })
  expect(pages.map(page => page.rows.map(row => row.n))).toEqual([[2], [], [1]])
  expect(pages.map(page => page.hasNext)).toEqual([false, false, true])
})

test('cursors are what they say', () => {
  expect(uuidKey('0199c1d2-0000-7000-8000-00000000000a')).not.toBeNull()
  for (const wrong of ['', 'x', "' or 1=1", '0199C1D2-0000-7000-8000-00000000000A']) expect(uuidKey(wrong)).toBeNull()
  for (const wrong of ['', '1.5', '1e3', '12345678901']) expect(numberKey(wrong)).toBeNull()
})
