/** Installs the packages of the lock file, when those in `node_modules` are not the same. */
import { existsSync, readFileSync } from 'node:fs'
import { inCheckout } from './checkout.mjs'
import { run } from './run.mjs'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Package */

/**
 * @param {(text: string) => void} announce called before what takes long
 * @returns {Promise<string>} what was found or done, in a few words
 * @throws {Error} with what npm said and how to mend it
 */
export async function installPackages(announce) {
  const wanted = readPackages(inCheckout('package-lock.json'))
  // npm writes this file last: after an interrupted install it is not there.
  const installed = readPackages(inCheckout('node_modules', '.package-lock.json'))
  const count = Object.keys(wanted).length
  if (sameVersions(wanted, installed)) return `${count}, as in the lock file`
  announce(`installing ${count} (npm ci)`)
  const [program, ...npm] = npmCommand()
  // Everything that builds the page or runs the tests is a development dependency, also where NODE_ENV says production.
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  try {
    await run(program, [...npm, ...options], { cwd: inCheckout() })
  } catch (error) {
    throw inShort(/** @type {Error} */ (error))
  }
  return `${count} installed`
}

/**
 * What npm says of an error is long, and its beginning says what it is.
 * @param {Error} error
 */
function inShort(error) {
  const lines = error.message.split('\n').filter(line => /npm error/.test(line) && !/ at |npm error *$/.test(line))
  const mend = 'See whether the registry can be reached (npm ping). Then run the same command again.'
  const said = lines.length > 0 ? lines.slice(0, 4) : [error.message]
  return new Error(['npm ci failed:', ...said, mend].join('\n'), { cause: error })
}

/**
 * Whether what is installed is what is wanted. Optional packages may be absent: they are for other platforms.
 * @param {Record<string, Package>} wanted
 * @param {Record<string, Package>} installed
 * @returns {boolean}
 */
export function sameVersions(wanted, installed) {
  const required = Object.entries(wanted).filter(
    ([path, { optional, devOptional }]) => path !== '' && !optional && !devOptional,
  )
  return (
    Object.keys(installed).length > 0 &&
    required.every(([path]) => path in installed) &&
    Object.entries(installed).every(
      ([path, { version, integrity }]) => wanted[path]?.version === version && wanted[path]?.integrity === integrity,
    )
  )
}

/** @param {string} path of a lock file @returns {Record<string, Package>} */
function readPackages(path) {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).packages ?? {}) : {}
}

/** @returns {[string, ...string[]]} the npm that called us, or else the one on PATH */
function npmCommand() {
  const script = process.env.npm_execpath
  return script?.endsWith('.js') ? [process.execPath, script] : ['npm']
}
