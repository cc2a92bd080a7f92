/** The texts of a repository that are worth analysing. What is left out is said. */
import { lstatSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { isBinary, listed, walk } from './walk.mjs'

export const javascript = ['.js', '.mjs', '.cjs', '.jsx']
export const typescript = ['.ts', '.mts', '.cts', '.tsx']
export const python = ['.py', '.pyi']

const mostFiles = 20_000
const mostBytes = 512 * 1_024
/** Nobody writes such a line by hand, and analyzers take minutes for some of them. */
const longestLine = 5_000

/** @typedef {{ path: string, text: string }} Source */
/** @typedef {{ large: string[], long: string[], unreadable: string[] }} LeftOut */

/**
 * Source files with one of some extensions, with their text.
 * @param {readonly string[] | null} extensions null for every file that is text
 * @param {Pick<import('./report.mjs').Report, 'notChecked'>} report is told what was left out
 * @returns {Source[]}
 */
export function readSources(extensions, report) {
  /** @type {Source[]} */
  const sources = []
  /** @type {LeftOut} */
  const leftOut = { large: [], long: [], unreadable: [] }
  let beyond = 0
  for (const path of walk()) {
    if (extensions !== null && !extensions.includes(extname(path))) continue
    if (sources.length >= mostFiles) {
      beyond += 1
      continue
    }
    const text = readText(path, leftOut)
    if (text !== null) sources.push({ path, text })
  }
  const say = (/** @type {string[]} */ paths, /** @type {string} */ why, /** @type {string} */ mend) => {
    if (paths.length > 0) report.notChecked(listed(paths), why, mend)
  }
  say(
    leftOut.large,
    `larger than ${mostBytes / 1_024} KiB`,
    'Split them, or keep generated files out of the repository.',
  )
  say(
    leftOut.long,
    `a line is longer than ${longestLine} characters, as in minified or generated files`,
    'Keep generated files out of the repository.',
  )
  say(leftOut.unreadable, 'cannot be read', 'Make them readable.')
  if (beyond > 0)
    report.notChecked(
      `${beyond} more files`,
      `an analysis reads at most ${mostFiles} files`,
      'Audit a sub-directory on its own.',
    )
  return sources
}

/** What generators write at the top of what they make, and whoever wants no lint in a whole file. */
const generated =
  /^\s*\/\*\s*eslint-disable\s*\*\/|@generated\b|\b(auto-?)?generated (by|from|code|file)\b|do not (edit|modify)\b/i

/**
 * Without what was generated: nobody reads it, and nobody mends it where it stands.
 * @template {Source} S
 * @param {readonly S[]} sources
 * @param {Pick<import('./report.mjs').Report, 'notChecked'>} report is told what was left out
 */
export function writtenByHand(sources, report) {
  const [made, written] = [/** @type {S[]} */ ([]), /** @type {S[]} */ ([])]
  for (const source of sources) (generated.test(source.text.slice(0, 600)) ? made : written).push(source)
  if (made.length > 0)
    report.notChecked(listed(made.map(({ path }) => path)), 'it says at its top that it was generated')
  return written
}

/**
 * The text of a file; null where it is none, or none that is read, which is noted.
 * @param {string} path
 * @param {LeftOut} leftOut
 */
function readText(path, leftOut) {
  try {
    if (lstatSync(path).size > mostBytes) {
      if (!isBinary(path)) leftOut.large.push(path)
      return null
    }
    const bytes = readFileSync(path)
    if (bytes.subarray(0, 8_192).includes(0)) return null
    const text = bytes.toString('utf8')
    if (!hasLongLine(text)) return text
    leftOut.long.push(path)
  } catch {
    leftOut.unreadable.push(path)
  }
  return null
}

/** @param {string} text */
function hasLongLine(text) {
  for (let at = 0; at <= text.length; ) {
    const end = text.indexOf('\n', at)
    if ((end === -1 ? text.length : end) - at > longestLine) return true
    if (end === -1) return false
    at = end + 1
  }
  return false
}
