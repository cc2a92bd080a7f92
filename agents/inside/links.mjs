/**
 * Symbolic links that tools would follow out of the repository or round in circles. They are taken out of the tree, which
 * is a copy made for this analysis.
 */
import { readdirSync, realpathSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { listed, workspaceTree } from './walk.mjs'

/** @param {Pick<import('./report.mjs').Report, 'notChecked'>} report is told which */
export function removeLinks(report) {
  const root = process.cwd()
  if (root !== workspaceTree) return
  const removed = [...linksBelow('')].filter(path => leadsAstray(root, path))
  for (const path of removed) unlinkSync(path)
  if (removed.length > 0) {
    report.notChecked(listed(removed), 'symbolic links to directories, or out of the repository, are not followed')
  }
}

/**
 * @param {string} directory
 * @returns {Generator<string>}
 */
function* linksBelow(directory) {
  for (const entry of readdirSync(directory === '' ? '.' : directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isSymbolicLink()) yield path
    else if (entry.isDirectory() && entry.name !== 'node_modules') yield* linksBelow(path)
  }
}

/**
 * @param {string} root
 * @param {string} path
 */
function leadsAstray(root, path) {
  try {
    return !realpathSync(path).startsWith(`${root}/`) || !statSync(path).isFile()
  } catch {
    return true
  }
}
