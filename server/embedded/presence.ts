/**
 * Several processes of one machine may share an embedded server: an API process and a worker, or two test runs. Each
 * registers, and the last to leave stops it.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { removeIfVoid, signFile } from '../../setup/lock.mjs'

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
  signFile(join(users, own))
  return {
    // A name with a dot is a file on its way to being there or gone.
    others: () =>
      readdirSync(users).some(name => name !== own && !name.includes('.') && !removeIfVoid(join(users, name))),
    leave: () => rmSync(join(users, own), { force: true }),
  }
}
