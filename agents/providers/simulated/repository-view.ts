/** What a policy has seen of a repository so far, and the few ways in which it looks and changes. */

import type { Exchange } from './conversation.ts'
import { ask, type Move } from './policy.ts'
import { importsOf } from './repair/imports.ts'

export type View = { paths: string[]; files: Map<string, string> }
type Steps<T> = Generator<Move, T, readonly Exchange[]>

const mostFiles = 16

export function* look(say: string): Steps<View> {
  const { text, isError } = yield* ask(say, 'list', { depth: 8 })
  return { paths: isError ? [] : pathsIn(text), files: new Map() }
}

/** One path a line, folders with a slash at the end; what follows the path is about the file. */
function pathsIn(listing: string): string[] {
  return listing
    .split('\n')
    .map(line => line.trim().split(/\s/)[0] ?? '')
    .filter(path => /^[\w@.][^:]*$/.test(path) && !path.endsWith('/') && !path.includes('node_modules/'))
}

/** Reads what has not been read yet, all at once. */
export function* readAll(view: View, say: string, paths: readonly string[]): Steps<void> {
  const wanted = [...new Set(paths)]
    .filter(path => !view.files.has(path))
    .slice(0, Math.max(0, mostFiles - view.files.size))
  if (wanted.length === 0) return
  const answers = yield { say, calls: wanted.map(path => ({ name: 'read', input: { path } })) }
  for (const [index, path] of wanted.entries()) {
    const answer = answers[index]
    if (answer !== undefined && !answer.isError) view.files.set(path, textOf(answer.text))
  }
}

/** What the files import, and what that imports. */
export function* readImports(view: View, from: readonly string[], depth = 3): Steps<void> {
  let frontier = from
  for (let round = 0; round < depth && frontier.length > 0; round += 1) {
    const next = frontier.flatMap(path => importsOf(path, view.files.get(path) ?? '', view.paths))
    frontier = [...new Set(next)].filter(path => !view.files.has(path))
    yield* readAll(view, 'I read what it uses.', frontier)
  }
}

/** Numbered lines, as `read` shows them, without their numbers: as far as they follow each other, for a long file is shown with a gap. */
function textOf(shown: string): string {
  const lines: string[] = []
  for (const line of shown.split('\n')) {
    const found = /^ *(\d+)(?:\t(.*))?$/.exec(line)
    if (found !== null && Number(found[1]) === lines.length + 1) lines.push(found[2] ?? '')
  }
  return lines.join('\n')
}

/** The text around a line that stands only once in the file, and the same with the line replaced. */
export function uniqueEdit(text: string, line: number, by: string): { old: string; new: string } {
  const lines = text.split('\n')
  const changed = lines.with(line, by)
  let [from, to] = [line, line + 1]
  const old = () => lines.slice(from, to).join('\n')
  while (text.split(old()).length !== 2 && (from > 0 || to < lines.length)) {
    if (from > 0) from -= 1
    else to += 1
  }
  return { old: old(), new: changed.slice(from, to).join('\n') }
}
