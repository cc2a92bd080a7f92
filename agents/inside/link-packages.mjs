/**
 * Gives the tree a `node_modules` of its own that links to installed packages. A directory of links, and not one link:
 * packages that are links themselves (workspaces) lead into the tree, and tools find a place to write their caches.
 */
import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { readOptions } from './options.mjs'

for (const { at, from } of readOptions()) {
  const target = at === '..' ? '/work/node_modules' : join('/work/repo', at, 'node_modules')
  mkdirSync(target, { recursive: true })
  linkEntries(from, target, 1)
}

/**
 * @param {string} from
 * @param {string} target
 * @param {1 | 2} depth 2 within a scope
 */
function linkEntries(from, target, depth) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    // What else begins with a dot are caches, which tools write to, and the stores of package managers, which links lead to.
    if (entry.name.startsWith('.') && entry.name !== '.bin') continue
    const place = join(target, entry.name)
    const original = join(from, entry.name)
    if (depth === 1 && entry.isDirectory() && entry.name.startsWith('@')) {
      mkdirSync(place, { recursive: true })
      linkEntries(original, place, 2)
    } else if (!present(place)) {
      symlinkSync(leadsOut(original, depth) ? readlinkSync(original) : original, place)
    }
  }
}

/**
 * Whether an entry is a link to somewhere outside of its `node_modules`, as those of workspaces are.
 * @param {string} path
 * @param {1 | 2} depth
 */
function leadsOut(path, depth) {
  if (!lstatSync(path).isSymbolicLink()) return false
  const target = readlinkSync(path)
  return !isAbsolute(target) && target.startsWith('../'.repeat(depth))
}

/** @param {string} path */
function present(path) {
  return existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
