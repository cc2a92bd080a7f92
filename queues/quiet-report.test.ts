import { expect, test, vi } from 'vitest'
import { quietly } from './quiet-report.ts'

test('an outage is told of once a minute, and every change at once', () => {
  let now = 0
  const report = vi.fn()
  const quiet = quietly(report, () => now)
  for (; now < 59_000; now += 1_000) quiet('heartbeat', new Error('away'))
  expect(report).toHaveBeenCalledTimes(1)
  quiet('heartbeat', new Error('full'))
  quiet('renewing', new Error('full'))
  expect(report).toHaveBeenCalledTimes(3)
  now += 60_001
  quiet('heartbeat', new Error('full'))
  expect(report).toHaveBeenCalledTimes(4)
})

test('what it remembers is bounded', () => {
  const report = vi.fn()
  const quiet = quietly(report)
  for (let run = 0; run < 1_001; run++) quiet(`run ${run}`, 'broken')
  quiet('run 1000', 'broken')
  expect(report).toHaveBeenCalledTimes(1_001)
  quiet('run 0', 'broken')
  expect(report).toHaveBeenCalledTimes(1_002)
})
