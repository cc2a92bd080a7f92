import { expect, test } from 'vitest'
import { parseDiff } from './diff.ts'

const patch = `diff --git a/sum.js b/sum.js
index 4e5d228..ba73e7a 100644
--- a/sum.js
+++ b/sum.js
@@ -1,4 +1,4 @@ export function sum
 // The sum.
--- a comment that begins like a header
+++ and one that ends so
 return total
 
@@ -10 +10,2 @@
 last
+more
\\ No newline at end of file
diff --git a/logo.png b/logo.png
new file mode 100644
Binary files /dev/null and b/logo.png differ
`

test('is files, hunks and lines with their numbers on both sides', () => {
  const [sum, logo, ...more] = parseDiff(patch)
  expect(more).toEqual([])
  expect(sum).toMatchObject({ path: 'sum.js', added: 2, removed: 1, binary: false })
  expect(sum?.hunks[0]).toEqual({
    number: 1,
    head: 'export function sum',
    lines: [
      { kind: 'same', before: 1, after: 1, text: '// The sum.' },
      { kind: 'removed', before: 2, after: null, text: '-- a comment that begins like a header' },
      { kind: 'added', before: null, after: 2, text: '++ and one that ends so' },
      { kind: 'same', before: 3, after: 3, text: 'return total' },
      { kind: 'same', before: 4, after: 4, text: '' },
    ],
  })
  expect(sum?.hunks[1]?.lines.map(({ kind }) => kind)).toEqual(['same', 'added', 'note'])
  expect(logo).toMatchObject({ path: 'logo.png', binary: true, hunks: [] })
})

test('of nothing is nothing', () => {
  expect(parseDiff('')).toEqual([])
})
