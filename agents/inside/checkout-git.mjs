/** A commit of a repository, brought in by way of a repository of our own that has none of the other's configuration. */
import { copyFileSync, existsSync } from 'node:fs'
import { Refused } from './checkout-parts.mjs'
import { readHistory } from './history.mjs'
import { copyPlainTree } from './plain-tree.mjs'

/** @typedef {import('./git.mjs').Git} Git */
/** @typedef {import('./checkout-parts.mjs').CheckoutOptions} CheckoutOptions */
/** @typedef {import('./checkout-parts.mjs').LeaveOut} LeaveOut */

/** Our own repository; of a local one it shares the objects. */
const gitDir = '/work/history'
const fetchedCommits = 500

/**
 * @param {Git} git
 * @param {CheckoutOptions} options
 * @param {string} repo where the tree goes
 * @param {LeaveOut} leaveOut
 * @returns {Promise<import('./checkout-parts.mjs').Placed>}
 */
export async function checkOut(git, options, repo, leaveOut) {
  const { mode, source, prefix, ref } = options
  if (mode === 'url') fetchUrl(git, options, leaveOut)
  else git.run(['clone', '--quiet', '--bare', '--shared', '--template=', '--', options.gitDir, gitDir])
  const commit = resolve(git, mode === 'url' ? 'FETCH_HEAD' : ref || 'HEAD')
  if (commit === null && mode === 'git' && ref === '' && !options.bare) {
    return copyPlainTree(source, repo, 'the repository has no commit yet', leaveOut)
  }
  if (commit === null) {
    const message = ref === '' ? 'the repository has no commit' : `there is no ${ref} in the repository`
    throw new Refused('NOT_FOUND', message, 'Name a branch, a tag or a commit that is there.')
  }
  if (prefix !== '' && git.run(['--git-dir', gitDir, 'ls-tree', '-d', commit, '--', prefix]) === '') {
    return copyPlainTree(source, repo, 'the repository around it does not hold it', leaveOut)
  }
  writeTree(git, commit, prefix, repo, leaveOut)
  // Of a sub-directory only its own files are mounted, and Git would miss all others.
  if (mode === 'git' && ref === '' && prefix === '' && !options.bare) tellChanges(git, options, leaveOut)
  const { commits, churn, limited } = await readHistory(git, { gitDir, commit, prefix })
  if (limited) leaveOut('the older history', 'changes are counted in the last 5,000 commits, or for 40 s')
  const time = Number(git.run(['--git-dir', gitDir, 'show', '--no-patch', '--format=%ct', commit]))
  return { commit, branch: branchOf(git, ref), commits, churn, time }
}

/**
 * @param {Git} git
 * @param {string} ref
 */
function resolve(git, ref) {
  try {
    return git.run(['--git-dir', gitDir, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
  } catch {
    return null
  }
}

/**
 * @param {Git} git
 * @param {CheckoutOptions} options
 * @param {LeaveOut} leaveOut
 */
function fetchUrl(git, { url, ref }, leaveOut) {
  const inside = ['--git-dir', gitDir]
  const fetch = ['fetch', '--quiet', '--no-tags', `--depth=${fetchedCommits}`, '--end-of-options', url, ref || 'HEAD']
  git.run(['init', '--quiet', '--bare', '--template=', gitDir])
  try {
    git.run([...inside, ...fetch])
    const told = ref === '' ? git.run([...inside, 'ls-remote', '--symref', '--end-of-options', url, 'HEAD']) : ''
    const head = /^ref: (refs\/heads\/\S+)\tHEAD/m.exec(told)?.[1]
    if (head !== undefined) git.run([...inside, 'symbolic-ref', 'HEAD', head])
  } catch (error) {
    throw notFetched(error instanceof Error ? error.message : String(error), ref)
  }
  if (existsSync(`${gitDir}/shallow`)) {
    leaveOut(`the history before the last ${fetchedCommits} commits`, 'it is not fetched', 'Audit a local clone.')
  }
}

/**
 * What Git says of a remote repository, in words for whoever named it.
 * @param {string} complaint
 * @param {string} ref
 */
function notFetched(complaint, ref) {
  if (/couldn't find remote ref|not our ref|bad object/.test(complaint)) {
    return new Refused(
      'NOT_FOUND',
      ref === '' ? 'the repository has no commit' : `there is no ${ref} in the repository`,
    )
  }
  if (/could not read Username|Authentication failed|error: 40[13]/.test(complaint)) {
    return new Refused(
      'NOT_FOUND',
      'the repository does not exist, or is not open to everybody',
      'Audit a local clone of it.',
    )
  }
  if (/not found|error: 404|not valid: is this a git repository/.test(complaint)) {
    return new Refused('NOT_FOUND', 'there is no repository at this address')
  }
  const said = complaint.replace(/^fatal: /, '')
  return new Refused(
    'UNAVAILABLE',
    `the repository could not be fetched: ${said}`,
    'Look at the address, and whether the server reaches it.',
  )
}

/**
 * @param {Git} git
 * @param {string} commit
 * @param {string} prefix
 * @param {string} repo
 * @param {LeaveOut} leaveOut
 */
function writeTree(git, commit, prefix, repo, leaveOut) {
  const at = { extra: { GIT_INDEX_FILE: '/tmp/index', GIT_WORK_TREE: repo }, cwd: repo }
  git.run(['--git-dir', gitDir, 'read-tree', prefix === '' ? commit : `${commit}:${prefix}`], at)
  git.run(['--git-dir', gitDir, 'checkout-index', '--all', '--force', '--quiet'], at)
  const entries = git.run(['--git-dir', gitDir, 'ls-files', '--stage'], at).split('\n')
  const modules = entries.filter(line => line.startsWith('160000')).length
  if (modules > 0) leaveOut(`${modules} submodules`, 'they are repositories of their own', 'Audit each of them.')
}

/**
 * @param {Git} git
 * @param {string} ref
 */
function branchOf(git, ref) {
  if (ref !== '') return /^[0-9a-f]{7,64}$/.test(ref) ? null : ref
  try {
    return git.run(['--git-dir', gitDir, 'symbolic-ref', '--short', '--quiet', 'HEAD'])
  } catch {
    return null
  }
}

/**
 * What lies on the disk and in no commit is not audited, and that is said. Only the index is taken from the repository:
 * its configuration names programs, filters among them, which Git would run to compare a file.
 * @param {Git} git
 * @param {CheckoutOptions} options
 * @param {LeaveOut} leaveOut
 */
function tellChanges(git, options, leaveOut) {
  try {
    copyFileSync(`${options.gitDir}/index`, '/tmp/source-index')
    const extra = { GIT_INDEX_FILE: '/tmp/source-index', GIT_WORK_TREE: options.source }
    // Owners and numbers of files are others in a mount.
    const compare = ['-c', 'core.bare=false', '-c', 'core.checkStat=minimal', '-c', 'core.trustctime=false', 'diff']
    const flags = ['--name-only', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all', 'HEAD']
    const changed = git.run(['--git-dir', gitDir, ...compare, ...flags], {
      extra,
      cwd: options.source,
      timeout: 20_000,
    })
    const count = changed === '' ? 0 : changed.split('\n').length
    if (count > 0)
      leaveOut(
        `${count} changed ${count === 1 ? 'file' : 'files'}`,
        'the last commit is audited, not what lies on the disk',
        'Commit the changes.',
      )
  } catch {
    leaveOut('changes that are not committed', 'the state of the working tree could not be read')
  }
}
