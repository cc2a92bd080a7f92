import { expect, test } from 'vitest'
import { createHighlight } from './highlight.ts'
import { languageOf } from './languages.ts'

test('lines are tokens with kinds, up to where each ends', async () => {
  const [line] = await createHighlight()('tsx', ['const a = "x" // why'])
  expect(line?.at(-1)).toEqual({ to: 20, kind: 'comment' })
  expect(line?.[0]).toEqual({ to: 5, kind: 'keyword' })
})

test('asked for many at once, all are answered', async () => {
  const highlight = createHighlight()
  const answers = await Promise.all(
    ['tsx', 'python', 'tsx', 'python'].map(name => highlight(name as 'tsx', ['# x', 'y = 1'])),
  )
  expect(answers.map(lines => lines.length)).toEqual([2, 2, 2, 2])
  expect(answers[1]?.[0]?.[0]?.kind).toBe('comment')
})

test('a line of a megabyte stays plain', async () => {
  const [line] = await createHighlight()('tsx', [`const a = '${'x'.repeat(1_000_000)}'`])
  expect(line?.every(({ kind }) => kind === null)).toBe(true)
})

test.each([
  ['src/a.ts', 'tsx'],
  ['A.PY', 'python'],
  ['Makefile', null],
  ['x.constructor', null],
])('%s is %s', (path, language) => {
  expect(languageOf(path)).toBe(language)
})
