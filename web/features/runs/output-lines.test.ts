import { expect, test } from 'vitest'
import { linesOf, shownColumns } from './output-lines.ts'

test.each([
  ['one\ntwo\n', ['one', 'two']],
  ['', []],
  ['\x1b[32m RUN \x1b[0m v4\x07', [' RUN  v4']],
  ['10%\r50%\r100%\r\ndone', ['100%', 'done']],
  ['\x1b]8;;https://example.org\x07link\x1b]8;;\x07', ['link']],
  ['a\tb', ['a\tb']],
])('%j', (text, lines) => {
  expect(linesOf(text)).toEqual(lines)
})

test('a line of a megabyte is cut, and says so', () => {
  const [line] = linesOf('x'.repeat(1_000_000))
  expect(line).toHaveLength(shownColumns + ' … 998000 more'.length)
})
