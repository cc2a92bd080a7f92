import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

const hashes = new Map<string, string>()

/** sha256 over the sources of `domain/run`: a snapshot made by other code is not used, but folded anew. */
export function domainHash(folder = new URL('../domain/run/', import.meta.url)): string {
  const known = hashes.get(folder.href)
  if (known !== undefined) return known
  const hash = createHash('sha256')
  for (const name of readdirSync(folder)
    .filter(file => file.endsWith('.ts') && !file.includes('.test.'))
    .sort()) {
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(new URL(name, folder)))
  }
  const digest = hash.digest('hex')
  hashes.set(folder.href, digest)
  return digest
}
