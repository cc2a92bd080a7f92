/** Reads the headers of a tar archive in memory, to know what is in it before it is believed or unpacked. */
import { OrreryError } from '../../domain/errors.ts'

export type TarEntry = {
  name: string
  type: 'file' | 'directory' | 'symlink' | 'hard link' | 'character device' | 'block device' | 'pipe' | 'unknown entry'
  /** Bytes of content. */
  size: number
  /** What a link points to; empty otherwise. */
  target: string
  /** Where the content begins in the archive. */
  offset: number
}

const block = 512

const types: Readonly<Record<string, TarEntry['type']>> = {
  ...{ '0': 'file', '\0': 'file', '1': 'hard link', '2': 'symlink', '3': 'character device' },
  ...{ '4': 'block device', '5': 'directory', '6': 'pipe', '7': 'file' },
}

/**
 * The entries of an archive in ustar, GNU or pax form, in their order. Throws OrreryError BAD_INPUT where it is cut off,
 * damaged, or uses what a plain tree of files has no need of (sparse files, volumes).
 */
export function* readTar(archive: Uint8Array): Generator<TarEntry> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  let next: { name?: string; target?: string; size?: number } = {}
  for (let at = 0; at + block <= bytes.length; ) {
    const header = bytes.subarray(at, at + block)
    if (header.every(byte => byte === 0)) return
    assertChecksum(header)
    const flag = String.fromCharCode(header[156] ?? 0)
    const size = next.size ?? numberAt(header, 124, 12)
    const offset = at + block
    if (offset + size > bytes.length) throw damaged('is cut off')
    const content = () => bytes.subarray(offset, offset + size)
    at = offset + Math.ceil(size / block) * block
    if (flag === 'L') next.name = textAt(content(), 0, size)
    else if (flag === 'K') next.target = textAt(content(), 0, size)
    else if (flag === 'x') next = { ...next, ...paxRecords(content()) }
    else if (flag === 'g') assertNoFields(paxRecords(content()))
    else {
      yield {
        name: next.name ?? nameIn(header),
        type: types[flag] ?? 'unknown entry',
        size,
        target: next.target ?? textAt(header, 157, 100),
        offset,
      }
      next = {}
    }
  }
}

function damaged(why: string): OrreryError {
  return new OrreryError('BAD_INPUT', `the archive ${why}`)
}

function assertChecksum(header: Buffer): void {
  let sum = 0
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 32 : byte
  if (sum !== numberAt(header, 148, 8)) throw damaged('is damaged')
}

function textAt(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString('utf8')
}

function nameIn(header: Buffer): string {
  const name = textAt(header, 0, 100)
  const prefix = textAt(header, 257, 6) === 'ustar' ? textAt(header, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** An octal number; a size beyond 8 GiB is written in base 256, which no workspace holds. */
function numberAt(header: Buffer, start: number, length: number): number {
  const digits = textAt(header, start, length).trim()
  if (!/^[0-7]*$/.test(digits)) throw damaged('holds a number that cannot be read')
  return Number.parseInt(digits || '0', 8)
}

function sizeIn(digits: string): number {
  if (!/^\d{1,15}$/.test(digits)) throw damaged('holds a number that cannot be read')
  return Number(digits)
}

/** A name or a size for all members at once is nothing that anybody writes in good faith. */
function assertNoFields(fields: object): void {
  if (Object.keys(fields).length > 0) throw damaged('gives one name to all of its members')
}

/** `12 path=a/b\n`: length, key and value. Only what replaces a header's field is taken. */
function paxRecords(content: Buffer): { name?: string; target?: string; size?: number } {
  const found: { name?: string; target?: string; size?: number } = {}
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at)
    const length = Number(content.subarray(at, space))
    if (space === -1 || !Number.isInteger(length) || length <= 0) throw damaged('is damaged')
    const record = content.subarray(space + 1, at + length - 1).toString('utf8')
    const [key, value] = [record.slice(0, record.indexOf('=')), record.slice(record.indexOf('=') + 1)]
    if (key === 'path') found.name = value
    if (key === 'linkpath') found.target = value
    if (key === 'size') found.size = sizeIn(value)
    if (key.startsWith('GNU.sparse')) throw damaged('holds a sparse file')
    at += length
  }
  return found
}
