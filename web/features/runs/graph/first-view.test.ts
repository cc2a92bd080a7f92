import { describe, expect, test } from 'vitest'
import { firstView } from './first-view.ts'
import { boxHeight, boxWidth } from './shape.ts'
import type { Placed } from './use-layout.ts'
import { legibleZoom } from './wrap.ts'

const room = { width: 800, height: 600 }

/** Boxes in a row, from edge to edge. */
const row = (count: number): Placed => ({
  shape: {
    boxes: Array.from({ length: count }, (_, index) => ({
      ...{ index, width: boxWidth, height: boxHeight, rows: [], group: false },
    })),
    lines: [],
  },
  layout: {
    places: Array.from({ length: count }, (_, index) => ({ x: index * 240, y: 0 })),
    width: count * 240 - 40,
    height: boxHeight,
  },
})

/** The part of the picture that is seen, from side to side. */
const seen = ({ x, zoom }: { x: number; zoom: number }) => [-x / zoom, (room.width - x) / zoom]

test('what is legible as a whole is seen whole, in the middle', () => {
  const one = row(3)
  const { x, y, zoom } = firstView(one, room, [2])
  expect(zoom).toBe(1)
  expect(x).toBe((room.width - one.layout.width) / 2)
  expect(y).toBe((room.height - boxHeight) / 2)
  expect(firstView(row(4), room, []).zoom).toBeCloseTo(room.width / row(4).layout.width)
})

describe('of what is not', () => {
  const long = row(30)

  test('the part where something happens is seen', () => {
    const view = firstView(long, room, [14, 15])
    const [from = 0, to = 0] = seen(view)
    expect(view.zoom).toBe(legibleZoom)
    expect(from).toBeLessThan(14 * 240)
    expect(to).toBeGreaterThan(15 * 240 + boxWidth)
  })

  test.each([
    ['nothing is at work', []],
    ['the first is', [0]],
  ])('the beginning is seen, and nothing before it, where %s', (_, busy) => {
    expect(seen(firstView(long, room, busy))[0]).toBeCloseTo(0)
  })

  test('the end is seen, and nothing behind it, where the last is at work', () => {
    expect(seen(firstView(long, room, [29]))[1]).toBeCloseTo(long.layout.width, 0)
  })
})
