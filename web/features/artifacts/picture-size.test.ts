import { expect, test } from 'vitest'
import { pictureSize } from './picture-size.ts'

const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

test.each([
  ['PNG', '89504e470d0a1a0a 0000000d 49484452 00009c40 00007530', 40_000, 30_000],
  ['GIF', '474946383961 0a00 1400', 10, 20],
  ['WebP, extended', '52494646 00000000 57454250 56503858 0a000000 00000000 2b0100 c70000', 300, 200],
  ['WebP, lossless', '52494646 00000000 57454250 5650384c 00000000 2f 2bc13100', 300, 200],
  ['WebP', '52494646 00000000 57454250 56503820 00000000 000000 9d012a 2c01 c800', 300, 200],
  ['JPEG', 'ffd8 ffe0 0004 4a46 ffc4 0003 00 ffc2 0011 08 00c8 012c', 300, 200],
])('%s says its size', (_, hex, width, height) => {
  expect(pictureSize(bytes(hex))).toEqual({ width, height })
})

test.each([
  ['text', '3c7376673e3c2f7376673e20202020'],
  ['a JPEG that ends early', 'ffd8ffe00010'],
  ['a JPEG of no segments', 'ffd8000000000000'],
  ['nothing', ''],
])('%s says none', (_, hex) => {
  expect(pictureSize(bytes(hex))).toBeNull()
})
