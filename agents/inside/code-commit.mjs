/**
 * Commits the tree at /work/repo on top of `tip`, whatever was done to its branches meanwhile; commits that somebody else
 * made in between are part of the tree and of no history. Options: `tip`, `message`, `seconds`, `leaveOut`.
 */
import { answer, commitTree, openGit, treeOf, writePatch, writeTree } from './code-parts.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'

answer(() => {
  const { tip, message, seconds, leaveOut } = readOptions()
  const git = openGit({ seconds })
  const tree = writeTree(git, leaveOut, { since: tip })
  if (tree === treeOf(git, tip)) return { commit: null, files: [] }
  const commit = commitTree(git, tree, [tip], message)
  git(['symbolic-ref', 'HEAD', 'refs/heads/work'])
  git(['update-ref', 'refs/heads/work', commit])
  return { commit, files: writePatch(git, tip, commit, '/tmp/patch.diff') }
}, writeAll)
