/** Names for files that are made of the titles of strangers: no file system minds them, and none leads anywhere. */

const extensions: Readonly<Record<string, string>> = {
  'text/markdown': '.md',
  'text/plain': '.txt',
  'text/csv': '.csv',
  'application/json': '.json',
  'application/sarif+json': '.sarif',
  'application/gzip': '.gz',
  'application/x-tar': '.tar',
  'application/zip': '.zip',
}

/** Characters of a name; of four bytes each, they leave room for a number and an ending within the usual 255 bytes. */
const nameLength = 56

/** Letters, digits, spaces, `.`, `_` and `-`; it neither begins nor ends with a dot, and is never empty. */
export function plainName(title: string, otherwise: string): string {
  const words = title
    .normalize('NFC')
    .replace(/[^\p{Letter}\p{Mark}\p{Number} ._-]+/gu, '-')
    .replace(/^[ .-]+/, '')
  return (
    [...words]
      .slice(0, nameLength)
      .join('')
      .replace(/[ .]+$/, '') || otherwise
  )
}

/** `mediaType`: without its parameters, in lower case. */
export function fileName(title: string, mediaType: string): string {
  const name = plainName(title, 'artifact')
  const extension = extensions[mediaType] ?? ''
  return name.toLowerCase().endsWith(extension) ? name : name + extension
}

/** Always a download. */
export function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`
}

/** `text/plain; charset=utf-8` without what follows the semicolon. */
export const bareType = (mediaType: string): string => mediaType.split(';')[0]?.trim().toLowerCase() ?? ''
