import { expect, test } from 'vitest'
import { parseDiff } from './diff.ts'
import { ignoreSpace } from './ignore-space.ts'

const changes = (lines: readonly string[]) => {
  const [removed, added] = ['-', '+'].map(
    sign => lines.filter(line => !line.startsWith(sign === '-' ? '+' : '-')).length,
  )
  const text = ['diff --git a/a.py b/a.py', `@@ -1,${removed} +1,${added} @@`, ...lines].join('\n')
  const [file] = ignoreSpace(parseDiff(text))
  return {
    counts: [file?.added, file?.removed],
    lines: file?.hunks.flatMap(({ lines }) =>
      lines.map(({ kind, before, after, text }) => [kind, before, after, text]),
    ),
  }
}

test('lines that are only indented anew are the same, with both their numbers', () => {
  expect(changes([' if a:', '-b()', '-c()', '+    b()', '+    d()', '+    c()'])).toEqual({
    counts: [1, 0],
    lines: [
      ['same', 1, 1, 'if a:'],
      ['same', 2, 2, '    b()'],
      ['added', null, 3, '    d()'],
      ['same', 3, 4, '    c()'],
    ],
  })
})

test('a hunk in which nothing else changed is left out, and the others keep their numbers', () => {
  const text = ['diff --git a/a b/a', '@@ -1 +1 @@', '-a', '+ a', '@@ -9 +9 @@', '-x', '+y'].join('\n')
  expect(ignoreSpace(parseDiff(text))[0]?.hunks.map(({ number }) => number)).toEqual([2])
})

test('what only stands elsewhere is a change', () => {
  expect(changes(['-a', '-b', '+b', '+a']).counts).toEqual([1, 1])
})
