/** The part of a unified diff that is about one file, found in its bytes as they come. */

const newline = 10
const begin = Buffer.from('diff --git ')
/** No head of a part is longer: paths have at most 4,096 bytes. */
const longestHead = 16_384

export type DiffPart = { bytes: Uint8Array } | { tooLarge: true } | null

/**
 * The lines from that head to the next one; null where there is no such head. What is longer than `most` bytes is too large,
 * and is not read to its end. Memory is bounded by `most` and a piece, however long a line is.
 */
export async function diffPart(pieces: AsyncIterable<Uint8Array>, head: string, most: number): Promise<DiffPart> {
  const wanted = Buffer.from(head)
  const found: Buffer[] = []
  let size = 0
  let within = false
  let atLineStart = true
  let rest = Buffer.alloc(0)
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece])
    let at = 0
    while (at < bytes.length) {
      const end = bytes.indexOf(newline, at) + 1
      // A line that is cut off here is held until it can be read, unless nothing so long is a head.
      if (end === 0 && bytes.length - at <= longestHead) break
      const line = bytes.subarray(at, end === 0 ? bytes.length : end)
      if (atLineStart && line.subarray(0, begin.length).equals(begin)) {
        within = line.subarray(0, line.length - 1).equals(wanted)
        // A file that became a link is two parts that follow each other, under one head.
        if (!within && size > 0) return { bytes: Buffer.concat(found) }
      }
      if (within) {
        size += line.length
        if (size > most) return { tooLarge: true }
        found.push(line)
      }
      atLineStart = end !== 0
      at += line.length
    }
    rest = bytes.subarray(at)
  }
  if (within) found.push(rest)
  return size === 0 ? null : { bytes: Buffer.concat(found) }
}

/** The line that begins the part about a file, as git writes it without quoting letters beyond ASCII. */
export const headOf = ({ path, from }: { path: string; from: string | null }): string =>
  `diff --git ${quoted(`a/${from ?? path}`)} ${quoted(`b/${path}`)}`

const escapes: Readonly<Record<string, string>> = {
  ...{ '"': '\\"', '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' },
  ...{ '\x07': '\\a', '\b': '\\b', '\v': '\\v', '\f': '\\f' },
}
const quotable = /["\\\x00-\x1f\x7f]/g

const quoted = (path: string): string => {
  const inside = path.replace(quotable, one => escapes[one] ?? `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`)
  return inside === path ? path : `"${inside}"`
}
