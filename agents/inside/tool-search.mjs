/** Searches the texts of the repository, line by line. */
import { lstatSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from './tool-answer.mjs'
import { inRepository, notThere } from './tool-paths.mjs'
import { walk } from './walk.mjs'

const mostHits = 200
const mostFileBytes = 1_024 * 1_024
const longestLine = 300

/** @param {{ pattern: string, path?: string, glob?: string }} request */
export function searchIn({ pattern, path = '.', glob }) {
  const expression = compile(pattern)
  const fits = glob === undefined ? () => true : globTest(glob)
  const hits = []
  let [files, more, left] = [0, 0, 0]
  for (const file of filesBelow(inRepository(path), path)) {
    if (!fits(file)) continue
    const text = textOf(file)
    if (text === null) {
      left += 1
      continue
    }
    files += 1
    const lines = text.split(/\r?\n/)
    for (let line = 1; line <= lines.length; line += 1) {
      const content = lines[line - 1] ?? ''
      if (!expression.test(content)) continue
      if (hits.length < mostHits) hits.push(`${file}:${line}: ${around(content, expression)}`)
      else more += 1
    }
  }
  const where = `${files} ${files === 1 ? 'file' : 'files'}${left > 0 ? ` (${left} binary or large ones left out)` : ''}`
  if (hits.length === 0) return `No line matches /${pattern}/ in ${where}.`
  if (more > 0) hits.push(`[… ${more} more lines match: narrow the pattern, the path or the glob]`)
  return hits.join('\n')
}

/** @param {string} pattern */
function compile(pattern) {
  try {
    return new RegExp(pattern)
  } catch (error) {
    throw new Refusal(
      `\`pattern\` is no JavaScript regular expression: ${error instanceof Error ? error.message : ''}. Put a \\ before characters such as ( [ { . * + ? that are meant literally.`,
    )
  }
}

/**
 * @param {string} root relative to the repository
 * @param {string} named as it was asked for
 */
function* filesBelow(root, named) {
  const found = statSync(root, { throwIfNoEntry: false })
  if (found === undefined) throw notThere(named)
  if (found.isDirectory()) for (const file of walk(root)) yield root === '.' ? file : join(root, file)
  else yield root
}

/** @param {string} file */
function textOf(file) {
  try {
    if (lstatSync(file).size > mostFileBytes) return null
    const bytes = readFileSync(file)
    return bytes.subarray(0, 8_192).includes(0) ? null : bytes.toString('utf8')
  } catch {
    return null
  }
}

/**
 * The line, or of a long one the part that matches.
 * @param {string} line
 * @param {RegExp} expression
 */
function around(line, expression) {
  if (line.length <= longestLine) return line
  const at = Math.max(0, line.search(expression) - 80)
  return `${at > 0 ? '…' : ''}${line.slice(at, at + longestLine)}…`
}

/**
 * A test for paths. `*` stays within a directory, `**` does not, `{a,b}` is either; without a `/` only the name is compared.
 * @param {string} glob
 */
export function globTest(glob) {
  const source = glob.replace(/^\.?\//, '').replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^\w/]/g, part => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part.length > 1) return `(?:${part.slice(1, -1).split(',').map(literal).join('|')})`
    return literal(part)
  })
  const expression = new RegExp(`^${source}$`)
  return (/** @type {string} */ path) =>
    expression.test(glob.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1))
}

/** @param {string} text */
const literal = text => text.replace(/[^\w]/g, '\\$&').replaceAll('\\*', '[^/]*')
