import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createConnectionMonitor, patienceMs } from './connection.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a short cut is nobody’s business', () => {
  const monitor = createConnectionMonitor()
  monitor.opened()
  monitor.closed()
  vi.advanceTimersByTime(patienceMs - 1)
  expect(monitor.get()).toMatchObject({ up: false, troubled: false })
  monitor.opened()
  vi.advanceTimersByTime(patienceMs * 2)
  expect(monitor.get()).toMatchObject({ up: true, troubled: false })
})

test('one that lasts is told, with the time of what is still shown', () => {
  const monitor = createConnectionMonitor()
  monitor.opened()
  vi.advanceTimersByTime(60_000)
  const cut = Date.now()
  monitor.closed()
  // Each attempt that fails closes again: the patience is not begun anew.
  vi.advanceTimersByTime(2_000)
  monitor.closed()
  vi.advanceTimersByTime(1_000)
  expect(monitor.get()).toEqual({ up: false, troubled: true, lastUp: cut })
})
