/** A directory in which a server's account can keep its data, wherever the checkout lies. */
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { type Account, canReach, inCommon, makePassable } from '../../setup/account.mjs'
import { signHome } from './leftovers.ts'

/**
 * @param directory the server's own directory under `$ORRERY_DATA`; it is made.
 * @returns the directory itself; or, where the account cannot reach it (a root home of mode 0700), one under
 *   `/var/lib/orrery` that a link named `home` leads to.
 * @throws Error that says what to do, where the directory is somebody else's.
 */
export function homeFor(directory: string, account: Account | null): string {
  makeWritable(directory)
  if (canReach(directory, account)) return directory
  const link = join(directory, 'home')
  if (!existsSync(link)) symlinkSync(mkdtempSync(join(makePassable(inCommon('data')), 'home-')), link)
  const home = readlinkSync(link)
  signHome(home, directory)
  if (account) chownSync(home, account.uid, account.gid)
  return home
}

function makeWritable(directory: string): void {
  try {
    accessSync(makePassable(directory), constants.W_OK)
  } catch (error) {
    throw new Error(
      `${directory} cannot be written to by ${userInfo().username}. ` +
        'Start as the user who owns it, or set ORRERY_DATA to a directory of your own.',
      { cause: error },
    )
  }
}

/** Makes a directory for the account alone. */
export function makePrivate(directory: string, account: Account | null): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (account) chownSync(directory, account.uid, account.gid)
}

/** Writes a file that the account alone can read, and never for a moment anybody else. */
export function writePrivate(path: string, text: string, account: Account | null): void {
  rmSync(path, { force: true })
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  if (account) chownSync(path, account.uid, account.gid)
}
