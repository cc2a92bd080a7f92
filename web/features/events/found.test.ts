import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { createHistory, workflows } from '../../../domain/run/history.ts'
import { hitsOf, isWhole, joined, nextHit, readSearch } from './found.ts'
import { lineOf } from './hit-line.ts'

const history = createHistory(workflows.diamond)
history.claim(0)
history.say({ type: 'StartToolCall', taskIndex: 0, epoch: 1, call: 0, tool: 'shell', summary: 'find the needle' })
const { events } = history
const last = events.at(-1) as RecordedEvent

test('pieces are put together, from the newest backwards', () => {
  const newest = joined(null, { seqs: [95, 99], from: 90, to: 100 })
  expect([newest.from, newest.to, isWhole(newest)]).toEqual([90, 100, false])
  const all = joined(newest, { seqs: [3], from: 1, to: 89 })
  expect([all.from, all.to, [...all.seqs].sort(), isWhole(all)]).toEqual([1, 100, [3, 95, 99], true])
  expect(isWhole(null)).toBe(false)
})

test('what the server looked at is as it said; what came afterwards is looked at here', () => {
  const said = (seqs: number[]) => hitsOf('needle', joined(null, { seqs, from: 1, to: last.seq }))
  expect(events.filter(said([2]))).toEqual([events[1]])
  const before = hitsOf('NEEDLE', joined(null, { seqs: [], from: 1, to: last.seq - 1 }))
  expect(events.filter(before)).toEqual([last])
})

test('one goes from hit to hit, around the ends, and first to the newest', () => {
  expect(nextHit([3, 7, 9], null, 1)).toBe(9)
  expect(nextHit([3, 7, 9], null, -1)).toBe(9)
  expect(nextHit([3, 7, 9], 4, 1)).toBe(7)
  expect(nextHit([3, 7, 9], 4, -1)).toBe(3)
  expect(nextHit([3, 7, 9], 9, 1)).toBe(3)
  expect(nextHit([3, 7, 9], 3, -1)).toBe(9)
  expect(nextHit([], 3, 1)).toBe(undefined)
})

test('what is typed is cleaned, and too much of it is not asked for', () => {
  expect(readSearch(' a\0b ')).toEqual({ text: 'a\uFFFDb', fault: null })
  expect(readSearch(' \u202e ')).toEqual({ text: '', fault: null })
  expect(readSearch('x'.repeat(10_000))).toEqual({ text: '', fault: expect.stringContaining('200') })
})

test('a row shows where the text stands: in its line, or in what it holds beside it', () => {
  expect(lineOf(last, '').text).toBe('shell: find the needle')
  expect(lineOf(last, 'NEEDLE').text).toBe('shell: find the needle')
  expect(lineOf(last, 'toolcall').text).toBe('shell: find the needle')
  const planned = events.find(event => event.type === 'TaskPlanned') as RecordedEvent
  expect(lineOf(planned, 'timeoutMs').text).toMatch(/^….*timeoutMs/)
  expect(lineOf(planned, planned.actor.name).text).toBe(`${planned.actor.name}: echo`)
})
