/** What the tests of the sandbox share: a driver on this machine's bubblewrap. */
import { accessSync, constants, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../../', import.meta.url))

/** `ORRERY_BWRAP`, PATH, or the copies that the setup fetches. Throws an Error where there is none. */
export function findBwrap(): string {
  const onPath = (process.env.PATH ?? '').split(delimiter).map(directory => join(directory, 'bwrap'))
  const cached = ['.orrery/cache', 'node_modules/.cache/orrery'].map(cache =>
    join(project, cache, 'bubblewrap/usr/bin/bwrap'),
  )
  const found = [process.env.ORRERY_BWRAP ?? '', ...onPath, ...cached].find(isProgram)
  if (found === undefined) throw new Error('bubblewrap is missing: install it, or set ORRERY_BWRAP')
  return found
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return path !== ''
  } catch {
    return false
  }
}

/** A directory for the state of a driver under test. */
export function stateDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'orrery-sandbox-'))
}
