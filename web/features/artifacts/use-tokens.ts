import { useEffect, useState } from 'react'
import type { DiffFile, DiffHunk, DiffLine } from './diff.ts'
import type { Language, LineTokens } from './highlight.ts'
import { languageOf } from './languages.ts'

/** Lines of a diff beyond which it stays plain: colours are no help in reading what nobody reads. */
const mostLines = 20_000

const laterMs = 120

type Part = { language: Language; lines: readonly DiffLine[] }

/** The colours of a diff's lines, as they come from a worker, file by file; null for lines that have none yet. */
export function useTokens(files: readonly DiffFile[]): (file: DiffFile, line: DiffLine) => LineTokens | null {
  const [known, learn] = useState<ReadonlyMap<DiffLine, LineTokens>>(new Map())
  useEffect(() => {
    const parts = files.flatMap(partsOf)
    if (parts.length === 0 || parts.reduce((sum, { lines }) => sum + lines.length, 0) > mostLines) return
    let worker: Worker | null = null
    // The lines come first: nobody waits for colours.
    const timer = setTimeout(() => {
      worker = colour(parts, learn)
    }, laterMs)
    return () => {
      clearTimeout(timer)
      worker?.terminate()
    }
  }, [files])
  return (_, line) => known.get(line) ?? null
}

/** Sends the parts to a worker, and tells from time to time what is known by then. */
function colour(parts: readonly Part[], learn: (known: ReadonlyMap<DiffLine, LineTokens>) => void): Worker {
  const worker = new Worker(new URL('./highlight.worker.ts', import.meta.url), { type: 'module' })
  const found = new Map<DiffLine, LineTokens>()
  const last = parts.length - 1
  worker.onmessage = ({ data }: MessageEvent<{ id: number; tokens: LineTokens[] | null }>) => {
    data.tokens?.forEach((tokens, index) => {
      const line = parts[data.id]?.lines[index]
      if (line !== undefined) found.set(line, tokens)
    })
    // One renewal of the page for many small hunks.
    if (data.id % 20 === 0 || data.id === last) learn(new Map(found))
    if (data.id === last) worker.terminate()
  }
  parts.forEach(({ language, lines }, id) => {
    worker.postMessage({ id, language, lines: lines.map(({ text }) => text) })
  })
  return worker
}

/** Each hunk twice: as it was, and as it is now. A line that is the same is read as it is now. */
function partsOf({ path, hunks }: DiffFile): Part[] {
  const language = languageOf(path)
  if (language === null) return []
  return hunks.flatMap(({ lines }: DiffHunk) =>
    [lines.filter(({ before }) => before !== null), lines.filter(({ after }) => after !== null)]
      .filter(side => side.length > 0)
      .map(side => ({ language, lines: side })),
  )
}
