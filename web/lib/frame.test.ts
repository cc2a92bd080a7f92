import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { coalesce, framesApart } from './frame.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  // A screen of 62 frames a second.
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task, 16 - (performance.now() % 16)))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('what comes alone is there with the next frame', () => {
  const schedule = framesApart(() => 33)
  const task = vi.fn()
  for (let turn = 0; turn < 3; turn++) {
    schedule(task)
    vi.advanceTimersByTime(17)
    expect(task).toHaveBeenCalledTimes(turn + 1)
    vi.advanceTimersByTime(1_000)
  }
})

test('what flows is shown some thirty times a second, the newest of it always', () => {
  let shown = 0
  let newest = 0
  const frame = coalesce(
    framesApart(() => 33),
    () => {
      shown += 1
      newest = performance.now()
    },
  )
  for (let ms = 0; ms < 1_000; ms++) {
    frame.request()
    vi.advanceTimersByTime(1)
  }
  expect(shown).toBeGreaterThan(18)
  expect(shown).toBeLessThan(34)
  const asked = performance.now()
  frame.request()
  vi.advanceTimersByTime(60)
  expect(newest).toBeGreaterThanOrEqual(asked)
})

test('what is called off does not happen, whether it waits or not', () => {
  const schedule = framesApart(() => 33)
  const task = vi.fn()
  schedule(task)()
  schedule(task)
  vi.advanceTimersByTime(17)
  schedule(task)()
  vi.advanceTimersByTime(1_000)
  expect(task).toHaveBeenCalledTimes(1)
})
