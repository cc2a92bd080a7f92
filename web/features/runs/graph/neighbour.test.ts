import { expect, test } from 'vitest'
import { neighbour } from './neighbour.ts'

const rect = (left: number, top: number) => ({ left, top, width: 100, height: 40 })
//   1     3
// 0    2
//   4
const from = rect(0, 100)
const others = [rect(200, 0), rect(210, 100), rect(400, 0), rect(200, 220)]

test.each([
  ['ArrowRight', 1],
  ['ArrowUp', 0],
  ['ArrowDown', 3],
  ['ArrowLeft', null],
] as const)('%s', (direction, place) => {
  expect(neighbour(from, others, direction)).toBe(place)
})
