/** The file tools of an agent, inside: list, read, search, edit, write. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { answer, Refusal } from './tool-answer.mjs'
import { replaceIn } from './tool-edit.mjs'
import { changeable, inRepository, notThere } from './tool-paths.mjs'
import { searchIn } from './tool-search.mjs'
import { isForeign, workspaceTree } from './walk.mjs'

const mostEntries = 500
const mostFileBytes = 8 * 1_024 * 1_024
/** Of one reading, so that it is shown whole. */
const mostShown = 11 * 1_024
const longestLine = 2_000

/** @param {string} path */
function kindOf(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw notThere(path)
  return found
}

/** @param {string} path */
function textOf(path) {
  const { size } = regular(path)
  if (size > mostFileBytes)
    throw new Refusal(`${path} has ${size} bytes, which is too large. Use shell to look at parts.`)
  const bytes = readFileSync(path)
  if (bytes.subarray(0, 8_192).includes(0)) throw new Refusal(`${path} is no text: it has ${size} bytes and holds NUL.`)
  return { text: bytes.toString('utf8'), isUtf8: Buffer.from(bytes.toString('utf8')).equals(bytes) }
}

/** @param {string} path */
function regular(path) {
  const found = kindOf(path)
  if (found.isDirectory()) throw new Refusal(`${path} is a directory. Use list.`)
  if (!found.isFile()) throw new Refusal(`${path} is no regular file.`)
  return found
}

/** @param {{ path?: string, depth?: number }} request */
function list({ path = '.', depth = 3 }) {
  const root = inRepository(path)
  if (!kindOf(root).isDirectory()) throw new Refusal(`${path} is a file. Use read.`)
  /** @type {string[]} */
  const lines = []
  let beyond = 0
  const enter = (/** @type {string} */ directory, /** @type {number} */ level) => {
    const entries = readdirSync(directory, { withFileTypes: true }).filter(({ name }) => name !== '.git')
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      if (lines.length >= mostEntries) {
        beyond += 1
        continue
      }
      const place = join(directory, entry.name)
      if (entry.isDirectory()) {
        const closed = isForeign(entry.name)
        lines.push(`${place}/${closed ? ' (not entered)' : ''}`)
        if (!closed && level < depth) enter(place, level + 1)
      } else if (entry.isFile()) lines.push(`${place} (${statSync(place).size} bytes)`)
      else lines.push(`${place} (${entry.isSymbolicLink() ? 'link' : 'special'})`)
    }
  }
  enter(root, 1)
  if (lines.length === 0) return `${path} is empty.`
  if (beyond > 0) lines.push(`[… at least ${beyond} more entries: list a sub-directory, or fewer levels]`)
  return lines.join('\n')
}

/** @param {{ path: string, from?: number, to?: number }} request */
function read({ path, from = 1, to }) {
  const file = inRepository(path)
  const { text } = textOf(file)
  if (text === '') return `[${path} is empty]`
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  if (from > lines.length) throw new Refusal(`${path} has ${lines.length} lines, so there is no line ${from}.`)
  const last = Math.min(to ?? lines.length, lines.length)
  if (last < from) throw new Refusal(`\`to\` (${to}) comes before \`from\` (${from}).`)
  const shown = []
  let bytes = 0
  let line = from
  for (; line <= last; line += 1) {
    const numbered = numberedLine(line, lines[line - 1] ?? '')
    bytes += Buffer.byteLength(numbered) + 1
    if (bytes > mostShown && shown.length > 0) break
    shown.push(numbered)
  }
  if (line <= lines.length && (line <= last || to === undefined))
    shown.push(`[lines ${from} to ${line - 1} of ${lines.length}; read on with "from": ${line}]`)
  return shown.join('\n')
}

/**
 * @param {number} number
 * @param {string} line
 */
function numberedLine(number, line) {
  const cut =
    line.length > longestLine ? `${line.slice(0, longestLine)}[… ${line.length - longestLine} more characters]` : line
  return `${String(number).padStart(5)}\t${cut}`
}

/** @param {{ path: string, old: string, new: string, all?: boolean }} request */
function edit({ path, all = false, ...pieces }) {
  const file = changeable(path)
  const { text, isUtf8 } = textOf(file)
  if (!isUtf8) throw new Refusal(`${path} is not encoded as UTF-8. Change it with shell.`)
  const { changed, places } = replaceIn(text, { path, old: pieces.old, to: pieces.new, all })
  writeFileSync(file, changed)
  const lines = changed.split(/\r?\n/)
  const height = pieces.new.split('\n').length
  const around = places.slice(0, 5).map(start => {
    const first = Math.max(1, start - 2)
    const last = Math.min(lines.length, start + Math.min(height, 60) + 1)
    return lines
      .slice(first - 1, last)
      .map((line, index) => numberedLine(first + index, line))
      .join('\n')
  })
  const count = places.length === 1 ? 'one place' : `${places.length} places`
  return `Changed ${path} in ${count}. It reads now:\n${around.join('\n[…]\n')}`
}

/** @param {string} file */
function existing(file) {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch {
    throw new Refusal(`${dirname(file)} cannot be a directory: a file stands in the way.`)
  }
}

/** @param {{ path: string, content: string }} request */
function write({ path, content }) {
  const file = changeable(path)
  if (file === '.') throw new Refusal(`${path} names no file.`)
  const before = existing(file)
  if (before?.isDirectory()) throw new Refusal(`${path} is a directory.`)
  if (before !== undefined && !before.isFile()) throw new Refusal(`${path} is no regular file.`)
  if (before !== undefined && readFileSync(file).equals(Buffer.from(content)))
    return `${path} held exactly this already; nothing was changed.`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  const lines = content === '' ? 0 : content.replace(/\n$/, '').split('\n').length
  return `${before === undefined ? 'Made' : 'Replaced'} ${path}: ${lines} lines, ${Buffer.byteLength(content)} bytes.`
}

const operations = { list, read, edit, write, search: searchIn }

process.chdir(workspaceTree)
answer(request => operations[/** @type {keyof typeof operations} */ (request.op)](request))
