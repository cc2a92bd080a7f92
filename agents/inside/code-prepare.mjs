/**
 * Makes a repository of the tree at /work/repo: one commit, the base of all work. The same tree gives the same commit.
 * Options: `known`, whether the tree is a commit's, so that also what it ignores belongs to it.
 */

import { Refused } from './checkout-parts.mjs'
import { answer, commitTree, openGit, writeTree } from './code-parts.mjs'
import { createGit } from './git.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'

answer(() => {
  const { known, message } = readOptions()
  createGit('file').run(['init', '--quiet', '--template=', '--initial-branch=work', '/work/repo'])
  const git = openGit()
  const tree = writeTree(git, [], { ignored: known })
  const files = git(['ls-files', '-z']).split('\0').filter(Boolean).length
  if (files === 0)
    throw new Refused('BAD_INPUT', 'there is no file to work on: the tree is empty', 'Commit something first.')
  const commit = commitTree(git, tree, [], message)
  git(['update-ref', 'refs/heads/work', commit])
  return { commit, files }
}, writeAll)
