/** Blobs in memory, for tests of agents. */
import { createHash } from 'node:crypto'
import { OrreryError } from '../domain/errors.ts'
import type { BlobStore } from '../domain/ports.ts'

export function memoryBlobs(): BlobStore {
  const stored = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex')
      stored.set(hash, bytes)
      return { hash, size: bytes.length }
    },
    async get(hash) {
      const bytes = stored.get(hash)
      if (bytes === undefined) throw new OrreryError('NOT_FOUND', `there is no blob ${hash}`)
      return bytes
    },
  }
}
