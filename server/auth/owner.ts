/** The first key: made when the server starts on an empty database, kept where only the owner of the files can read it. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Grant, Keys } from '../../db/keys.ts'

/** What `credentials.json` holds, and what the command line reads. */
export type Credentials = { url: string; key: string }

/**
 * The secret under which keys are stored. It is not in the database: who has only that can verify no key and make none.
 * Of two processes that start at once, one makes it and the other reads it.
 */
export async function readPepper(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, 'pepper')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  // The other process may be about to write it.
  for (let tries = 0; tries < 50; tries++) {
    const text = readFileSync(path, 'utf8').trim()
    if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex')
    await sleep(20)
  }
  throw new Error(`${path} holds no pepper. Put the right one back, or delete it: then all keys and sessions are void.`)
}

/** Makes sure that `credentials.json` holds a key that is valid, and the address of the server. */
export async function ensureOwner(
  keys: Keys,
  organisationId: string,
  { dataDir, url }: { dataDir: string; url: string },
): Promise<Grant> {
  const path = join(dataDir, 'credentials.json')
  const known = readCredentials(path)
  const valid = known === null ? null : await keys.verify(known.key)
  const key =
    valid === null || known === null
      ? await keys.create({ organisationId, name: 'owner', role: 'owner', expiresAt: null })
      : known.key
  if (known?.url !== url || known.key !== key) writeCredentials(path, { url, key })
  const grant = valid ?? (await keys.verify(key))
  if (grant === null) throw new Error('the key that was just made is not valid')
  return grant
}

function readCredentials(path: string): Credentials | null {
  try {
    const { url, key } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Credentials>
    return typeof url === 'string' && typeof key === 'string' ? { url, key } : null
  } catch {
    return null
  }
}

/** Whole or not at all: a client may read it at any moment. */
function writeCredentials(path: string, credentials: Credentials): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, path)
}
