/** What of the host may be mounted, and what of it has to be covered. */
import { readFileSync, type Stats, statSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { relative } from 'node:path'
import { OrreryError } from '../../../domain/errors.ts'

export type MountSource = {
  path: string
  found: Stats
  /** Sockets in the directory on which somebody listens, relative to it. */
  sockets: readonly string[]
}

function refuse(hostPath: string, why: string, hint = ''): OrreryError {
  return new OrreryError('BAD_INPUT', `${JSON.stringify(hostPath)} cannot be mounted: ${why}`, { hint })
}

/** What a host path really is. Throws OrreryError BAD_INPUT unless it is a directory or a file of somebody's own. */
export async function mountSource(hostPath: string): Promise<MountSource> {
  if (!hostPath.startsWith('/')) throw refuse(hostPath, 'it is not an absolute path')
  const path = await realpath(hostPath).catch(() => {
    throw refuse(hostPath, 'it does not exist or cannot be reached')
  })
  if (path === '/' || ['/proc', '/sys', '/dev'].some(own => path === own || path.startsWith(`${own}/`))) {
    throw refuse(hostPath, 'it belongs to the running system')
  }
  const found = statSync(path)
  if (!found.isDirectory() && !found.isFile()) throw refuse(hostPath, 'it is neither a directory nor a regular file')
  return { path, found, sockets: listeningBelow(path, readFileSync('/proc/net/unix', 'utf8')) }
}

/**
 * Sockets in a directory, from the text of `/proc/net/unix`. That a mount is read-only does not keep anybody from talking to
 * one, and an editor or a git daemon may listen in a repository.
 */
export function listeningBelow(directory: string, unixSockets: string): string[] {
  const paths = unixSockets
    .split('\n')
    .slice(1)
    .map(line => /^(?:\S+\s+){7}(\/.*)$/.exec(line)?.[1] ?? '')
    .filter(path => path.startsWith(`${directory}/`))
  return [...new Set(paths)].map(path => relative(directory, path))
}

/** A mount that keeps its owner is of use only where everybody may read it. Throws OrreryError BAD_INPUT otherwise. */
export function assertReadable({ path, found }: MountSource): void {
  const needed = found.isDirectory() ? 0o005 : 0o004
  if ((found.mode & needed) === needed) return
  throw refuse(path, 'only its owner may read it, and this file system cannot show it as another’s', 'chmod -R o+rX it')
}
