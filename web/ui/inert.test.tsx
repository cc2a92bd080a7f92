import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { cut, Inert, inert, marked, visibleText } from './inert.tsx'

test.each([
  ['an override of direction', 'user\u202e\u2066admin\u2069', 'user⟨U+202E⟩⟨U+2066⟩admin⟨U+2069⟩'],
  ['controls', 'a\x00\x07\x1b[31mb\x7f\x9b', 'a⟨U+0000⟩⟨U+0007⟩⟨U+001B⟩[31mb⟨U+007F⟩⟨U+009B⟩'],
  ['spaces without width', 'pass\u200bword\ufeff', 'pass⟨U+200B⟩word⟨U+FEFF⟩'],
  ['separators of scripts only', 'a\u2028b', 'a⟨U+2028⟩b'],
  ['half of a pair', 'a\ud800b', 'a⟨U+D800⟩b'],
  ['tags', 'a\u{e0041}b', 'a⟨U+E0041⟩b'],
  ['a carriage return', 'safe\rdanger', 'safe⟨U+000D⟩danger'],
])('%s is written out', (_, text, shown) => {
  expect(visibleText(text)).toBe(shown)
})

test.each(['tab\tand\nnewline', 'שלום عالم', '👩‍👩‍👧 क्‍ष', 'naïve – “text”'])('%j stays as it is', text => {
  expect(visibleText(text)).toBe(text)
  expect(inert(text)).toBe(text)
})

test('as elements it says the same, isolated from what stands beside it', () => {
  const html = renderToStaticMarkup(<Inert text={'<b>\u202e'} />)
  expect(html).toMatch(/^<bdi[^>]*>&lt;b&gt;<span[^>]*>U\+202E<\/span><\/bdi>$/)
})

test('what is very long is cut, never through a pair, and the rest is counted', () => {
  expect(cut('ab😀cd', 3)).toBe('ab')
  expect(cut('ab😀cd', 4)).toBe('ab😀')
  const html = renderToStaticMarkup(<Inert text={'x'.repeat(1_000_000)} limit={100} />)
  expect(html.length).toBeLessThan(400)
  expect(html).toContain('999,900 more characters')
})

test.each([
  ['in any case', 'A needle, a NEEDLE', 'needle', 'A <mark>needle</mark>, a <mark>NEEDLE</mark>'],
  ['as a text and no pattern', 'a.c abc', 'a.c', '<mark>a.c</mark> abc'],
  ['also what was hostile', '<b>\u202e', '<b>', '<mark>&lt;b&gt;</mark><span>U+202E</span>'],
  ['nowhere', 'abc', 'x', 'abc'],
])('what is searched for is marked, %s', (_, text, sought, shown) => {
  const html = renderToStaticMarkup(marked(text, sought))
  expect(html.replace(/ (class|title)="[^"]*"/g, '')).toBe(shown)
})
