import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '../../../domain/run/state.ts'
import { windowOnto } from '../../lib/event-log.ts'
import { outlineOf } from '../../lib/outline.ts'
import { running, succeeded } from '../../stories/histories.ts'
import { team } from '../../stories/team.ts'
import { createAxis, ticksOf } from './axis.ts'
import { rowsOf } from './rows.ts'
import { createSpanReader, firstBeyond, type Span } from './spans.ts'
import { moved, parseWindow, viewOf, wholeTime, windowOf, windowText, zoomed } from './window.ts'

const read = (events: ReturnType<typeof team>) => createSpanReader()(windowOnto(events, events.length))

describe('spans', () => {
  test.each([
    ['running', running()],
    ['succeeded', succeeded()],
    ['team', team()],
  ] as const)(
    'of %s: one phase after the other, each from the event that began it to the one that ended it',
    (_, events) => {
      const { phases, calls, count } = read(events)
      const all = [...phases, ...calls].flatMap(list => [...(list ?? [])])
      expect(all.length).toBe(count)
      for (const span of all) {
        expect(events[span.fromSeq - 1]?.at).toBe(span.from)
        if (span.toSeq !== null) expect(events[span.toSeq - 1]?.at).toBe(span.to)
      }
      for (const list of phases) {
        list?.forEach((span, place) => {
          const next = list[place + 1]
          if (next !== undefined) expect(next.fromSeq).toBeGreaterThanOrEqual(span.toSeq ?? Number.NaN)
        })
      }
    },
  )

  test('every task that is at work has an open one, and no other', () => {
    for (const events of [running(), succeeded(), team()]) {
      const { phases } = read(events)
      for (const task of fold(null, events)?.tasks ?? []) {
        const open = phases[task.index]?.filter(span => span.to === null && span.kind === 'work') ?? []
        const works = task.status === 'CLAIMED' || (task.status === 'WAITING' && task.kind === 'run')
        expect(open.length, `${task.title} is ${task.status}`).toBe(works ? 1 : 0)
      }
    }
  })

  test('they are the same however the log came in', () => {
    const events = team()
    const reader = createSpanReader()
    for (let length = 0; length <= events.length; length += 7) reader(windowOnto(events, length))
    expect(reader(windowOnto(events, events.length))).toEqual(read(events))
  })

  test('the first that reaches beyond a time is found', () => {
    const spans = [10, 20, 30].map(to => ({ from: to - 5, to }) as Span)
    expect([0, 10, 11, 30, 31].map(time => firstBeyond(spans, time))).toEqual([0, 0, 1, 2, 3])
    expect(firstBeyond([...spans, { from: 40, to: null } as Span], 99)).toBe(3)
  })
})

describe('the axis', () => {
  const gaps = [
    { from: 10_000, to: 3_610_000 },
    { from: 3_615_000, to: 3_615_500 },
  ]
  const axis = createAxis({ from: 0, to: 3_640_000, gaps, fold: true })

  test('folds the long silence and not the short one, and its end is reached', () => {
    expect(axis.folds).toHaveLength(1)
    expect(axis.length).toBeLessThan(60_000)
    expect(axis.place(3_640_000)).toBeCloseTo(axis.length)
    expect(createAxis({ from: 0, to: 3_640_000, gaps, fold: false }).length).toBe(3_640_000)
  })

  test('leads from time to place and back, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_640_000 }), fc.integer({ min: 0, max: 3_640_000 }), (a, b) => {
        expect(axis.time(axis.place(a))).toBeCloseTo(a, 3)
        if (a < b) expect(axis.place(a)).toBeLessThan(axis.place(b))
      }),
    )
  })

  test('is written at round times, none of them within a fold', () => {
    const ticks = ticksOf(axis, { from: 0, to: axis.length }, { count: 8, start: 0 })
    expect(ticks.length).toBeGreaterThan(3)
    expect(ticks.length).toBeLessThan(16)
    expect(ticks.filter(tick => tick > 10_000 && tick < 3_610_000)).toEqual([])
  })
})

describe('what is seen of it', () => {
  test('keeps to its edges: what reaches the end follows it', () => {
    expect(windowOf({ from: -50, to: 400 }, 1_000)).toEqual({ from: null, to: 450 })
    expect(windowOf({ from: 700, to: 1_100 }, 1_000)).toEqual({ from: 600, to: null })
    expect(windowOf({ from: -10, to: 5_000 }, 1_000)).toEqual(wholeTime)
    expect(viewOf({ from: 600, to: null }, 2_000)).toEqual({ from: 600, to: 2_000 })
  })

  test('zooms around a place that stays, and moves by shares', () => {
    const near = zoomed({ from: 0, to: 1_000 }, 0.5, 0.25)
    expect(near).toEqual({ from: 125, to: 625 })
    expect(near.from + (near.to - near.from) * 0.25).toBe(250)
    expect(moved({ from: 100, to: 200 }, 0.5)).toEqual({ from: 150, to: 250 })
  })

  test('stands in an address', () => {
    for (const window of [wholeTime, { from: 5, to: null }, { from: null, to: 70 }, { from: 1, to: 2 }])
      expect(parseWindow(windowText(window))).toEqual(window)
    expect(parseWindow('x')).toEqual(wholeTime)
  })
})

test('rows are the outline with the calls of opened tasks between', () => {
  const events = team()
  const run = fold(null, events)
  const { calls } = read(events)
  const count = (task: number) => calls[task]?.length ?? 0
  const outline = outlineOf(run?.tasks ?? [], new Set())
  const rows = rowsOf(outline, new Set([3]), count)
  expect(rows.count).toBe(outline.length + count(3))
  const all = Array.from({ length: rows.count }, (_, index) => rows.at(index))
  expect(all.filter(row => row?.kind === 'call').map(row => row?.task)).toEqual(Array(count(3)).fill(3))
  expect(rows.at(rows.ofTask(4))).toMatchObject({ kind: 'task', task: 4 })
  expect([rows.at(-1), rows.at(rows.count)]).toEqual([undefined, undefined])
})
