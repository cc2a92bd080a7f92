import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Severity } from '../../domain/artifact.ts'
import { deduplicate, type Found, failuresOf, rank } from './rank.ts'

const found = (change: Partial<Found> = {}): Found => ({
  ...{
    rule: 'r',
    message: 'm',
    severity: 'warning',
    file: 'a.js',
    line: 1,
    column: 1,
    endLine: null,
    related: [],
    analyzers: ['lint'],
  },
  ...change,
})

describe('findings that mean the same', () => {
  it('become one, with the graver severity and all who found it', () => {
    const merged = deduplicate([
      found({ rule: 'no-undef', severity: 'warning', column: 3 }),
      found({ rule: 'TS2304', severity: 'error', column: 5, analyzers: ['types'] }),
    ])
    expect(merged).toEqual([
      expect.objectContaining({ rule: 'TS2304', severity: 'error', analyzers: ['lint', 'types'] }),
    ])
  })

  it('stay two at two places, and for two rules', () => {
    expect(deduplicate([found(), found({ line: 2 }), found({ file: 'b.js' }), found({ rule: 's' })])).toHaveLength(4)
    expect(deduplicate([found({ column: 1 }), found({ column: 9 })])).toHaveLength(2)
    expect(deduplicate([found(), found()])).toHaveLength(1)
  })
})

describe('the order', () => {
  it('puts a warning in the hottest file beside an error in a cold one', () => {
    const ranked = rank(
      [found({ severity: 'error', file: 'cold.js' }), found({ severity: 'warning', file: 'hot.js' })],
      new Map([['hot.js', 1]]),
    )
    expect(ranked.map(({ score }) => score)).toEqual([9, 9])
  })

  it('is total, dense, and does not depend on the order of arrival', () => {
    const arbitrary = fc.record({
      severity: fc.constantFrom<Severity>('error', 'warning', 'info'),
      file: fc.constantFrom('a.js', 'b.js', null),
      line: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
      rule: fc.constantFrom('r', 's', 'no-undef', 'TS2304'),
    })
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 30 }), changes => {
        const heat = new Map([['b.js', 0.5]])
        const places = (list: Found[]) =>
          rank(deduplicate(list), heat).map(({ rank, score, file, line }) => [rank, score, file, line])
        const all = changes.map(change => found(change))
        const ranked = places(all)
        expect(ranked.map(([position]) => position)).toEqual(ranked.map((_, index) => index + 1))
        expect(places(all.toReversed())).toEqual(ranked)
      }),
    )
  })
})

it('a failing test says what went wrong, also in a traceback', () => {
  const test = { name: 'x', suite: 's', file: 'a.py', line: 3, status: 'failed' as const, durationMs: 1 }
  const message = 'Traceback (most recent call last):\n  File "a.py", line 3\nAssertionError: 1 != 2\n'
  const report = {
    runner: 'unittest',
    command: [],
    ran: true,
    outcome: 'failed' as const,
    passed: 0,
    failed: 1,
    skipped: 0,
    durationMs: 1,
    omitted: 0,
    notChecked: [],
  }
  const node =
    'AssertionError [ERR]: Expected values to be equal:\n\n0 !== 5800\n\n    at TestContext (file:///a.js:1:2)\n'
  expect(failuresOf({ ...report, cases: [{ ...test, message: node }] })[0]?.message).toBe(
    'The test fails: s › x: AssertionError [ERR]: Expected values to be equal: 0 !== 5800',
  )
  expect(failuresOf({ ...report, cases: [{ ...test, message }] })[0]?.message).toBe(
    'The test fails: s › x: AssertionError: 1 != 2',
  )
})
