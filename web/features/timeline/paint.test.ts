import { expect, test } from 'vitest'
import type { Palette } from '../../ui/palette.ts'
import { createAxis } from './axis.ts'
import { paintRows, rowHeight, type Scene } from './paint.ts'
import type { Row } from './rows.ts'
import type { Span } from './spans.ts'

const width = 1_000
const wholeMs = 100_000

/** What is filled, where the calls of one task are drawn. */
function painted(calls: readonly Span[]) {
  const filled: { left: number; top: number; wide: number; style: string }[] = []
  const context = {
    fillStyle: '',
    globalAlpha: 1,
    fillRect(left: number, top: number, wide: number) {
      filled.push({ left, top, wide, style: this.fillStyle })
    },
  }
  const row = { kind: 'task', task: 0 } as Row
  const scene = {
    rows: { count: 1, at: (index: number) => (index === 0 ? row : undefined), ofTask: () => 0 },
    spans: { phases: [[]], calls: [calls] },
    axis: createAxis({ from: 0, to: wholeMs, gaps: [], fold: false }),
    view: { from: 0, to: wholeMs },
    shown: { seq: Number.POSITIVE_INFINITY, time: wholeMs },
    palette: new Proxy({}, { get: (_, name) => name }) as Palette,
    ticks: [],
    past: false,
  } as unknown as Scene
  paintRows(context as unknown as CanvasRenderingContext2D, { width, height: rowHeight }, scene, 0)
  return filled
}

const call = (from: number, to: number, kind: Span['kind'] = 'tool') =>
  ({ kind, from, to, fromSeq: 1, toSeq: 2, tone: 'done', text: '' }) as unknown as Span

test('calls that can be told apart are drawn one by one', () => {
  const bars = painted([call(0, 10_000), call(10_000, 30_000), call(60_000, 60_010), call(80_000, 80_010)])
  expect(bars.map(({ left, wide }) => [left, wide])).toEqual([
    [0, 99.5],
    [100, 199.5],
    [600, 1],
    [800, 1],
  ])
})

test('ten thousand that stand side by side are one rectangle over the pixels that they take', () => {
  const bars = painted(Array.from({ length: 10_000 }, (_, index) => call(index * 5, index * 5 + 2)))
  expect(bars).toHaveLength(1)
  expect(bars[0]?.left).toBe(0)
  expect(bars[0]?.wide).toBeCloseTo(500, -1)
})

test('models and tools stand in strips of their own, and another tone begins another rectangle', () => {
  const calls = Array.from({ length: 100 }, (_, index) =>
    call(index * 50, index * 50 + 20, index % 2 ? 'model' : 'tool'),
  )
  const bars = painted(calls)
  expect(new Set(bars.map(bar => `${bar.top} ${bar.style}`))).toEqual(new Set(['6 series-6', '14 series-2']))
  const waits = painted([call(0, 20), { ...call(200, 220), tone: 'wait' } as Span, call(400, 420)])
  expect(waits.map(bar => bar.style)).toEqual(['series-2', 'tone-wait', 'series-2'])
})
