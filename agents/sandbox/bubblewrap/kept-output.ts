/** Reads a stream to its end, keeps the beginning and counts the rest. */
import type { Readable } from 'node:stream'

export type Kept = { bytes: Uint8Array; total: number }

/** Resolves at the end of the stream with its first `limit` bytes and its whole length. `seen` is called with every piece. */
export function keep(stream: Readable, limit: number, seen: (chunk: Uint8Array) => void): Promise<Kept> {
  const pieces: Uint8Array[] = []
  let kept = 0
  let total = 0
  stream.on('data', (chunk: Uint8Array) => {
    total += chunk.length
    if (kept < limit) {
      // A copy: a slice would hold on to the 64 KiB that were read with it.
      const piece = new Uint8Array(chunk.subarray(0, limit - kept))
      pieces.push(piece)
      kept += piece.length
    }
    seen(chunk)
  })
  // A pipe that breaks ends; what was read until then stands.
  stream.on('error', () => {})
  return new Promise(resolve => stream.once('close', () => resolve({ bytes: Buffer.concat(pieces), total })))
}
