/** The difference of two texts, as a file of a diff. */
import { structuredPatch } from 'diff'
import { type DiffFile, parseDiff } from './diff.ts'

/** Lines that differ beyond which finding what belongs together takes too long. */
const mostEdits = 4_000

/** An empty list where nothing differs. Texts that have next to nothing in common are shown as one going and one coming. */
export function lineDiff(path: string, before: string, after: string): DiffFile[] {
  if (before === after) return []
  const found = structuredPatch(path, path, withEnd(before), withEnd(after), '', '', {
    context: 3,
    maxEditLength: mostEdits,
  })
  const hunks =
    found === undefined
      ? [whole(before, after)]
      : found.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => [
          `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
          ...lines,
        ])
  const [file] = parseDiff([`diff --git a/x b/x`, ...hunks.flat()].join('\n'))
  return file === undefined || file.hunks.length === 0 ? [] : [{ ...file, path }]
}

const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)
const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

function whole(before: string, after: string): string[] {
  const [gone, come] = [linesOf(before), linesOf(after)]
  return [
    `@@ -${gone.length === 0 ? 0 : 1},${gone.length} +${come.length === 0 ? 0 : 1},${come.length} @@`,
    ...gone.map(line => `-${line}`),
    ...come.map(line => `+${line}`),
  ]
}
