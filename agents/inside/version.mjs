/** Versions of the tools, from their own manifests: not every package exports its manifest. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Where a package lies. Throws where it is not installed.
 * @param {string} name
 */
export function directoryOf(name) {
  for (const root of require.resolve.paths(name) ?? []) {
    if (existsSync(join(root, name, 'package.json'))) return join(root, name)
  }
  return dirname(require.resolve(`${name}/package.json`))
}

/**
 * @param {string} name of a package
 * @returns {string}
 */
export function versionOf(name) {
  return JSON.parse(readFileSync(join(directoryOf(name), 'package.json'), 'utf8')).version
}
