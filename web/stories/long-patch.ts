import type { CodePatch } from '../../domain/work.ts'
import { jsonBody, type StoryBody } from './change-bodies.ts'

const hunksPerFile = 25
const linesPerHunk = 20

/** A change of `lines` lines of a diff, in files of 500, of code that is never twice the same. */
export function longPatch(lines = 5_000): StoryBody {
  const files = Math.ceil(lines / (hunksPerFile * linesPerHunk))
  const text = Array.from({ length: files }, (_, file) => fileDiff(file)).join('\n')
  const patch: CodePatch = {
    base: '4f1c0d2a7be95c3310d6a0b8e2c4c1d9f0a7e611',
    commit: '90cc1e2a7be95c3310d6a0b8e2c4c1d9f0a7e612',
    branch: null,
    published: null,
    files: Array.from({ length: files }, (_, file) => ({
      path: pathOf(file),
      from: null,
      status: 'modified' as const,
      added: hunksPerFile * 7,
      removed: hunksPerFile * 7,
    })),
    added: files * hunksPerFile * 7,
    removed: files * hunksPerFile * 7,
    commits: [],
    diff: { hash: 'd5'.repeat(32), bytes: text.length, text },
    simulated: false,
  }
  return jsonBody('CodePatch', 'A very long change', patch)
}

/** Files of a change that is too long to be sent at once. */
const hugeFiles = 300
/** What of one of them is too long even by itself. */
const tooLong = 'dist/bundle.min.js'

/** A change of 150,000 lines of a diff, of which the lines come file by file. */
export function hugePatch(): StoryBody {
  const { body } = longPatch(hugeFiles * hunksPerFile * linesPerHunk)
  const patch = JSON.parse(String(body)) as CodePatch
  const bundle = { path: tooLong, from: null, status: 'modified' as const, added: 61_204, removed: 58_310 }
  const files = [...patch.files, bundle, { ...bundle, path: 'docs/orbit.png', added: null, removed: null }]
  return jsonBody('CodePatch', 'A change that is too long', { ...patch, files, diff: { ...patch.diff, text: null } })
}

/** What it does to a file. Throws Error where that is too long, as the server refuses it. */
export function hugePart(path: string): string {
  if (path === tooLong) throw new Error('What changed in this file is more than 2 MiB: too long to be read on a page.')
  return fileDiff(Number(/\d+/.exec(path)?.[0]))
}

const pathOf = (file: number): string => `src/generated/module-${file}.ts`

function fileDiff(file: number): string {
  const path = pathOf(file)
  const hunks = Array.from({ length: hunksPerFile }, (_, hunk) => {
    const start = hunk * 40 + 1
    const line = (at: number) => `export const value${file}_${start + at} = compute('${path}', ${start + at}) // ${at}`
    return [
      `@@ -${start},13 +${start},13 @@ export function section${hunk}() {`,
      ...[0, 1, 2].map(at => ` ${line(at)}`),
      ...[3, 4, 5, 6, 7, 8, 9].map(at => `-${line(at)}`),
      ...[3, 4, 5, 6, 7, 8, 9].map(at => `+${line(at).replace('compute', 'recompute')}`),
      ...[10, 11, 12].map(at => ` ${line(at)}`),
    ].join('\n')
  })
  return [`diff --git a/${path} b/${path}`, `--- a/${path}`, `+++ b/${path}`, ...hunks].join('\n')
}
