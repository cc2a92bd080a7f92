/**
 * JSON that is too large for an event, behind a reference: `{"$blob": "<sha256>"}` stands for the parsed bytes of that blob.
 * A value that itself mentions `$blob` becomes a blob whatever its size, so that a reference is always one of ours.
 */
import type { Json } from '../domain/json.ts'
import type { BlobStore } from '../domain/ports.ts'

/** Bytes of JSON that stay in the event; the rest of its 16 KiB is for its other fields. */
export const inlineBytes = 12 * 1024

export async function deflate(blobs: BlobStore, value: Json): Promise<Json> {
  const text = JSON.stringify(value)
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= inlineBytes && !text.includes('"$blob"')) return value
  return { $blob: (await blobs.put(bytes)).hash }
}

/** The value with every reference in it replaced. What came out of a blob is taken as it is. Throws NOT_FOUND. */
export async function inflate(blobs: BlobStore, value: Json): Promise<Json> {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return Promise.all(value.map(one => inflate(blobs, one)))
  const record = value as { readonly [key: string]: Json }
  if (typeof record.$blob === 'string')
    return JSON.parse(new TextDecoder().decode(await blobs.get(record.$blob))) as Json
  const entries = Object.entries(record).map(async ([key, one]) => [key, await inflate(blobs, one)] as const)
  return Object.fromEntries(await Promise.all(entries))
}
