import { describe, expect, test } from 'vitest'
import { layout } from './layout.ts'
import { boxHeight, boxWidth, type Shape } from './shape.ts'
import { legibleZoom, type Room, wrap } from './wrap.ts'

const box = (index: number) => ({ index, width: boxWidth, height: boxHeight, rows: [], group: false })
/** So many boxes, each after the one `behind` it. */
const chain = (count: number, behind = 1): Shape => ({
  boxes: Array.from({ length: count }, (_, index) => box(index)),
  lines: Array.from({ length: count - behind }, (_, index) => ({ from: index, to: index + behind })),
})
const placed = (shape: Shape) => ({ shape, layout: layout(shape) })
const window: Room = { width: 840, height: 640 }

describe('a long chain', () => {
  const { layout: wrapped, turns, shape } = wrap(placed(chain(15)), window)

  test('is legible at once, whole', () => {
    expect(Math.min(window.width / wrapped.width, window.height / wrapped.height)).toBeGreaterThanOrEqual(legibleZoom)
    wrapped.places.forEach(({ x, y }) => {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + boxWidth).toBeLessThanOrEqual(wrapped.width)
      expect(y + boxHeight).toBeLessThanOrEqual(wrapped.height)
    })
  })

  test('is read like text', () => {
    const order = wrapped.places.map((place, index) => ({ ...place, index })).sort((a, b) => a.y - b.y || a.x - b.x)
    expect(order.map(({ index }) => index)).toEqual(shape.boxes.map(({ index }) => index))
  })

  test('turns back between two lines, where no box is', () => {
    const turned = turns.filter(turn => turn !== null)
    expect(turned.length).toBeGreaterThan(1)
    for (const turn of turned)
      for (const { y } of wrapped.places) expect(turn < y || turn > y + boxHeight, `${turn} at ${y}`).toBe(true)
    shape.lines.forEach(({ from, to }, place) => {
      const beside = wrapped.places[from]?.y === wrapped.places[to]?.y
      expect(turns[place] === null).toBe(beside)
    })
  })
})

test('boxes beside each other stay so, and none covers another', () => {
  const { layout: wrapped } = wrap(placed(chain(14, 2)), window)
  wrapped.places.forEach((one, index) => {
    for (const other of wrapped.places.slice(index + 1))
      expect(Math.abs(one.x - other.x) >= boxWidth || Math.abs(one.y - other.y) >= boxHeight).toBe(true)
  })
})

test.each([
  ['what fits', chain(3), window],
  ['what lines would not make legible', chain(300, 24), window],
  ['a chain in a window without room for two lines', chain(15), { width: 840, height: 80 }],
])('%s keeps its layout', (_, shape, room) => {
  const one = placed(shape)
  const { layout: kept, turns } = wrap(one, room)
  expect(kept).toBe(one.layout)
  expect(turns).toEqual(shape.lines.map(() => null))
})
