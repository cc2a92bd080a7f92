/**
 * An id that follows from its parts: whoever works it out, at whatever time, gets the same one. For names inside one
 * run, where nobody gains by a collision; not a cryptographic hash.
 */
export function stableId(...parts: readonly (string | number)[]): string {
  const text = JSON.stringify(parts)
  const hex = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map(seed => mixed(text, seed)).join('')
  // Version 8, “made by the application”, and the variant of RFC 9562.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** FNV-1a over UTF-16 units from a seed, finished as MurmurHash3 does, as eight hexadecimal digits. */
function mixed(text: string, seed: number): string {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0')
}
