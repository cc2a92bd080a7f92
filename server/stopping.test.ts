import { expect, test, vi } from 'vitest'
import { createStopping } from './stopping.ts'

function stopping(stop: () => Promise<void>) {
  const clock = { now: 5 }
  const [say, exit, report] = [vi.fn<(text: string) => void>(), vi.fn<(code: number) => void>(), vi.fn()]
  const stopped = vi.fn(stop)
  return {
    clock,
    say,
    exit,
    report,
    stopped,
    hear: createStopping({ stop: stopped, say, exit, report, now: () => clock.now }),
  }
}
const never = () => new Promise<void>(() => {})

test('the first signal stops in order', async () => {
  const { hear, say, exit } = stopping(async () => {})
  hear('SIGTERM')
  expect(say).toHaveBeenCalledWith('\nSIGTERM: finishing what runs. Once more stops at once.\n')
  await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(0))
})

test('what could not be stopped in order is told, and ends all the same', async () => {
  const { hear, exit, report } = stopping(() => Promise.reject(new Error('stuck')))
  hear('SIGINT')
  await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(1))
  expect(report).toHaveBeenCalledWith(new Error('stuck'))
})

test('one Ctrl-C that arrives twice is one', () => {
  const { hear, clock, exit, stopped } = stopping(never)
  hear('SIGINT')
  clock.now += 900
  hear('SIGINT')
  expect(stopped).toHaveBeenCalledOnce()
  expect(exit).not.toHaveBeenCalled()
})

test('another one stops at once', () => {
  const { hear, clock, say, exit } = stopping(never)
  hear('SIGINT')
  clock.now += 1_100
  hear('SIGINT')
  expect(say).toHaveBeenLastCalledWith('Stopped at once. The next start takes up what is unfinished.\n')
  expect(exit).toHaveBeenCalledExactlyOnceWith(130)
})
