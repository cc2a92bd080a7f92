import { expect, test } from 'vitest'
import { readFiles } from './files.ts'

const file = (name: string, text: string, size = text.length) => ({ name, size, text: async () => text })

test('texts are given along, and what is none, too long or one too many is named', async () => {
  const read = await readFiles(
    [file('a.md', 'words'), file('b.bin', 'a\u0000b'), file('c.log', 'x'.repeat(64_001)), file('d.iso', '', 900_000)],
    0,
  )
  expect(read.given).toEqual([{ name: 'a.md', text: 'words' }])
  expect(read.faults).toEqual([
    'b.bin: is no text',
    'c.log: is longer than 64,000 characters',
    'd.iso: is longer than 64,000 characters',
  ])
  expect((await readFiles([file('e', 'e'), file('f', 'f')], 4)).faults).toEqual([
    'f: at most 5 files go with a message',
  ])
})
