/** Files that name a process, so that what a killed process left behind is seen to be void: locks and registrations. */
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identityOf, isRunning } from './processes.mjs'

/**
 * Runs `work` while nobody else, in this process or another, runs theirs for the same directory.
 * @template T
 * @param {string} directory
 * @param {() => Promise<T>} work
 * @param {{ seconds?: number, onWait?: (pid: number) => void }} [options] `onWait` is called once, with the process waited for
 * @returns {Promise<T>}
 * @throws {Error} after 60 seconds of waiting, or as told, naming the file and the process that holds it
 */
export async function exclusively(directory, work, { seconds = 60, onWait } = {}) {
  mkdirSync(directory, { recursive: true })
  const lock = join(directory, 'lock')
  const giveUpAt = Date.now() + seconds * 1_000
  for (let turn = 0; !signFile(lock); turn++) {
    if (removeIfVoid(lock)) continue
    const holder = Number.parseInt(readOrEmpty(lock), 10)
    if (turn === 0) onWait?.(holder)
    if (Date.now() > giveUpAt)
      throw new Error(`Process ${holder} has held ${lock} for ${seconds} s. End it and start again.`)
    await sleep(20)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/**
 * Makes a file that names this process, whole from its first moment.
 * @param {string} path
 * @returns {boolean} false where it exists already
 */
export function signFile(path) {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, identityOf(process.pid) ?? String(process.pid))
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * @param {string} path of a signed file
 * @returns {boolean} true where the process that it names is gone; the file then is, too
 */
export function removeIfVoid(path) {
  const holder = readOrEmpty(path)
  if (holder === '') return true
  if (isRunning(holder)) return false
  // Several may find it void at once: only one rename succeeds, and a newer file caught by it is put back.
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
    if (readOrEmpty(aside) !== holder) linkSync(aside, path)
    rmSync(aside, { force: true })
  } catch {
    return false
  }
  return true
}

/** @param {string} path @returns {string} */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
