/** A unified diff as files, hunks and numbered lines. */
export type DiffLine = {
  kind: 'same' | 'added' | 'removed' | 'note'
  before: number | null
  after: number | null
  text: string
}
/** `number`: its place in the file, from 1; an address names it, so it stays when other hunks are not shown. */
export type DiffHunk = { number: number; head: string; lines: readonly DiffLine[] }
export type DiffFile = {
  path: string
  hunks: readonly DiffHunk[]
  added: number
  removed: number
  binary: boolean
  /** Said in place of lines that are not there. */
  note?: string
}

type OpenHunk = { number: number; head: string; lines: DiffLine[] }
type OpenFile = { path: string; hunks: OpenHunk[]; added: number; removed: number; binary: boolean }

export function parseDiff(text: string): DiffFile[] {
  const files: OpenFile[] = []
  let before = 0
  let after = 0
  /** Lines that the open hunk still has on both sides: within it, `--- a` is a line that was removed. */
  let left = [0, 0]
  for (const line of text.split('\n')) {
    const file = files.at(-1)
    const hunk = file?.hunks.at(-1)
    const inHunk = hunk !== undefined && ((left[0] ?? 0) > 0 || (left[1] ?? 0) > 0)
    if (!inHunk && line.startsWith('diff --git ')) {
      files.push({
        path: /^diff --git "?a\/.*? "?b\/(.*?)"?$/.exec(line)?.[1] ?? '',
        hunks: [],
        added: 0,
        removed: 0,
        binary: false,
      })
      continue
    }
    if (file === undefined) continue
    const place = inHunk ? null : /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/.exec(line)
    if (place !== null) {
      before = Number(place[1])
      after = Number(place[3])
      left = [Number(place[2] ?? 1), Number(place[4] ?? 1)]
      file.hunks.push({ number: file.hunks.length + 1, head: place[5] ?? '', lines: [] })
    } else if (inHunk) {
      const [kind, words] = [line.charAt(0), line.slice(1)]
      if (kind === '+') hunk.lines.push({ kind: 'added', before: null, after: after++, text: words })
      else if (kind === '-') hunk.lines.push({ kind: 'removed', before: before++, after: null, text: words })
      else if (kind !== '\\') hunk.lines.push({ kind: 'same', before: before++, after: after++, text: words })
      left = [
        (left[0] ?? 0) - (kind === '+' || kind === '\\' ? 0 : 1),
        (left[1] ?? 0) - (kind === '-' || kind === '\\' ? 0 : 1),
      ]
      if (kind === '+') file.added++
      if (kind === '-') file.removed++
    } else if (line.startsWith('\\') && hunk !== undefined)
      hunk.lines.push({ kind: 'note', before: null, after: null, text: line.slice(2) })
    else if (/^(Binary files |GIT binary patch)/.test(line)) file.binary = true
  }
  return files
}
