import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Markdown, safeAddress } from './markdown.tsx'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

test('HTML is the text that it is', () => {
  const page = html('Hello <b onclick="x()">bold</b>\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>')
  expect(page).not.toMatch(/<(b|script|img)[ >]/)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//evil.example',
  'file:///etc/passwd',
  '/sign-out',
])('%s leads nowhere', url => {
  expect(safeAddress(url)).toBeNull()
  expect(html(`[text](<${url}>)`)).not.toContain('<a')
})

test('links of the web open apart and tell nothing', () => {
  expect(html('[text](https://example.org)')).toContain(
    '<a href="https://example.org" target="_blank" rel="noreferrer noopener">text</a>',
  )
})

test('an image is a link: nothing is loaded from anywhere', () => {
  const page = html('![a cat](https://example.org/cat.png)')
  expect(page).not.toContain('<img')
  expect(page).toContain('>a cat</a>')
})

test('tables, lists of tasks, code and headings', () => {
  const page = html('# One\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n\n- [x] done\n- open\n\n```ts\nconst a = 1 < 2\n```')
  expect(page).toMatch(/<h3[^>]*>One<\/h3>/)
  expect(page).toMatch(/<td data-align="right">2<\/td>/)
  expect(page).toMatch(/<li data-task="true"><input[^>]*checked=""[^>]*\/>done<\/li>/)
  expect(page).toContain('<pre>const a = 1 &lt; 2</pre>')
})
