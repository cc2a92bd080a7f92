import { expect, test } from 'vitest'
import { filterOf, searchOf } from './finding-filter.ts'

test.each([
  [{ text: '', severities: [] }, {}],
  [{ text: 'un used', severities: [] }, { find: 'un used' }],
  [
    { text: 'src/', severities: ['error', 'info'] },
    { find: 'src/', severity: 'error,info' },
  ],
] as const)('the filter %j is written as %j, and read again', (filter, search) => {
  expect(searchOf(filter)).toEqual(search)
  expect(filterOf(search)).toEqual(filter)
})

test('severities that there are not are dropped', () => {
  expect(filterOf({ severity: 'error,fatal,,toString' })).toEqual({ text: '', severities: ['error'] })
})
