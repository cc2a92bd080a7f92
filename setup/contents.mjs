/** A fingerprint of what files hold, whatever their dates are: a checkout of another branch and back changes nothing. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {readonly string[]} paths files and directories; those that do not exist count as such
 * @param {{ skip?: readonly string[] }} [options] names of directories that do not count
 * @returns {string}
 */
export function fingerprint(paths, { skip = [] } = {}) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(each => filesOf(each, skip))) hash.update(`${path}\0`).update(readFileSync(path))
  return hash.digest('hex')
}

/** @param {string} path @param {readonly string[]} skip @returns {string[]} */
function filesOf(path, skip) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .sort()
    .filter(name => !skip.includes(name) && !name.includes('.test.'))
    .flatMap(name => filesOf(join(path, name), skip))
}
