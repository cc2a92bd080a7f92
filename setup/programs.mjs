/**
 * Redis and bubblewrap, which no npm package ships: taken from the machine, or else fetched from the Debian or Ubuntu
 * that we run on into `.orrery/cache`. Orrery runs without either, and says what it then lacks.
 */
import { chmodSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { makePassable } from './account.mjs'
import { inCheckout } from './checkout.mjs'
import { isDebian, openApt } from './debian.mjs'
import { cacheDirectory, toolPath } from './tools.mjs'

/**
 * @typedef {object} Program
 * @property {'redis-server' | 'bwrap'} tool
 * @property {string} packageName on Debian and Ubuntu
 * @property {string} directory under the cache
 * @property {string} without what Orrery does where it is missing
 * @property {(directory: string) => void} finish after the package was unpacked there
 */

/** @type {Program} */
export const redis = {
  tool: 'redis-server',
  packageName: 'redis-server',
  directory: 'redis',
  without: 'One process then does without; separate API and worker processes need REDIS_URL.',
  finish: writeLauncher,
}

/** @type {Program} */
export const bubblewrap = {
  tool: 'bwrap',
  packageName: 'bubblewrap',
  directory: 'bubblewrap',
  without: 'Without a sandbox, tasks that run code end as blocked.',
  finish: () => {},
}

/** A fetch that failed is not tried again within the hour, so that a machine without a network starts fast. */
const retryAfterMs = 60 * 60 * 1_000

/**
 * Finds or fetches the programs, with one update of the package lists for all.
 * @param {readonly Program[]} programs
 * @param {(text: string) => void} announce called before what takes long
 * @returns {Promise<{ path: string | null, note: string }[]>} one for each program; `note` says where it comes from, or why
 *   there is none, what that means and how to mend it
 */
export async function providePrograms(programs, announce) {
  const outcomes = programs.map(look)
  const wanted = outcomes.filter(({ path, reason }) => !path && !reason)
  if (wanted.length > 0) {
    announce(`fetching ${wanted.map(({ program }) => program.packageName).join(' and ')} from this distribution`)
    await fetchInto(wanted)
  }
  return outcomes.map(describe)
}

/**
 * @typedef {object} Outcome
 * @property {Program} program
 * @property {string | null} path
 * @property {string} reason why there is none; empty where it is to be fetched
 */

/** @param {Program} program @returns {Outcome} */
function look(program) {
  const path = toolPath(program.tool)
  return { program, path, reason: path ? '' : reasonNotToFetch(program) }
}

/** @param {Outcome[]} outcomes are given their path, or the reason why there is none */
async function fetchInto(outcomes) {
  makePassable(cacheDirectory())
  const apt = await openApt()
  for (const outcome of outcomes) {
    const { program } = outcome
    const target = join(cacheDirectory(), program.directory)
    try {
      await apt.unpack(program.packageName, target)
      program.finish(target)
      outcome.path = toolPath(program.tool)
      if (!outcome.path) throw new Error(`${target} was unpacked, but ${program.tool} does not run.`)
      rmSync(failureFile(program), { force: true })
    } catch (error) {
      outcome.reason = error instanceof Error ? error.message : String(error)
      writeFileSync(failureFile(program), outcome.reason)
    }
  }
  apt.close()
}

/** @param {Program} program @returns {string} empty where it should be fetched */
function reasonNotToFetch(program) {
  if (!isDebian()) return 'It is not on PATH, and this system is no Debian or Ubuntu, where it would be fetched.'
  const failedAt = statSync(failureFile(program), { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (Date.now() - failedAt > retryAfterMs) return ''
  const minutes = Math.round((Date.now() - failedAt) / 60_000)
  return `Fetching it failed ${minutes} min ago; the reason is in ${shown(failureFile(program))}. Delete that file to try again.`
}

/** @param {string} path @returns {string} */
const shown = path => (path.startsWith(inCheckout()) ? relative(inCheckout(), path) : path)

/** @param {Program} program @returns {string} */
const failureFile = program => join(cacheDirectory(), `${program.directory}.failed`)

/** @param {Outcome} outcome @returns {{ path: string | null, note: string }} */
function describe({ program, path, reason }) {
  if (path) return { path, note: shown(path) }
  return { path, note: `none. ${reason}\n${program.without} Mend it with: apt install ${program.packageName}` }
}

/**
 * The libraries that came with Redis are found through a variable; the program itself must keep its name, from which it
 * knows whether it is the server.
 * @param {string} directory
 */
function writeLauncher(directory) {
  const libraries = ['usr/lib', 'lib']
    .filter(each => existsSync(join(directory, each)))
    .flatMap(each => readdirSync(join(directory, each)).map(name => `$here/${each}/${name}`))
  const launcher = join(directory, 'redis-server')
  const lines = [
    '#!/bin/sh',
    'here=$(dirname "$(readlink -f "$0")")',
    `export LD_LIBRARY_PATH="${libraries.join(':')}"`,
    'exec "$here/usr/bin/redis-server" "$@"',
  ]
  writeFileSync(launcher, `${lines.join('\n')}\n`)
  chmodSync(launcher, 0o755)
}
