import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atMostEvery } from './run-changes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first change is heard at once, many soon after as one', () => {
  const call = vi.fn()
  const { request } = atMostEvery(1_000, call)
  for (let count = 0; count < 50; count++) request()
  expect(call).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(999)
  expect(call).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1)
  expect(call).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(10_000)
  expect(call).toHaveBeenCalledTimes(2)
})

test('after a pause a change is heard at once again', () => {
  const call = vi.fn()
  const { request } = atMostEvery(1_000, call)
  request()
  vi.advanceTimersByTime(5_000)
  request()
  expect(call).toHaveBeenCalledTimes(2)
})

test('what was called off is not heard', () => {
  const call = vi.fn()
  const { request, cancel } = atMostEvery(1_000, call)
  request()
  request()
  cancel()
  vi.advanceTimersByTime(5_000)
  expect(call).toHaveBeenCalledTimes(1)
})
