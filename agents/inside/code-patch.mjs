/** What the tree at /work/repo changes on `base`, committed or not: files as JSON, the diff in /work/patch.diff. */
import { answer, openGit, writePatch, writeTree } from './code-parts.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'

answer(() => {
  const { base, leaveOut } = readOptions()
  const git = openGit({ index: '/tmp/index' })
  git(['read-tree', base])
  return { files: writePatch(git, base, writeTree(git, leaveOut, { since: base }), '/work/patch.diff') }
}, writeAll)
