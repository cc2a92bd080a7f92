/** The git tools of an agent that only look, inside: status, diff, log. Nothing of the repository is changed by them, its index included. */
import { copyFileSync, existsSync } from 'node:fs'
import { createGit, GitError } from './git.mjs'
import { answer, Refusal } from './tool-answer.mjs'
import { inRepository } from './tool-paths.mjs'
import { workspaceTree } from './walk.mjs'

const scratchIndex = '/tmp/tool-index'
const git = createGit('file')
const run = (/** @type {string[]} */ ...args) =>
  git.run(args, { cwd: workspaceTree, extra: { GIT_INDEX_FILE: scratchIndex } })

/** New files are known to a copy of the index, so that a diff shows them too. */
function knowNewFiles() {
  if (existsSync('.git/index')) copyFileSync('.git/index', scratchIndex)
  run('add', '--all', '--intent-to-add')
}

/** @param {string | undefined} revision */
function commitOf(revision = 'HEAD') {
  if (!/^[\w][\w./~^@{}-]*$/.test(revision)) throw new Refusal(`${revision} is no commit.`)
  try {
    return run('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)
  } catch {
    throw new Refusal(`There is no commit ${revision} here. See git_log.`)
  }
}

function status() {
  const head = run('log', '-1', '--format=%h %s')
  const changes = run('status', '--porcelain=v1', '--untracked-files=all', '--no-renames')
  const shown = changes === '' ? 'Nothing is changed since then.' : changes
  return `At ${head}\n${shown}`
}

/** @param {{ path?: string, from?: string }} request */
function diff({ path, from }) {
  knowNewFiles()
  const options = ['--no-ext-diff', '--no-textconv', '--no-color', '--find-renames']
  const changes = run('diff', ...options, commitOf(from), '--', ...(path === undefined ? [] : [inRepository(path)]))
  return changes === '' ? `There is no difference from ${from ?? 'HEAD'}.` : changes
}

/** @param {{ path?: string, count?: number }} request */
function log({ path, count = 20 }) {
  const where = path === undefined ? [] : [inRepository(path)]
  const lines = run('log', `--max-count=${count}`, '--date=short', '--format=%h %ad %an: %s', '--', ...where)
  return lines === '' ? 'No commit touches this.' : lines
}

const operations = { status, diff, log }

process.chdir(workspaceTree)
answer(request => {
  if (!existsSync('.git')) throw new Refusal('There is no Git repository here.')
  if (existsSync('.git/index')) copyFileSync('.git/index', scratchIndex)
  try {
    return operations[/** @type {keyof typeof operations} */ (request.op)](request)
  } catch (error) {
    throw error instanceof GitError ? new Refusal(`git: ${error.message}`) : error
  }
})
