/** Makes the embedded Postgres runnable: its libraries' links, and a copy where its account cannot reach the checkout. */
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { makePassable } from './account.mjs'
import { postgresDirectory, postgresPackage } from './tools.mjs'

/**
 * Idempotent.
 * @returns {string} what was found or done, in a few words
 */
export function preparePostgres() {
  const source = postgresPackage()
  if (!existsSync(source)) {
    return `none for ${process.platform}-${process.arch}: set DATABASE_URL`
  }
  linkLibraries(source)
  const target = postgresDirectory()
  if (target === join(source, 'native')) return 'embedded'
  if (existsSync(target)) return `embedded, in ${target}`
  // Copied beside and then renamed, so that an interrupted copy is never taken for a whole one.
  const partial = `${target}.${process.pid}`
  makePassable(dirname(target))
  cpSync(join(source, 'native'), partial, { recursive: true, verbatimSymlinks: true })
  if (existsSync(target)) rmSync(partial, { recursive: true })
  else renameSync(partial, target)
  return `embedded, copied to ${target}`
}

/**
 * npm packages hold no symbolic links; this one lists them instead, and its own script that makes them may be switched off.
 * @param {string} directory of the platform package
 */
function linkLibraries(directory) {
  const list = join(directory, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(directory, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
  }
}
