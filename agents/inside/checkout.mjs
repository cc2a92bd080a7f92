/**
 * Puts the tree that is to be audited at /work/repo, and prints what stands in it. Never changes what it reads from.
 * A refusal that is meant for people is printed as `{"refused": {"code", "message", "hint"}}`.
 */
import { mkdirSync } from 'node:fs'
import { checkOut } from './checkout-git.mjs'
import { Refused } from './checkout-parts.mjs'
import { createGit, GitError } from './git.mjs'
import { presentChurn } from './history.mjs'
import { readOptions } from './options.mjs'
import { copyPlainTree } from './plain-tree.mjs'
import { writeAll } from './report.mjs'
import { describeTree, setTimes } from './tree.mjs'

const repo = '/work/repo'

/** @type {import('./checkout-parts.mjs').CheckoutOptions} */
const options = readOptions()
/** @type {import('./checkout-parts.mjs').LeftOut[]} */
const notChecked = []
/** @type {import('./checkout-parts.mjs').LeaveOut} */
const leaveOut = (what, why, mend = '') => void notChecked.push({ what, why, mend })

function place() {
  if (options.mode === 'plain') return copyPlainTree(options.source, repo, 'it is no Git repository', leaveOut)
  const git = createGit(options.mode === 'url' ? 'http:https' : 'file')
  if (git.available()) return checkOut(git, options, repo, leaveOut)
  const why = 'git is not installed where the server runs'
  if (options.mode === 'url') throw new Refused('UNAVAILABLE', why, 'Install git.')
  return copyPlainTree(options.source, repo, why, leaveOut)
}

mkdirSync(repo, { recursive: true })
try {
  const { time, churn, ...found } = await place()
  const { present, ...tree } = describeTree(repo)
  if (present.size === 0) {
    throw new Refused('BAD_INPUT', 'there is no file to audit: the tree is empty', 'Commit something first.')
  }
  setTimes(repo, time)
  writeAll(JSON.stringify({ ...tree, ...found, churn: presentChurn(churn, present), notChecked }))
} catch (error) {
  if (error instanceof Refused)
    writeAll(JSON.stringify({ refused: { code: error.code, message: error.message, hint: error.hint } }))
  else if (error instanceof GitError)
    writeAll(JSON.stringify({ refused: { code: 'BAD_INPUT', message: error.message, hint: '' } }))
  else throw error
}
