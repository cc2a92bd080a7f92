/** Git's packet lines: four hexadecimal digits that count themselves and what follows; `0000` ends a list. */
import { OrreryError } from '../../domain/errors.ts'

export const flush = '0000'

export function packetLine(text: string): string {
  const size = new TextEncoder().encode(text).length + 4
  return size.toString(16).padStart(4, '0') + text
}

/** The lists in a message, each up to its flush, lines without their end. Throws OrreryError UNAVAILABLE for anything else. */
export function readPackets(bytes: Uint8Array): string[][] {
  const decoder = new TextDecoder()
  const lists: string[][] = [[]]
  for (let at = 0; at < bytes.length; ) {
    const digits = decoder.decode(bytes.subarray(at, at + 4))
    const size = /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : -1
    if (size === 0) lists.push([])
    if (size !== 0 && (size < 4 || at + size > bytes.length))
      throw new OrreryError('UNAVAILABLE', 'the remote does not answer as Git does', { retryable: true })
    if (size >= 4) lists.at(-1)?.push(decoder.decode(bytes.subarray(at + 4, at + size)).replace(/\n$/, ''))
    at += Math.max(4, size)
  }
  return lists
}
