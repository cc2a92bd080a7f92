import { describe, expect, test } from 'vitest'
import { diffPart, headOf } from './diff-part.ts'

const diff = `diff --git a/one.ts b/one.ts
index 1..2 100644
--- a/one.ts
+++ b/one.ts
@@ -1 +1,2 @@
 same
+diff --git a/two.ts b/two.ts
diff --git a/two.ts b/two.ts
new file mode 100644
--- /dev/null
+++ b/two.ts
@@ -0,0 +1 @@
+two
diff --git a/link b/link
deleted file mode 100644
--- a/link
diff --git a/link b/link
new file mode 120000
+++ b/link
diff --git a/x b/y b/x b/y
old mode 100644
new mode 100755`

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const textOf = async (path: string, size = 1_000_000) => {
  const part = await diffPart(inPieces(diff, size), headOf({ path, from: null }), 10_000)
  return part !== null && 'bytes' in part ? new TextDecoder().decode(part.bytes) : part
}

describe('the part of a diff about a file', () => {
  test.each([1, 7, 64, 1_000_000])('is found whole in pieces of %d bytes', async size => {
    const lines = diff.split('\n')
    expect(await textOf('one.ts', size)).toBe(`${lines.slice(0, 7).join('\n')}\n`)
    expect(await textOf('two.ts', size)).toBe(`${lines.slice(7, 13).join('\n')}\n`)
    expect(await textOf('link', size)).toBe(`${lines.slice(13, 19).join('\n')}\n`)
    expect(await textOf('x b/y', size)).toBe(lines.slice(19).join('\n'))
    for (const none of ['y', 'two', 'a/two.ts', '']) expect(await textOf(none, size)).toBe(null)
  })

  test('that is too large is not read to its end', async () => {
    let read = 0
    async function* endless() {
      yield new TextEncoder().encode('diff --git a/a b/a\n')
      for (;;) {
        read += 1
        yield new Uint8Array(1_000).fill(43)
      }
    }
    expect(await diffPart(endless(), headOf({ path: 'a', from: null }), 50_000)).toEqual({ tooLarge: true })
    expect(read).toBeLessThan(80)
  })

  test('is not mistaken for what stands in a very long line', async () => {
    const long = `diff --git a/a b/a\n+${'x'.repeat(40_000)}diff --git a/b b/b\ndiff --git a/b b/b\n+b\n`
    const part = await diffPart(inPieces(long, 1_500), headOf({ path: 'b', from: null }), 10_000)
    expect(part !== null && 'bytes' in part ? String(Buffer.from(part.bytes)) : part).toBe('diff --git a/b b/b\n+b\n')
  })

  test.each([
    [{ path: 'größe.ts', from: null }, 'diff --git a/größe.ts b/größe.ts'],
    [{ path: 'new name', from: 'old' }, 'diff --git a/old b/new name'],
    [{ path: 'a"b\\c\t\x01', from: 'plain' }, 'diff --git a/plain "b/a\\"b\\\\c\\t\\001"'],
  ])('%j begins with %j', (file, head) => expect(headOf(file)).toBe(head))
})
