/** What the operating system knows about processes that we may not have started ourselves. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const hasProc = existsSync('/proc/self/stat')

/**
 * A name for this one process that no other ever has: a bare number is given to others later, in a restarted container
 * even at once.
 * @param {number} pid
 * @returns {string | null} null where no such process runs; a zombie, which a container without an init never reaps,
 *   does not run
 */
export function identityOf(pid) {
  return hasProc ? identityFromProc(pid) : identityFromPs(pid)
}

/** @param {number} pid @returns {string | null} */
function identityFromProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in brackets, which may itself hold blanks and brackets: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startedAt] = [fields[0], fields[19]]
    if (state === 'Z' || state === 'X') return null
    return `${pid} ${startedAt} ${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}`
  } catch {
    return null
  }
}

/** @param {number} pid @returns {string | null} */
function identityFromPs(pid) {
  const line = ps('state=,lstart=', pid)
  return line === '' || line.startsWith('Z') ? null : `${pid} ${line.slice(line.indexOf(' ')).trim()}`
}

/** @param {string} columns @param {number} pid @returns {string} */
function ps(columns, pid) {
  try {
    return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/**
 * @param {string} identity as from `identityOf`
 * @returns {boolean} whether that very process still runs
 */
export function isRunning(identity) {
  return identityOf(Number.parseInt(identity, 10)) === identity
}

/**
 * @param {number} pid
 * @returns {string} the command line, its arguments separated by blanks; empty where there is no such process
 */
export function commandOf(pid) {
  if (!hasProc) return ps('command=', pid)
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

/**
 * Waits until the process is gone.
 * @param {number} pid
 * @param {number} ms
 * @returns {Promise<boolean>} false where it still runs after that time
 */
export async function waitForEnd(pid, ms) {
  const end = Date.now() + ms
  while (identityOf(pid) !== null) {
    if (Date.now() >= end) return false
    await sleep(20)
  }
  return true
}

/**
 * Sends a signal; a process that is gone already is fine.
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
export function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}
