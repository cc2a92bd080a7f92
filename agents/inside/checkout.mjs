/**
 * Puts the tree that is to be audited at /work/repo, and prints what stands in it. Never changes what it reads from.
 * Options: `mode` (`git`, `plain`, `url`), `source`, `gitDir`, `prefix`, `ref`, `url`.
 * A refusal that is meant for people is printed as `{"refused": {"code", "message", "hint"}}`.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createGit, GitError } from './git.mjs'
import { presentChurn, readHistory } from './history.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'
import { describeTree, setTimes } from './tree.mjs'

const repo = '/work/repo'
const gitDir = '/work/history'
const clonedCommits = 500

class Refused extends Error {
  constructor(code, message, hint = '') {
    super(message)
    this.code = code
    this.hint = hint
  }
}

const options = readOptions()
const notChecked = []
const leaveOut = (what, why, mend = '') => notChecked.push({ what, why, mend })
mkdirSync(repo, { recursive: true })
try {
  const found = await place(options)
  const { present, ...tree } = describeTree(repo)
  if (present.size === 0)
    throw new Refused('BAD_INPUT', 'there is no file to audit: the tree is empty', 'Commit something first.')
  setTimes(repo, found.time)
  writeAll(
    JSON.stringify({
      ...tree,
      commit: found.commit,
      branch: found.branch,
      commits: found.commits,
      churn: presentChurn(found.churn, present),
      notChecked,
    }),
  )
} catch (error) {
  if (!(error instanceof Refused || error instanceof GitError)) throw error
  writeAll(
    JSON.stringify({ refused: { code: error.code ?? 'BAD_INPUT', message: error.message, hint: error.hint ?? '' } }),
  )
}

async function place({ mode, source, ref }) {
  if (mode === 'plain') return plainTree(source, 'it is no Git repository')
  const git = createGit(mode === 'url' ? 'http:https' : 'file')
  if (!git.available()) {
    if (mode === 'url') throw new Refused('UNAVAILABLE', 'git is not installed where the server runs', 'Install git.')
    return plainTree(source, 'git is not installed where the server runs')
  }
  if (mode === 'url') fetchUrl(git, options)
  else git.run(['clone', '--quiet', '--bare', '--shared', '--template=', '--', options.gitDir, gitDir])
  const commit = resolve(git, mode === 'url' ? 'FETCH_HEAD' : ref || 'HEAD')
  if (commit === null && mode === 'git' && !ref) return plainTree(source, 'the repository has no commit yet')
  if (commit === null)
    throw new Refused(
      'NOT_FOUND',
      ref ? `there is no ${ref} in the repository` : 'the repository has no commit',
      'Name a branch, a tag or a commit that is there.',
    )
  return checkOut(git, commit)
}

function resolve(git, ref) {
  try {
    return git.run(['--git-dir', gitDir, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
  } catch {
    return null
  }
}

function fetchUrl(git, { url, ref }) {
  git.run(['init', '--quiet', '--bare', '--template=', gitDir])
  git.run([
    '--git-dir',
    gitDir,
    'fetch',
    '--quiet',
    '--no-tags',
    `--depth=${clonedCommits}`,
    '--end-of-options',
    url,
    ref || 'HEAD',
  ])
  if (!ref) {
    const head = /^ref: refs\/heads\/(\S+)\tHEAD/m.exec(
      git.run(['--git-dir', gitDir, 'ls-remote', '--symref', '--end-of-options', url, 'HEAD']),
    )
    if (head !== null) git.run(['--git-dir', gitDir, 'symbolic-ref', 'HEAD', `refs/heads/${head[1]}`])
  }
  if (existsSync(`${gitDir}/shallow`))
    leaveOut(`the history before the last ${clonedCommits} commits`, 'it is not fetched', 'Audit a local clone.')
}

async function checkOut(git, commit) {
  const { prefix, ref, mode, source } = options
  const index = { extra: { GIT_INDEX_FILE: '/tmp/index', GIT_WORK_TREE: repo }, cwd: repo }
  const inCommit =
    prefix === '' || git.run(['--git-dir', gitDir, 'ls-tree', '-d', '--end-of-options', commit, '--', prefix]) !== ''
  if (!inCommit) return plainTree(source, 'the repository around it does not hold it')
  git.run(['--git-dir', gitDir, 'read-tree', prefix === '' ? commit : `${commit}:${prefix}`], index)
  git.run(['--git-dir', gitDir, 'checkout-index', '--all', '--force', '--quiet'], index)
  // Of a sub-directory only its own files are mounted, and Git would miss all others.
  if (mode === 'git' && !ref && prefix === '') tellChanges(git)
  const modules = git
    .run(['--git-dir', gitDir, 'ls-files', '--stage'], index)
    .split('\n')
    .filter(line => line.startsWith('160000'))
  if (modules.length > 0)
    leaveOut(`${modules.length} submodules`, 'they are repositories of their own', 'Audit each of them.')
  const { commits, churn, limited } = await readHistory(git, { gitDir, commit, prefix })
  if (limited) leaveOut('the older history', 'changes are counted in the last 5,000 commits, or for 40 s', '')
  return {
    commit,
    branch: branchOf(git, ref),
    commits,
    churn,
    time: Number(git.run(['--git-dir', gitDir, 'show', '--no-patch', '--format=%ct', commit])),
  }
}

function branchOf(git, ref) {
  if (ref) return /^[0-9a-f]{7,64}$/.test(ref) ? null : ref
  try {
    return git.run(['--git-dir', gitDir, 'symbolic-ref', '--short', '--quiet', 'HEAD'])
  } catch {
    return null
  }
}

/**
 * What lies on the disk and in no commit is not audited, and that is said. Only the index is taken from the repository:
 * its configuration names programs, filters among them, which Git would run to compare a file.
 */
function tellChanges(git) {
  try {
    copyFileSync(`${options.gitDir}/index`, '/tmp/source-index')
    const at = {
      extra: { GIT_INDEX_FILE: '/tmp/source-index', GIT_WORK_TREE: options.source },
      cwd: options.source,
      timeout: 20_000,
    }
    // Owners and numbers of files are others in a mount.
    const quick = ['-c', 'core.bare=false', '-c', 'core.checkStat=minimal', '-c', 'core.trustctime=false']
    const changed = git.run(
      [
        '--git-dir',
        gitDir,
        ...quick,
        'diff',
        '--name-only',
        '--no-ext-diff',
        '--no-textconv',
        '--ignore-submodules=all',
        'HEAD',
      ],
      at,
    )
    const count = changed === '' ? 0 : changed.split('\n').length
    if (count > 0)
      leaveOut(`${count} changed files`, 'the last commit is audited, not what lies on the disk', 'Commit the changes.')
  } catch {
    leaveOut('changes that are not committed', 'the state of the working tree could not be read')
  }
}

/** The files as they lie there, without what version control and package managers put beside them. */
function plainTree(source, why) {
  leaveOut('the history', why, 'Audit a Git repository with its commits.')
  if (readdirSync(source).length === 0)
    throw new Refused('BAD_INPUT', 'the directory is empty: there is nothing to audit')
  const ran = spawnSync(
    '/bin/sh',
    [
      '-c',
      `cd "$1" && find . \\( -name .git -o -name node_modules -o -name .venv -o -name venv -o -name __pycache__ \\) -prune -o \\( -type f -o -type l \\) -print0 | tar --create --null --no-recursion --files-from=- --file=- --ignore-failed-read | tar --extract --file=- --no-same-owner --no-same-permissions --directory="$2"`,
      'copy',
      source,
      repo,
    ],
    { encoding: 'utf8', maxBuffer: 16 * 1_024 * 1_024 },
  )
  const unreadable = (ran.stderr.match(/Cannot open|Permission denied/g) ?? []).length
  if (unreadable > 0) leaveOut(`${unreadable} files`, 'they cannot be read', 'Make them readable.')
  if (/No space left/.test(ran.stderr))
    throw new Refused('LIMIT_EXCEEDED', 'the tree does not fit into the workspace', 'Audit a sub-directory.')
  return { commit: null, branch: null, commits: 0, churn: [], time: 946_684_800 }
}
