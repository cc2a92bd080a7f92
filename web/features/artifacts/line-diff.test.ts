import { describe, expect, test } from 'vitest'
import { lineDiff } from './line-diff.ts'
import { readableText } from './readable-text.ts'

const lines = (before: string, after: string) =>
  lineDiff('x', before, after).flatMap(({ hunks }) =>
    hunks.flatMap(({ lines }) => lines.map(({ kind, text }) => `${kind} ${text}`)),
  )

describe('the difference of two texts', () => {
  test('is what went and what came, with three lines around', () => {
    const before = Array.from({ length: 30 }, (_, index) => `line ${index}`)
    const [file] = lineDiff('plan', before.join('\n'), before.with(20, 'another').join('\n'))
    expect(file).toMatchObject({ path: 'plan', added: 1, removed: 1 })
    expect(file?.hunks.map(({ lines }) => lines.length)).toEqual([8])
    expect(file?.hunks[0]?.lines.find(({ kind }) => kind === 'added')).toMatchObject({ after: 21, text: 'another' })
  })

  test('is nothing where they are the same, whatever ends them', () => {
    expect(lineDiff('x', 'a\nb', 'a\nb')).toEqual([])
    expect(lineDiff('x', 'a\nb', 'a\nb\n')).toEqual([])
  })

  test('of texts that begin like a diff is theirs', () => {
    expect(lines('@@ -1 +1 @@\ndiff --git a/x b/x', '--- a\n+++ b')).toEqual([
      ...['removed @@ -1 +1 @@', 'removed diff --git a/x b/x', 'added --- a', 'added +++ b'],
    ])
  })

  test('of texts with nothing in common is all of both', () => {
    const many = (name: string) => Array.from({ length: 5_000 }, (_, index) => `${name} ${index}`).join('\n')
    expect(lineDiff('x', many('a'), many('b'))[0]).toMatchObject({ added: 5_000, removed: 5_000 })
  })
})

describe('a body as lines', () => {
  test('one value is one line', () => {
    expect(
      readableText(
        JSON.stringify({ summary: 'Two\nlines', steps: [{ key: 'a', needs: [] }, 'b'], none: null, n: 3 }),
        'application/json',
      ),
    ).toBe(
      ['summary:', '  Two', '  lines', 'steps:', '  - key: a', '    needs: none', '  - b', 'none: none', 'n: 3'].join(
        '\n',
      ),
    )
  })

  test('what is no JSON stays as it is', () => {
    expect(readableText('{"a":', 'application/json')).toBe('{"a":')
    expect(readableText('# Title', 'text/markdown')).toBe('# Title')
  })
})
