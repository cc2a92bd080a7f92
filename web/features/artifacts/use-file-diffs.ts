/** The lines of a change that is too long to be sent at once: file by file, as they are asked for, and never many at a time. */
import { useEffect, useMemo, useState } from 'react'
import type { CodePatch, PatchFile } from '../../../domain/work.ts'
import { useApp } from '../../lib/app-context.ts'
import { type DiffFile, parseDiff } from './diff.ts'
import { emptyPart, openedFile, type Parts } from './file-diffs.ts'

export type FileDiffs = {
  /** Every file of the change; lines have those that are open. */
  readonly files: readonly DiffFile[]
  readonly folded: ReadonlySet<string>
  toggle(path: string): void
}

/** `artifactId`: the change, by its global id. `wanted`: the file in which one stands. */
export function useFileDiffs(artifactId: string, patch: CodePatch, wanted: string | undefined): FileDiffs {
  const { artifactBody } = useApp()
  const [parts, setParts] = useState<Parts>(new Map())
  const first = wanted ?? patch.files[0]?.path
  const open = (path: string) => {
    const file = patch.files.find(one => one.path === path)
    if (file === undefined) return
    const tell = (told: DiffFile) => setParts(before => (before.has(path) ? new Map(before).set(path, told) : before))
    setParts(before => openedFile(before, emptyPart(file, file.added === null ? '' : 'Its lines are on their way.')))
    if (file.added === null) return
    artifactBody(`${artifactId}/diff?file=${encodeURIComponent(path)}`).then(
      bytes => tell(partOf(file, new TextDecoder().decode(bytes))),
      (cause: unknown) => tell(emptyPart(file, cause instanceof Error ? cause.message : 'It could not be read.')),
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only going to another file opens one.
  useEffect(() => {
    if (first !== undefined && !parts.has(first)) open(first)
  }, [first])
  const files = useMemo(() => patch.files.map(file => parts.get(file.path) ?? emptyPart(file, '')), [patch, parts])
  const folded = useMemo(() => new Set(files.map(({ path }) => path).filter(path => !parts.has(path))), [files, parts])
  const toggle = (path: string) => {
    if (parts.has(path)) setParts(before => new Map([...before].filter(([one]) => one !== path)))
    else open(path)
  }
  return { files, folded, toggle }
}

/** What git says about one file. A file that became a link is two parts of a diff. */
function partOf(file: PatchFile, text: string): DiffFile {
  const parts = parseDiff(text)
  const hunks = parts.flatMap(part => part.hunks).map((hunk, place) => ({ ...hunk, number: place + 1 }))
  return { ...emptyPart(file, ''), hunks, binary: parts.some(({ binary }) => binary) }
}
