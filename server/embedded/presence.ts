/**
 * Several processes of one machine may share an embedded server: an API process and a worker, or two test runs. Each
 * registers; whoever starts or stops the server holds the lock; the last to leave stops it. All of it is files that name a
 * process, so that what a killed process left behind is seen to be void.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identityOf, isRunning } from './process.ts'

export type Presence = {
  /** Whether anybody else alive uses the directory. */
  others(): boolean
  leave(): void
}

/** Registers a user of the directory; one process may be several. */
export function arrive(directory: string): Presence {
  const users = join(directory, 'users')
  mkdirSync(users, { recursive: true })
  const own = randomUUID()
  place(join(users, own))
  return {
    others: () =>
      readdirSync(users).some(name => name !== own && !name.includes('.') && !removeIfVoid(join(users, name))),
    leave: () => rmSync(join(users, own), { force: true }),
  }
}

/**
 * Runs `work` while no other user of the directory, in this process or another, runs theirs.
 * @throws Error after 60 s of waiting, naming the file and the process that holds it.
 */
export async function exclusively<T>(directory: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(directory, { recursive: true })
  const lock = join(directory, 'lock')
  const giveUpAt = Date.now() + 60_000
  while (!place(lock)) {
    if (removeIfVoid(lock)) continue
    if (Date.now() > giveUpAt) {
      throw new Error(
        `Process ${Number.parseInt(holderOf(lock), 10)} has held ${lock} for 60 s. End it and start again.`,
      )
    }
    await sleep(20)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Makes a file that names this process, whole from its first moment. @returns false where it exists already. */
function place(path: string): boolean {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, identityOf(process.pid) ?? String(process.pid))
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/** @returns true where the process that the file names is gone; the file then is, too. */
function removeIfVoid(path: string): boolean {
  const holder = holderOf(path)
  if (holder === '') return true
  if (isRunning(holder)) return false
  // Several may find it void at once: only one rename succeeds, and a newer file caught by it is put back.
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
    if (holderOf(aside) !== holder) linkSync(aside, path)
    rmSync(aside, { force: true })
  } catch {
    return false
  }
  return true
}

const holderOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
