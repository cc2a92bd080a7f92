import { expect, test } from 'vitest'
import { createReport, duration, wantsColour } from './report.mjs'

const written = (colour: boolean) => {
  let text = ''
  const report = createReport({ write: each => (text += each), colour })
  report.done('packages', '697, as in the lock file', 11.6)
  report.lacking('redis', 'none. No network.\nMend it with: apt install redis-server', 2_345)
  return text
}

test('a phase is a line with its time, and further lines stand below it', () => {
  expect(written(false)).toBe(
    [
      '  ✓ packages    697, as in the lock file  12 ms',
      '  ! redis       none. No network.  2.3 s',
      '                Mend it with: apt install redis-server',
      '',
    ].join('\n'),
  )
})

test('colour is for terminals, unless NO_COLOR is set to anything', () => {
  expect(written(true)).toContain('\u001b[32m✓\u001b[0m')
  expect(wantsColour({}, true)).toBe(true)
  expect(wantsColour({}, false)).toBe(false)
  expect(wantsColour({ NO_COLOR: '1' }, true)).toBe(false)
  expect(wantsColour({ NO_COLOR: '0', FORCE_COLOR: '1' }, true)).toBe(false)
  expect(wantsColour({ NO_COLOR: '' }, true)).toBe(true)
  expect(wantsColour({ TERM: 'dumb' }, true)).toBe(false)
})

test('a duration is read at a glance', () => {
  expect([duration(0.4), duration(999), duration(1_000), duration(61_234)]).toEqual([
    '0 ms',
    '999 ms',
    '1.0 s',
    '61.2 s',
  ])
})
