/** Exact replacement in a text, and what to say where it cannot be done. */
import { Refusal } from './tool-answer.mjs'

/**
 * The text with the pieces replaced, and the lines at which they begin. Throws Refusal.
 * @param {string} text
 * @param {{ path: string, old: string, to: string, all: boolean }} edit
 * @returns {{ changed: string, places: number[] }}
 */
export function replaceIn(text, { path, old, to, all }) {
  if (old === to) throw new Refusal('`old` and `new` are the same, so nothing would change.')
  const crlf = text.includes('\r\n') && !old.includes('\r')
  const [wanted, written] = crlf ? [withCrlf(old), withCrlf(to.replaceAll('\r\n', '\n'))] : [old, to]
  const found = occurrences(text, wanted)
  if (found.length === 0) throw new Refusal(notFound(text, path, old))
  if (found.length > 1 && !all) {
    const lines = found.slice(0, 20).map(at => lineAt(text, at))
    throw new Refusal(
      `\`old\` stands ${found.length} times in ${path}, beginning in the lines ${lines.join(', ')}. Nothing was changed. Take in more lines around the one that you mean, or set "all": true.`,
    )
  }
  // Lines shift by what was replaced above them.
  const growth = written.split('\n').length - wanted.split('\n').length
  const places = found.map((at, index) => lineAt(text, at) + index * growth)
  return { changed: text.split(wanted).join(written), places }
}

/** @param {string} text */
const withCrlf = text => text.replaceAll('\n', '\r\n')

/**
 * Where a piece stands, without overlaps.
 * @param {string} text
 * @param {string} piece
 */
function occurrences(text, piece) {
  const found = []
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + piece.length)) found.push(at)
  return found
}

/**
 * @param {string} text
 * @param {number} at
 */
function lineAt(text, at) {
  let line = 1
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line += 1
  return line
}

/**
 * @param {string} text
 * @param {string} path
 * @param {string} old
 */
function notFound(text, path, old) {
  const lines = text.split(/\r?\n/)
  const wanted = old.replace(/^\n+|\n+$/g, '').split(/\r?\n/)
  const start = `\`old\` does not stand in ${path}. Nothing was changed.`
  if (wanted.every(line => /^\s*\d+\t/.test(line)))
    return `${start} Leave out the line numbers and tabs that read puts before each line.`
  const spaced = withOtherSpace(lines, wanted)
  if (spaced !== null)
    return `${start} With other white space it stands here; copy it exactly:\n${numbered(lines, spaced, wanted.length)}`
  const near = nearest(lines, wanted)
  if (near.length === 0) return `${start} Nothing in the file resembles it. Read the file first.`
  const shown = near.map(at => numbered(lines, Math.max(0, at - 1), 3)).join('\n[…]\n')
  return `${start} The lines that resemble it most:\n${shown}`
}

/**
 * @param {readonly string[]} lines
 * @param {number} at
 * @param {number} count
 */
const numbered = (lines, at, count) =>
  lines
    .slice(at, at + Math.min(count, 40))
    .map((line, index) => `${String(at + index + 1).padStart(5)}\t${line.slice(0, 300)}`)
    .join('\n')

/** @param {string} line */
const bare = line => line.replace(/\s+/g, '')

/**
 * Where the lines stand if white space does not count; null where they do not.
 * @param {readonly string[]} lines
 * @param {readonly string[]} wanted
 */
function withOtherSpace(lines, wanted) {
  const [have, want] = [lines.map(bare), wanted.map(bare)]
  if (want.every(line => line === '')) return null
  const at = have.findIndex((_, start) => want.every((line, index) => have[start + index] === line))
  return at === -1 ? null : at
}

/** How much two lines share below which they do not resemble each other, of 1. */
const leastShared = 0.5

/**
 * The lines, at most three, that are most like the longest line that was looked for.
 * @param {readonly string[]} lines
 * @param {readonly string[]} wanted
 */
function nearest(lines, wanted) {
  const sample = wanted.map(bare).toSorted((left, right) => right.length - left.length)[0] ?? ''
  const pairs = pairsOf(sample.slice(0, 500))
  return lines
    .slice(0, 20_000)
    .map((line, at) => ({ at, shared: sharedBy(pairs, pairsOf(bare(line).slice(0, 500))) }))
    .filter(({ shared }) => shared >= leastShared)
    .toSorted((left, right) => right.shared - left.shared)
    .slice(0, 3)
    .map(({ at }) => at)
    .toSorted((left, right) => left - right)
}

/**
 * Pairs of neighbouring characters.
 * @param {string} line
 */
const pairsOf = line => new Set(Array.from({ length: Math.max(0, line.length - 1) }, (_, at) => line.slice(at, at + 2)))

/**
 * @param {Set<string>} left
 * @param {Set<string>} right
 */
function sharedBy(left, right) {
  if (left.size + right.size === 0) return 0
  let both = 0
  for (const pair of left) if (right.has(pair)) both += 1
  return (2 * both) / (left.size + right.size)
}
