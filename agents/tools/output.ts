/** What a tool said, on its way to the model: cleaned, cut to size with a handle to the rest, and marked where a stranger wrote it. */
import type { BlobStore } from '../../domain/ports.ts'
import { cleanText } from '../../domain/run/clean.ts'

/** Bytes of one result that a model is shown unless told. */
export const shownBytes = 12 * 1024
/** Of what is cut, this much is shown from the beginning; the rest is shown from the end, where the errors are. */
const headShare = 0.6

export type Shown = {
  text: string
  /** Where the whole text is; null where all of it is shown. */
  handle: string | null
}

/** The text as it is shown. What is longer is stored whole, under the handle. */
export async function show(text: string, blobs: BlobStore, most = shownBytes): Promise<Shown> {
  const clean = cleanText(text)
  const bytes = new TextEncoder().encode(clean)
  if (bytes.length <= most) return { text: clean, handle: null }
  const { hash } = await blobs.put(bytes)
  const head = cutAt(bytes, Math.floor(most * headShare), 'down')
  const tail = cutAt(bytes, bytes.length - Math.floor(most * (1 - headShare)), 'up')
  const decode = (part: Uint8Array) => new TextDecoder().decode(part)
  const note = `[… ${tail - head} of ${bytes.length} bytes are left out here. To see them: read_more {"handle": "${hash}", "from": ${head}}]`
  return {
    text: `${decode(bytes.subarray(0, head)).replace(/\n$/, '')}\n${note}\n${decode(bytes.subarray(tail))}`,
    handle: hash,
  }
}

/** A place near `at` where no character is cut in two, and no line if one ends within 200 bytes. */
export function cutAt(bytes: Uint8Array, at: number, direction: 'down' | 'up'): number {
  const step = direction === 'down' ? -1 : 1
  for (let place = at; Math.abs(place - at) <= 200 && place > 0 && place < bytes.length; place += step) {
    if (bytes[place - 1] === 0x0a) return place
  }
  let place = at
  while (place > 0 && place < bytes.length && ((bytes[place] ?? 0) & 0xc0) === 0x80) place += step
  return place
}

/** Nobody but `mark` writes these, so that a text cannot end its own block. */
const opening = (source: string) => `<untrusted source=${JSON.stringify(source)}>`
const closing = '</untrusted>'

/** The text inside a block that says that it is material and no instruction. */
export function markUntrusted(text: string, source: string): string {
  const tame = text.replace(/<(\/?)(untrusted)/gi, '‹$1$2')
  return `${opening(cleanText(source).slice(0, 200))}\n${tame}\n${closing}`
}
