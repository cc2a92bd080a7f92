/**
 * What a key looks like: `orr_<environment>_<id>_<secret><checksum>`. The prefix lets scanners of leaked secrets find it, the
 * id may be shown, and the checksum refuses a key that was mistyped or cut without asking Postgres.
 */
import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const shape = /^orr_([a-z]{2,10})_([0-9A-Za-z]{12})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/

/** `text` is shown once and never stored. 32 characters of 62 are 190 bits. */
export function mintKey(environment = 'live'): { text: string; publicId: string } {
  const publicId = randomText(12)
  const body = `orr_${environment}_${publicId}_${randomText(32)}`
  return { text: body + checksum(body), publicId }
}

/** The id of a key that is well formed; null where it is none. */
export function publicIdOf(text: string): string | null {
  const match = shape.exec(text)
  if (match === null || checksum(text.slice(0, -6)) !== match[4]) return null
  return match[2] ?? null
}

const randomText = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

function checksum(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let digit = 0; digit < 6; digit++) {
    text = (alphabet[rest % 62] ?? '') + text
    rest = Math.floor(rest / 62)
  }
  return text
}
