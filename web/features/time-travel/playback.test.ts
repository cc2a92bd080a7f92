import { expect, test } from 'vitest'
import { windowOnto } from '../../lib/event-log.ts'
import { play, playFrom } from './playback.ts'

/** Events at these milliseconds. */
const logOf = (...times: number[]) =>
  windowOnto(
    times.map((at, index) => ({ at, seq: index + 1 }) as never),
    times.length,
  )

test('events come at the pace that is asked for', () => {
  const log = logOf(0, 100, 200, 300, 400)
  const begun = playFrom(log, 1)
  expect(play(begun, log, { elapsedMs: 250, pace: 1 })).toEqual({ seq: 3, at: 250 })
  expect(play(begun, log, { elapsedMs: 50, pace: 5 })).toEqual({ seq: 3, at: 250 })
})

test('small steps add up to what one large step shows', () => {
  const log = logOf(0, 90, 180, 400, 410, 700)
  let playing = playFrom(log, 1)
  for (let step = 0; step < 30; step++) playing = play(playing, log, { elapsedMs: 16, pace: 1 })
  expect(playing).toEqual(play(playFrom(log, 1), log, { elapsedMs: 480, pace: 1 }))
})

test('a long silence is passed over, up to a second before its end', () => {
  const log = logOf(0, 3_600_000)
  const passed = play(playFrom(log, 1), log, { elapsedMs: 16, pace: 1 })
  expect(passed).toEqual({ seq: 1, at: 3_599_000 })
  expect(play(passed, log, { elapsedMs: 1_000, pace: 1 }).seq).toBe(2)
})

test('events of one moment come together, and the end is the end', () => {
  const log = logOf(0, 50, 50, 50)
  expect(play(playFrom(log, 1), log, { elapsedMs: 60, pace: 1 }).seq).toBe(4)
  expect(play({ seq: 4, at: 60 }, log, { elapsedMs: 60, pace: 1 })).toEqual({ seq: 4, at: 60 })
})
