import { expect, test } from 'vitest'
import { intersects } from '../src/range.ts'

test('ranges that lie apart do not intersect', () => {
  expect(intersects({ from: 1, to: 2 }, { from: 4, to: 5 })).toBe(false)
})
