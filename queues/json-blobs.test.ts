import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../domain/json.ts'
import type { BlobStore } from '../domain/ports.ts'
import { deflate, inflate, inlineBytes } from './json-blobs.ts'

function memoryBlobs(): BlobStore & { kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>()
  return {
    kept,
    async put(bytes) {
      const hash = `blob ${kept.size}`
      kept.set(hash, bytes)
      return { hash, size: bytes.length }
    },
    async get(hash) {
      const bytes = kept.get(hash)
      if (bytes === undefined) throw new Error(`no ${hash}`)
      return bytes
    },
  }
}

test('small values stay as they are, large ones become references', async () => {
  const blobs = memoryBlobs()
  const small = { text: 'x'.repeat(inlineBytes - 20) }
  expect(await deflate(blobs, small)).toBe(small)
  const large = { text: 'ä'.repeat(inlineBytes / 2) }
  expect(await deflate(blobs, large)).toEqual({ $blob: 'blob 0' })
  expect(blobs.kept.size).toBe(1)
})

test('references are replaced wherever they stand', async () => {
  const blobs = memoryBlobs()
  const large: Json = ['x'.repeat(inlineBytes)]
  const reference = await deflate(blobs, large)
  expect(await inflate(blobs, { deep: [reference, null, 7], text: 'plain' })).toEqual({
    deep: [large, null, 7],
    text: 'plain',
  })
})

test('a value that only looks like a reference never is one', async () => {
  const blobs = memoryBlobs()
  const forged: Json = { $blob: 'somebody else’s' }
  expect(await inflate(blobs, await deflate(blobs, forged))).toEqual(forged)
})

test('whatever goes in comes out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.boolean(), async (value, large) => {
      const blobs = memoryBlobs()
      const given = JSON.parse(JSON.stringify(large ? { value, pad: 'x'.repeat(inlineBytes) } : value)) as Json
      expect(await inflate(blobs, await deflate(blobs, given))).toEqual(given)
    }),
  )
})
