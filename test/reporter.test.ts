import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { inCheckout } from '../setup/checkout.mjs'

/** Runs vitest on files of the fixture, whose configuration names our reporter. */
function runOf(...files: string[]): { lastLine: string; exitCode: number | null; stderr: string } {
  const vitest = inCheckout('node_modules', 'vitest', 'vitest.mjs')
  const root = inCheckout('test', 'fixtures', 'tally')
  const { stdout, stderr, status } = spawnSync(process.execPath, [vitest, 'run', '--root', root, ...files], {
    encoding: 'utf8',
  })
  return { lastLine: stdout.trimEnd().split('\n').at(-1) ?? '', exitCode: status, stderr }
}

test.each([
  [['passes'], '1 passed, 0 failed', 0],
  [['passes', 'mixed'], '3 passed, 1 failed', 1],
  [['passes', 'does-not-load'], '1 passed, 1 failed', 1],
  [['all-skipped'], '0 passed, 0 failed', 1],
  [['no-such-file'], '0 passed, 0 failed', 1],
])('%j ends with "%s"', (files, lastLine, exitCode) => {
  expect(runOf(...files)).toMatchObject({ lastLine, exitCode })
})

test('names what passed only when tried again', () => {
  const { lastLine, stderr } = runOf('wavers')
  expect(lastLine).toBe('1 passed, 0 failed')
  expect(stderr).toContain('passed only when tried again: wavers.test.ts > wavers')
})
