/** What the programs that work on the code of a run share: who commits, what a commit holds, and how a change is told. */

import { withoutBuilt } from './built.mjs'
import { Refused } from './checkout-parts.mjs'
import { createGit } from './git.mjs'

/** @typedef {{ path: string, from: string | null, status: string, added: number | null, removed: number | null }} PatchFile */

const repo = '/work/repo'

/**
 * Git in one repository, as Orrery. `tree` is where its files lie; `seconds` since 1970 is what
 * commits are dated: the year 2000 unless told, so that the same tree is the same commit.
 * @param {{ tree?: string, index?: string, seconds?: number }} options
 */
export function openGit({ tree = repo, index = `${repo}/.git/index`, seconds = 946_684_800 } = {}) {
  const git = createGit('file')
  const who = { NAME: 'Orrery', EMAIL: 'agents@orrery.invalid', DATE: `@${seconds} +0000` }
  const identity = Object.entries(who).flatMap(([name, value]) => [
    [`GIT_AUTHOR_${name}`, value],
    [`GIT_COMMITTER_${name}`, value],
  ])
  const extra = {
    ...Object.fromEntries(identity),
    GIT_DIR: `${repo}/.git`,
    GIT_WORK_TREE: tree,
    GIT_INDEX_FILE: index,
  }
  /** @param {{ input?: string, accept?: readonly number[] }} options */
  return (/** @type {readonly string[]} */ args, options = {}) => git.run(args, { ...options, cwd: tree, extra })
}
/** @typedef {ReturnType<typeof openGit>} Run */

/**
 * Everything that lies in the tree, as the id of a tree object; `leaveOut` are paths that belong to the sandbox.
 * @param {Run} git
 * @param {readonly string[]} leaveOut
 * @param {{ ignored?: boolean, since?: string | null }} options `ignored`: also what the project ignores; `since`: the commit
 *   since which it was worked on, by tools that leave things behind
 */
export function writeTree(git, leaveOut, { ignored = false, since = null } = {}) {
  const built = since === null ? [] : withoutBuilt(git, since)
  const paths = ['.', ...leaveOut.map(path => `:(top,exclude,literal)${path}`), ...built]
  git(['add', '--all', ...(ignored ? ['--force'] : []), '--', ...paths])
  const links = git(['ls-files', '--stage', '-z'])
    .split('\0')
    .filter(entry => entry.startsWith('160000 '))
  if (links.length > 0) {
    const name = links[0]?.split('\t')[1] ?? ''
    throw new Refused(
      'BAD_INPUT',
      `${name} is a Git repository of its own, which cannot be part of a change`,
      'Remove its .git.',
    )
  }
  return git(['write-tree'])
}

/**
 * @param {Run} git
 * @param {string} tree
 * @param {readonly string[]} parents
 * @param {string} message
 */
export const commitTree = (git, tree, parents, message) =>
  git(['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent]), '-F', '-'], { input: message })

/** @param {Run} git @param {string} commit */
export const treeOf = (git, commit) => git(['rev-parse', '--verify', `${commit}^{tree}`])

/**
 * What changed between two commits or trees: each file with its lines, and the unified diff in a file.
 * @param {Run} git
 * @param {string} from
 * @param {string} to
 * @param {string} output path of the diff
 * @returns {PatchFile[]}
 */
export function writePatch(git, from, to, output) {
  const plain = ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--find-renames']
  git([...plain, '--binary', '--full-index', '--src-prefix=a/', '--dst-prefix=b/', `--output=${output}`, from, to])
  const lines = countsIn(git([...plain, '--numstat', '-z', from, to]))
  const fields = git([...plain, '--name-status', '-z', from, to]).split('\0')
  const files = []
  while (fields.length > 1) {
    const letter = fields.shift()?.[0] ?? ''
    const renamed = letter === 'R' || letter === 'C'
    const first = fields.shift() ?? ''
    const path = renamed ? (fields.shift() ?? '') : first
    const { added = null, removed = null } = lines.get(path) ?? {}
    files.push({ path, from: renamed ? first : null, status: statusOf(letter, added, removed), added, removed })
  }
  return files
}

/** @param {string} letter @param {number | null} added @param {number | null} removed */
function statusOf(letter, added, removed) {
  if (letter === 'A' || letter === 'C') return 'added'
  if (letter === 'D') return 'deleted'
  if (letter === 'R') return 'renamed'
  return letter === 'M' && added === 0 && removed === 0 ? 'mode' : 'modified'
}

/**
 * Lines by path; of what is not text there are none.
 * @param {string} text
 */
function countsIn(text) {
  const fields = text.split('\0')
  const counts = new Map()
  while (fields.length > 1) {
    const [added = '', removed = '', name = ''] = (fields.shift() ?? '').split('\t')
    // Of a renamed file the old name and the new one follow.
    const path = name === '' ? [fields.shift(), fields.shift()][1] : name
    const number = (/** @type {string} */ text) => (text === '-' ? null : Number(text))
    counts.set(path, { added: number(added), removed: number(removed) })
  }
  return counts
}

/**
 * Runs `work` and prints what it returns; a refusal is printed as `{"refused": …}`.
 * @param {() => object} work
 * @param {(text: string) => void} print
 */
export function answer(work, print) {
  try {
    print(JSON.stringify(work()))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    print(JSON.stringify({ refused: { code: error.code, message: error.message, hint: error.hint } }))
  }
}
