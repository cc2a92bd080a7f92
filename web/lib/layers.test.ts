import { expect, test } from 'vitest'
import { layersOf } from './layers.ts'

const knot = (key: string, ...needs: string[]) => ({ key, needs })

test('needs stand above, and what others imply is not drawn', () => {
  const { places, layers, widest, lines } = layersOf([
    knot('a'),
    knot('b', 'a'),
    knot('c', 'a'),
    knot('d', 'b', 'c', 'a'),
    knot('e', 'nowhere'),
  ])
  expect(places.map(({ key, layer }) => [key, layer])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 1],
    ['d', 2],
    ['e', 0],
  ])
  expect([layers, widest]).toEqual([3, 2])
  expect(lines).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'd'],
    ['c', 'd'],
  ])
})

test('a layer stands in the order of what it needs', () => {
  const { places } = layersOf([knot('left'), knot('right'), knot('of-right', 'right'), knot('of-left', 'left')])
  const orderOf = (key: string) => places.find(place => place.key === key)?.order
  expect([orderOf('of-left'), orderOf('of-right')]).toEqual([0, 1])
})

test('a cycle is drawn all the same', () => {
  const { places } = layersOf([knot('a', 'b'), knot('b', 'a')])
  expect(places).toHaveLength(2)
})

test('nothing is nothing', () => {
  expect(layersOf([])).toEqual({ places: [], layers: 0, widest: 0, lines: [] })
})
