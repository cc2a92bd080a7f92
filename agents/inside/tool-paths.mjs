/** Paths as a model names them: relative to the repository, inside of it, and not through a link that leads out. */
import { existsSync, lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { Refusal } from './tool-answer.mjs'
import { walk, workspaceTree } from './walk.mjs'

/**
 * The path relative to the repository; `.` is the repository itself.
 * @param {string} path
 */
export function inRepository(path) {
  const given = path.startsWith(`${workspaceTree}/`) || path === workspaceTree ? path.slice(workspaceTree.length) : path
  if (given.includes('\0')) throw new Refusal(`A path holds no NUL character.`)
  if (path.startsWith('/') && given === path)
    throw new Refusal(`${path} is not in the repository. Name paths relative to its root, for example src/app.ts.`)
  const plain = normalize(given.replace(/^\/+/, '') || '.').replace(/\/$/, '')
  if (plain === '..' || plain.startsWith('../')) throw new Refusal(`${path} leads out of the repository.`)
  refuseLeadingOut(plain)
  return plain
}

/** @param {string} path */
function refuseLeadingOut(path) {
  let there = path
  while (there !== '.' && !present(there)) there = dirname(there)
  let real
  try {
    real = realpathSync(join(workspaceTree, there))
  } catch {
    throw new Refusal(`${path} leads through a link to nowhere.`)
  }
  if (real !== workspaceTree && !real.startsWith(`${workspaceTree}/`))
    throw new Refusal(`${path} leads out of the repository through a link.`)
}

/** @param {string} path */
const present = path => {
  try {
    lstatSync(path)
    return true
  } catch {
    return false
  }
}

/**
 * A path that may be changed: not one of Git's own.
 * @param {string} path
 */
export function changeable(path) {
  const plain = inRepository(path)
  if (plain.split('/').includes('.git')) throw new Refusal(`${path} is Git's own. Use the git tools.`)
  return plain
}

/**
 * Why there is nothing under a path, with paths that may have been meant.
 * @param {string} path
 */
export function notThere(path) {
  const wanted = basename(path).toLowerCase()
  const stem = wanted.replace(/\.[^.]*$/, '')
  const similar = []
  for (const file of walk()) {
    const name = basename(file).toLowerCase()
    if (name === wanted) similar.unshift(file)
    else if (stem.length > 2 && name.startsWith(stem)) similar.push(file)
    if (similar.length > 50) break
  }
  const parent = dirname(path)
  const hint =
    similar.length > 0
      ? ` Did you mean ${similar.slice(0, 5).join(', ')}?`
      : existsSync(parent)
        ? ` List ${parent} to see what is there.`
        : ` There is no directory ${parent} either.`
  return new Refusal(`${path} does not exist.${hint}`)
}
