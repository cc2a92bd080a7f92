/** A directory without a history: its files as they lie there, without what tools and package managers put beside them. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { Refused } from './checkout-parts.mjs'

/** Regular files and links only: a pipe would be waited for, and a device has no end. */
const copy = `
cd "$1" || exit 1
find . \\( -name .git -o -name node_modules -o -name .venv -o -name venv -o -name __pycache__ \\) -prune -o \\( -type f -o -type l \\) -print0 |
  tar --create --null --no-recursion --files-from=- --file=- --ignore-failed-read |
  tar --extract --file=- --no-same-owner --no-same-permissions --directory="$2"
`
/** Of files that belong to no commit: the beginning of the year 2000, in seconds. */
const someTime = 946_684_800

/**
 * @param {string} source
 * @param {string} repo where the tree goes
 * @param {string} why there is no history
 * @param {import('./checkout-parts.mjs').LeaveOut} leaveOut
 * @returns {import('./checkout-parts.mjs').Placed}
 */
export function copyPlainTree(source, repo, why, leaveOut) {
  leaveOut('the history', why, 'Audit a Git repository with its commits.')
  if (readdirSync(source).length === 0) {
    throw new Refused('BAD_INPUT', 'the directory is empty: there is nothing to audit')
  }
  const { stderr } = spawnSync('/bin/sh', ['-c', copy, 'copy', source, repo], {
    encoding: 'utf8',
    maxBuffer: 16 * 1_024 * 1_024,
  })
  if (stderr.includes('No space left')) {
    throw new Refused('LIMIT_EXCEEDED', 'the tree does not fit into the workspace', 'Audit a sub-directory.')
  }
  const unreadable = stderr.match(/Cannot open|Permission denied/g)?.length ?? 0
  if (unreadable > 0) leaveOut(`${unreadable} files`, 'they cannot be read', 'Make them readable.')
  return { commit: null, branch: null, commits: 0, churn: [], time: someTime }
}
