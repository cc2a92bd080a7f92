/**
 * Makes, of the commits of the trunk at /work/repo, commits that belong into the user's repository: the same changes on
 * the commit that was checked out, in a pack that can be laid beside its objects. The user's history is mounted read-only
 * and read by way of a repository of our own, which has none of its configuration; of one behind a `url` only the upstream
 * commit is fetched. Options: `gitDir` or `url`, `upstream`, `prefix` of the checked-out directory, `base` of the trunk, `branch`, `runLine` that the messages of this run's commits have.
 */
import { mkdirSync } from 'node:fs'
import { Refused } from './checkout-parts.mjs'
import { answer, writePatch } from './code-parts.mjs'
import { createGit } from './git.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'

const target = '/work/target.git'
const ours = 'refs/orrery/work'

answer(() => {
  const { gitDir, url, upstream, prefix, base, branch, runLine } = readOptions()
  const git = createGit('file:http:https')
  if (url === '') git.run(['clone', '--quiet', '--bare', '--shared', '--template=', '--', gitDir, target])
  else fetchUpstream(git, url, upstream)
  const extra = { GIT_DIR: target, GIT_INDEX_FILE: '/tmp/index' }
  /** @type {Run} */
  const run = (args, { input = '', accept = [0], env = {} } = {}) =>
    git.run(args, { input, accept, extra: { ...extra, ...env } })
  if (run(['rev-parse', '--show-object-format']) !== 'sha1')
    throw new Refused(
      'BAD_INPUT',
      'the repository names its objects by SHA-256, which is not supported yet',
      'Apply the patch.',
    )
  run(['-c', 'fetch.fsckObjects=true', 'fetch', '--quiet', '--no-tags', '/work/repo', `refs/heads/work:${ours}`])
  refuseWhereInUse(run, branch)
  const expected = run(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`], { accept: [0, 1] }) || null
  if (run(['rev-parse', '--verify', '--quiet', `${upstream}^{commit}`], { accept: [0, 1] }) === '')
    throw new Refused(
      'NOT_FOUND',
      `the commit ${upstream} is not in the repository any more`,
      'Apply the patch by hand.',
    )
  const commits = run(['rev-list', '--reverse', '--topo-order', `${base}..${ours}`])
    .split('\n')
    .filter(Boolean)
  if (commits.length === 0) throw new Refused('BAD_INPUT', 'nothing was changed: there is no commit to publish')
  let tip = upstream
  for (const commit of commits) tip = again(run, commit, tip, prefix)
  if (expected !== null && expected !== tip && !run(['log', '-1', '--format=%B', expected]).includes(`${runLine}\n`))
    throw new Refused(
      'BAD_INPUT',
      `there is a branch ${branch} already, and this run did not make it`,
      'Name another branch.',
    )
  mkdirSync('/work/out')
  const pack = run(['pack-objects', '--revs', '--quiet', '/work/out/pack'], { input: `${tip}\n^${upstream}\n` })
  const files = writePatch(run, upstream, tip, '/work/patch.diff')
  const told = run(['rev-list', '--reverse', `${upstream}..${tip}`]).split('\n')
  return {
    ...{ commit: tip, expected, pack, files },
    commits: told
      .slice(-500)
      .map(commit => ({ commit, message: run(['log', '-1', '--format=%B', commit]).slice(0, 8_000) })),
  }
}, writeAll)

/** @typedef {(args: readonly string[], options?: { input?: string, accept?: readonly number[], env?: Record<string, string> }) => string} Run */

/** @param {import('./git.mjs').Git} git @param {string} url @param {string} upstream */
function fetchUpstream(git, url, upstream) {
  git.run(['init', '--quiet', '--bare', '--template=', target])
  git.run(['--git-dir', target, 'fetch', '--quiet', '--no-tags', '--depth=1', '--end-of-options', url, upstream])
}

/** @param {Run} run @param {string} branch */
function refuseWhereInUse(run, branch) {
  run(['check-ref-format', '--branch', branch])
  if (run(['symbolic-ref', '--quiet', '--short', 'HEAD'], { accept: [0, 1] }) === branch)
    throw new Refused(
      'BAD_INPUT',
      `${branch} is checked out: nothing is written to a branch that somebody works on`,
      'Name another branch.',
    )
}

/**
 * The same change on another parent. Paths are entered into an index, which refuses names that would be dangerous in a tree.
 * @param {Run} run
 * @param {string} commit
 * @param {string} parent
 * @param {string} prefix
 */
function again(run, commit, parent, prefix) {
  const fields = run(['diff-tree', '-r', '-z', '--raw', '--no-renames', `${commit}^`, commit]).split('\0')
  const entries = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , object = '', status = ''] = (fields[at] ?? '').split(' ')
    entries.push({
      gone: status === 'D',
      line: `${mode} ${object}\t${prefix === '' ? '' : `${prefix}/`}${fields[at + 1]}`,
    })
  }
  // What goes makes room for what comes: a file may become a directory.
  const ordered = [...entries.filter(({ gone }) => gone), ...entries.filter(({ gone }) => !gone)]
  run(['read-tree', parent])
  run(['update-index', '-z', '--index-info'], { input: ordered.map(({ line }) => `${line}\0`).join('') })
  const [name = '', email = '', date = ''] = run(['log', '-1', '--format=%an%n%ae%n%at', commit]).split('\n')
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap(who => [
      [`GIT_${who}_NAME`, name],
      [`GIT_${who}_EMAIL`, email],
      [`GIT_${who}_DATE`, `@${date} +0000`],
    ]),
  )
  const input = run(['log', '-1', '--format=%B', commit])
  return run(['commit-tree', run(['write-tree']), '-p', parent, '-F', '-'], { input: `${input.trimEnd()}\n`, env })
}
