/** Files of a long change, of which few have their lines. */
import type { PatchFile } from '../../../domain/work.ts'
import type { DiffFile } from './diff.ts'

/** By path; the newest opened last. */
export type Parts = ReadonlyMap<string, DiffFile>

/** Files that are open at a time: with those before they are folded, and their lines forgotten. */
const openFiles = 8

/** A file without its lines; `note` stands in their place. */
export const emptyPart = ({ path, added, removed }: PatchFile, note: string): DiffFile => ({
  ...{ path, hunks: [], added: added ?? 0, removed: removed ?? 0, binary: added === null },
  ...(note === '' ? {} : { note }),
})

export function openedFile(parts: Parts, file: DiffFile): Parts {
  const others = [...parts].filter(([path]) => path !== file.path)
  return new Map([...others.slice(-(openFiles - 1)), [file.path, file]])
}
