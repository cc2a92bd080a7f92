/** The files of a tree: regular files only, never through a symbolic link, without what was installed or generated. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** Where a tree stands in a workspace: the only place in which a program may change anything. */
export const workspaceTree = '/work/repo'

/** Directories that hold what others wrote or what tools made. */
const foreign = new Set(
  `.git .hg .svn node_modules bower_components vendor third_party .venv venv site-packages __pycache__ .tox .mypy_cache
  .pytest_cache dist build out target coverage .next .nuxt .svelte-kit .turbo .cache .yarn .pnpm-store DerivedData Pods`.split(
    /\s+/,
  ),
)

/** Whether a directory of this name is left out, unless somebody asks for it. */
export const isForeign = (/** @type {string} */ name) => foreign.has(name)

/** @returns {Generator<string>} Paths of all regular files below a directory, in order, relative to it. */
export function* walk(root = '.', { enterForeign = false } = {}) {
  const waiting = ['']
  while (waiting.length > 0) {
    const directory = waiting.pop() ?? ''
    /** @type {import('node:fs').Dirent[]} */
    let entries
    try {
      entries = readdirSync(join(root, directory), { withFileTypes: true })
    } catch {
      continue
    }
    entries.sort((left, right) => (left.name < right.name ? -1 : 1))
    for (const entry of entries) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`
      if (entry.isFile()) yield path
      else if (entry.isDirectory() && (enterForeign || !foreign.has(entry.name)) && entry.name !== '.git')
        waiting.push(path)
    }
  }
}

/**
 * Whether a NUL stands in the first 8 KiB.
 * @param {string} path
 */
export function isBinary(path) {
  const start = Buffer.alloc(8_192)
  const file = openSync(path, 'r')
  try {
    return start.subarray(0, readSync(file, start, 0, start.length, 0)).includes(0)
  } finally {
    closeSync(file)
  }
}

/**
 * `a.js, b.js and 7 more`
 * @param {readonly string[]} paths
 */
export function listed(paths, most = 3) {
  const shown = paths.slice(0, most).join(', ')
  return paths.length > most ? `${shown} and ${paths.length - most} more` : shown
}
