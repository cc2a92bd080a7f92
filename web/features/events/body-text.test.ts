import { expect, test } from 'vitest'
import { bodyText, nameOf } from './body-text.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('text stays as it is, also where it only begins like JSON', () => {
  expect(bodyText(bytes('\x1b[31mred\x1b[0m\n'), 'text', true)).toBe('\x1b[31mred\x1b[0m\n')
  expect(bodyText(bytes('[error] no {'), 'text', true)).toBe('[error] no {')
  expect(bodyText(Uint8Array.of(0xff, 0x41), 'text', true)).toBe('\uFFFDA')
})

test('JSON is laid out, where all of it is there', () => {
  expect(bodyText(bytes('{"a":[1]}'), 'text', true)).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(bodyText(bytes('"short"'), 'json', true)).toBe('"short"')
  expect(bodyText(bytes('{"a":[1'), 'json', false)).toBe('{"a":[1')
})

test('a cut through a character shows none of it', () => {
  expect(bodyText(bytes('aé').subarray(0, 2), 'text', false)).toBe('a')
})

test('what a model said is read as it said it', () => {
  const reply = [
    { type: 'thinking', text: 'Hm.', opaque: null },
    { type: 'text', text: 'One\ntwo' },
    { type: 'tool-call', id: 'c', name: 'read', input: { path: 'a' } },
  ]
  expect(bodyText(bytes(JSON.stringify(reply)), 'json', true)).toBe(
    '[thinks]\nHm.\n\nOne\ntwo\n\n[calls read]\n{\n  "path": "a"\n}',
  )
  expect(bodyText(bytes('[{"type":"image"}]'), 'json', true)).toContain('"image"')
})

test('each is named', () => {
  expect(nameOf({ field: 'handles', hash: '', kind: 'text' })).toBe('The whole of what it read')
  expect(nameOf({ field: 'facts', hash: '', kind: 'json' })).toBe('facts')
})
