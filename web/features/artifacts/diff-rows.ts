/** A diff as one flat list of rows, so that a virtual list can draw the few that are seen of very many. */
import type { DiffFile, DiffHunk, DiffLine } from './diff.ts'
import { isSamePlace, type LineComment, type LinePlace } from './review.ts'

export type DiffLayout = 'unified' | 'split'
export type DiffRow =
  | { kind: 'file'; file: DiffFile; folded: boolean }
  | { kind: 'none'; file: DiffFile }
  | { kind: 'hunk'; file: DiffFile; hunk: DiffHunk }
  | { kind: 'line'; file: DiffFile; hunk: DiffHunk; line: DiffLine; partner: DiffLine | null }
  | { kind: 'pair'; file: DiffFile; hunk: DiffHunk; left: DiffLine | null; right: DiffLine | null }
  | { kind: 'comment'; file: DiffFile; comment: LineComment }
  | { kind: 'form'; file: DiffFile; place: LinePlace; text: string }

export type RowOptions = {
  layout: DiffLayout
  /** Paths of files of which only the head is drawn. */
  folded: ReadonlySet<string>
  comments: readonly LineComment[]
  /** Where a comment is being written. */
  writing: LinePlace | null
}

export function diffRows(files: readonly DiffFile[], options: RowOptions): DiffRow[] {
  const rows: DiffRow[] = []
  for (const file of files) {
    const folded = options.folded.has(file.path)
    rows.push({ kind: 'file', file, folded })
    if (folded) continue
    if (file.binary || file.hunks.length === 0) rows.push({ kind: 'none', file })
    const talk = talkOf(file, options)
    for (const hunk of file.hunks) {
      rows.push({ kind: 'hunk', file, hunk })
      addLines(rows, { file, hunk, layout: options.layout, talk })
    }
  }
  return rows
}

/** What is said below a line, by `before:12` and `after:12`; null where nothing is said in the file. */
type Talk = ReadonlyMap<string, readonly DiffRow[]> | null

function talkOf(file: DiffFile, { comments, writing }: RowOptions): Talk {
  const own = comments.filter(one => one.file === file.path)
  const here = writing !== null && writing.file === file.path ? writing : null
  if (own.length === 0 && here === null) return null
  const talk = new Map<string, DiffRow[]>()
  const add = ({ side, line }: LinePlace, row: DiffRow) =>
    talk.set(`${side}:${line}`, [...(talk.get(`${side}:${line}`) ?? []), row])
  for (const comment of own)
    if (here === null || !isSamePlace(comment, here)) add(comment, { kind: 'comment', file, comment })
  if (here !== null) {
    const text = own.find(one => isSamePlace(one, here))?.text ?? ''
    add(here, { kind: 'form', file, place: here, text })
  }
  return talk
}

type Within = { file: DiffFile; hunk: DiffHunk; layout: DiffLayout; talk: Talk }

function addLines(rows: DiffRow[], { file, hunk, layout, talk }: Within): void {
  const addTalk = (line: DiffLine | null) => {
    if (talk === null || line === null) return
    if (line.kind !== 'added' && line.before !== null) rows.push(...(talk.get(`before:${line.before}`) ?? []))
    if (line.kind !== 'removed' && line.after !== null) rows.push(...(talk.get(`after:${line.after}`) ?? []))
  }
  const { lines } = hunk
  for (let at = 0; at < lines.length; ) {
    const [removed, added] = blockAt(lines, at)
    const [first] = lines.slice(at, at + 1)
    if (removed.length + added.length === 0) {
      if (first !== undefined)
        rows.push(
          layout === 'split' && first.kind === 'same'
            ? { kind: 'pair', file, hunk, left: first, right: first }
            : { kind: 'line', file, hunk, line: first, partner: null },
        )
      addTalk(first ?? null)
      at += 1
      continue
    }
    at += removed.length + added.length
    if (layout === 'split') {
      for (let place = 0; place < Math.max(removed.length, added.length); place++) {
        const [left, right] = [removed[place] ?? null, added[place] ?? null]
        rows.push({ kind: 'pair', file, hunk, left, right })
        addTalk(left)
        addTalk(right)
      }
      continue
    }
    for (const [own, others] of [
      [removed, added],
      [added, removed],
    ] as const)
      own.forEach((line, place) => {
        rows.push({ kind: 'line', file, hunk, line, partner: others[place] ?? null })
        addTalk(line)
      })
  }
}

/** Lines that were removed, and those that came in their place. */
function blockAt(lines: readonly DiffLine[], from: number): [DiffLine[], DiffLine[]] {
  const [removed, added]: [DiffLine[], DiffLine[]] = [[], []]
  let at = from
  for (; lines[at]?.kind === 'removed'; at++) removed.push(lines[at] as DiffLine)
  for (; lines[at]?.kind === 'added'; at++) added.push(lines[at] as DiffLine)
  return [removed, added]
}

/** The part of a line that is not in its partner, as [from, to); null where marking it would say nothing. */
export function changedPart(text: string, partner: string): [number, number] | null {
  const most = Math.min(text.length, partner.length)
  let from = 0
  while (from < most && text[from] === partner[from]) from++
  let tail = 0
  while (tail < most - from && text[text.length - 1 - tail] === partner[partner.length - 1 - tail]) tail++
  const to = text.length - tail
  return from >= to || to - from > 0.8 * text.trim().length ? null : [from, to]
}
