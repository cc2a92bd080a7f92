/**
 * Puts what a task changed on the trunk. /work/repo is the trunk's repository, which nothing of the task's has touched;
 * /work/task is the task's tree, whose own history is not looked at. The trunk stays a line: a change that began further
 * back is merged and committed on its end. Options: `base`, where the task began; `message`; `taskLine`, the line of it
 * that no other task's message has; `seconds`, `leaveOut`.
 */
import { readFileSync, rmSync } from 'node:fs'
import { answer, commitTree, openGit, treeOf, writePatch, writeTree } from './code-parts.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'

/** A conflict is shown, not kept: this much of each file, in this many files. */
const shownBytes = 8_000
const shownFiles = 50

answer(() => {
  const { base, message, taskLine, seconds, leaveOut } = readOptions()
  rmSync('/work/task/.git', { recursive: true, force: true })
  const task = openGit({ tree: '/work/task', index: '/tmp/index', seconds })
  const git = openGit({ seconds })
  const trunk = git(['rev-parse', '--verify', 'refs/heads/work'])
  task(['read-tree', base])
  const tree = writeTree(task, leaveOut, { since: base })
  if (tree === treeOf(git, base)) return { outcome: 'nothing', commit: trunk, files: [] }
  const own = ownCommit(git, { base, trunk, taskLine })
  if (own !== '')
    return { outcome: 'merged', commit: own, files: writePatch(git, `${own}^`, own, '/work/patch.diff'), again: true }
  const change = commitTree(git, tree, [base], message)
  const [merged = '', ...conflicts] = git(
    ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', trunk, change],
    { accept: [0, 1] },
  )
    .split('\0')
    .filter(Boolean)
  if (conflicts.length > 0) {
    place(git, trunk, merged)
    const [first, conflicting] = [conflicts.slice(0, shownFiles), conflicts.length]
    return { outcome: 'conflict', commit: trunk, files: [], change, conflicting, conflicts: first.map(shown) }
  }
  // Others did the same.
  if (merged === treeOf(git, trunk)) return { outcome: 'nothing', commit: trunk, files: [] }
  const commit = trunk === base ? change : commitTree(git, merged, [trunk], message)
  git(['update-ref', 'refs/heads/work', commit])
  place(git, commit, commit)
  return { outcome: 'merged', commit, files: writePatch(git, trunk, commit, '/work/patch.diff'), again: false }
}, writeAll)

/**
 * The change as it stands on the trunk already: a worker merged it and ended before it could say so. Others may have changed
 * the same lines since, and that is no conflict.
 * @param {import('./code-parts.mjs').Run} git
 * @param {{ base: string, trunk: string, taskLine: string }} where
 */
function ownCommit(git, { base, trunk, taskLine }) {
  return git(['log', '-1', '--format=%H', `--grep=^${taskLine}$`, `${base}..${trunk}`])
}

/**
 * The files of a tree in /work/repo, and an index that knows those of the commit: what differs shows as changed.
 * @param {import('./code-parts.mjs').Run} git
 * @param {string} commit
 * @param {string} tree
 */
function place(git, commit, tree) {
  git(['read-tree', '--reset', '-u', tree])
  if (tree !== commit) git(['read-tree', commit])
}

/** @param {string} file */
function shown(file) {
  let text = ''
  try {
    text = readFileSync(`/work/repo/${file}`, 'utf8')
  } catch {
    // One side deleted it.
  }
  return { file, markers: text.split('\n').some(line => line.startsWith('<<<<<<< ')) ? around(text) : '' }
}

/** @param {string} text */
function around(text) {
  const lines = text.split('\n')
  const [first, last] = [
    lines.findIndex(line => line.startsWith('<<<<<<< ')),
    lines.findLastIndex(line => line.startsWith('>>>>>>> ')),
  ]
  return lines
    .slice(Math.max(0, first - 3), last + 4)
    .join('\n')
    .slice(0, shownBytes)
}
