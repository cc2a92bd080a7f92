import { expect, test } from 'vitest'
import type { PatchFile } from '../../../domain/work.ts'
import { emptyPart, openedFile, type Parts } from './file-diffs.ts'

const file = (path: string, added: number | null = 1): PatchFile => ({
  ...{ path, from: null, status: 'modified', added, removed: 0 },
})

test('of a long change few files are open at a time: the one that was opened first is folded', () => {
  let parts: Parts = new Map()
  for (let place = 0; place < 12; place++) parts = openedFile(parts, emptyPart(file(`${place}`), ''))
  expect([...parts.keys()]).toEqual(['4', '5', '6', '7', '8', '9', '10', '11'])
  parts = openedFile(parts, emptyPart(file('4'), 'again'))
  expect([...parts.keys()]).toEqual(['5', '6', '7', '8', '9', '10', '11', '4'])
  expect(parts.get('4')?.note).toBe('again')
})

test('what is no text has no lines to wait for', () => {
  expect(emptyPart(file('a.png', null), '')).toMatchObject({ binary: true, hunks: [], added: 0 })
})
