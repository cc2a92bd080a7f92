import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Ansi, type AnsiStyle, ansiLines, shownColumns } from './ansi.tsx'

/** Words with those of their marks that are set. */
const marks = (text: string) =>
  ansiLines(text).map(({ spans }) =>
    spans.map(({ text, style }) => [
      text,
      ...Object.entries(style).flatMap(([name, value]) =>
        value === false || value === null ? [] : [value === true ? name : value],
      ),
    ]),
  )
const first = (text: string): AnsiStyle | undefined => ansiLines(text)[0]?.spans[0]?.style

describe('colours', () => {
  test('are carried on to the next line, until they are taken back', () => {
    expect(marks('a \x1b[1;32mgood\nstill\x1b[0m plain')).toEqual([
      [['a '], ['good', 'green', 'bold']],
      [['still', 'green', 'bold'], [' plain']],
    ])
  })

  test.each([
    ['\x1b[38;5;196mx', 'red'],
    ['\x1b[38;5;46mx', 'green'],
    ['\x1b[38;5;12mx', 'blue'],
    ['\x1b[38;5;240mx', 'black'],
    ['\x1b[38;5;255mx', 'white'],
    ['\x1b[38;2;250;200;20mx', 'yellow'],
    ['\x1b[38:2:20:200:220mx', 'cyan'],
    ['\x1b[95mx', 'magenta'],
  ])('%j is the nearest colour of the page', (text, colour) => {
    expect(first(text)?.colour).toBe(colour)
  })

  test('what follows a colour of many numbers is read again', () => {
    expect(first('\x1b[48;2;1;2;200;1mx')).toMatchObject({ ground: 'blue', bold: true })
    expect(first('\x1b[31m\x1b[39mx')?.colour).toBeNull()
    expect(first('\x1b[mx')).toMatchObject({ colour: null, bold: false })
  })
})

describe('all else that a terminal obeys', () => {
  test.each([
    ['movements', 'a\x1b[2J\x1b[10;10Hb\x1b[?25lc\x1b[Kd'],
    ['titles', 'a\x1b]0;evil title\x07b\x1b]2;another\x1b\\cd'],
    ['links', 'a\x1b]8;;javascript:alert(1)\x07b\x1b]8;;\x07cd'],
    ['other strings', 'a\x1bP1$r0m\x1b\\b\x1b_x\x1b\\cd'],
    ['other sets of letters', 'a\x1b(0b\x1b=cd'],
    ['eight bits', 'a\x9b31mbc\x9d0;t\x9cd'],
  ])('%s are left out', (_, text) => {
    expect(ansiLines(text).map(({ spans }) => spans.map(({ text }) => text).join(''))).toEqual(['abcd'])
  })

  test('of a line that was overwritten stays what stood there last', () => {
    expect(marks('10 %\r50 %\r\x1b[32m100 %\r\nnext\n')).toEqual([[['100 %', 'green']], [['next', 'green']]])
  })

  test('a string that never ends does not swallow the next line', () => {
    expect(marks('a\x1b]0;title\nb')).toEqual([[['a']], [['b']]])
  })
})

test('a line of a megabyte is cut and counted', () => {
  const [line] = ansiLines(`\x1b[31m${'x'.repeat(1_000_000)}`)
  expect(line?.rest).toBe(1_000_000 - shownColumns)
  expect(line?.spans.map(({ text }) => text.length)).toEqual([shownColumns])
})

test('what is drawn is text', () => {
  const html = renderToStaticMarkup(<Ansi text={'\x1b[31m<script>alert(1)</script>\x1b[0m\x07 \u202etxt'} />)
  expect(html).not.toContain('<script>')
  expect(html).toContain('&lt;script&gt;')
  expect(html).toContain('U+0007')
  expect(html).toContain('U+202E')
})
