/**
 * Who runs what we start. Postgres refuses to run as root, and neither it nor Redis nor the sandbox needs to: as root,
 * they run as `postgres` or else `nobody`. Such an account cannot enter a root home of mode 0700, so what it must reach
 * then lies under `/var/lib/orrery` instead of in the checkout.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** @typedef {{ name: string, uid: number, gid: number }} Account */

/** Where root keeps what other accounts must reach, when the checkout is closed to them. */
export const commonDirectory = '/var/lib/orrery'

/**
 * The unprivileged account for child processes.
 * @param {{ uid?: number, passwd?: string }} [from] for tests
 * @returns {Account | null} null where we are unprivileged already, and children simply run as us
 */
export function serviceAccount({ uid = process.getuid?.() ?? -1, passwd } = {}) {
  if (uid !== 0) return null
  const lines = (passwd ?? readFileSync('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'))
  const line = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody')
  if (!line) return { name: 'nobody', uid: 65534, gid: 65534 }
  return { name: String(line[0]), uid: Number(line[2]), gid: Number(line[3]) }
}

/**
 * Whether the account may walk to the path: the search bit of every directory on the way, after links.
 * The path itself need not exist yet; then its nearest existing parent counts.
 * @param {string} path absolute
 * @param {Account | null} account null is us, who may
 * @returns {boolean}
 */
export function canReach(path, account) {
  if (!account) return true
  let at = path
  while (!existsSync(at)) at = dirname(at)
  at = realpathSync(at)
  for (;;) {
    const { mode, uid, gid } = statSync(at)
    const search = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & search) === 0) return false
    if (at === dirname(at)) return true
    at = dirname(at)
  }
}

/**
 * Makes a directory that every account may walk through, whatever the umask is.
 * @param {string} path absolute
 * @returns {string} the path
 */
export function makePassable(path) {
  const missing = []
  for (let at = path; !existsSync(at); at = dirname(at)) missing.unshift(at)
  for (const directory of missing) {
    mkdirSync(directory, { recursive: true })
    chmodSync(directory, 0o755)
  }
  return path
}

/** @param {...string} parts @returns {string} a path under the common directory */
export const inCommon = (...parts) => join(commonDirectory, ...parts)
