/** Names of files and directories as callers give them: checked as text, before anything is touched. */
import { OrreryError } from '../../domain/errors.ts'
import type { ReadOnlyMount } from '../../domain/ports.ts'

/** Where the workspace lies inside. */
export const workspaceRoot = '/work'

/** What the sandbox itself puts in place; a mount may neither cover nor lie in one of these. */
const reserved = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/etc',
  '/proc',
  '/sys',
  '/dev',
  '/tmp',
  '/run',
  '/work',
  '/opt/orrery',
]

const longestPath = 4_096
const longestName = 255

function refuse(path: string, why: string): never {
  throw new OrreryError('BAD_INPUT', `the path ${JSON.stringify(path.slice(0, 200))} ${why}`)
}

function segmentsOf(path: string): string[] {
  if (path.includes('\0')) refuse(path, 'holds a NUL byte')
  if (Buffer.byteLength(path) > longestPath) refuse(path, `is longer than ${longestPath} bytes`)
  const segments = path.split('/').filter(segment => segment !== '' && segment !== '.')
  if (segments.includes('..')) refuse(path, 'leads upwards')
  if (segments.some(segment => Buffer.byteLength(segment) > longestName))
    refuse(path, `has a name longer than ${longestName} bytes`)
  return segments
}

/**
 * A path in the workspace, relative to its root (`src/a.ts`; the root itself is the empty string). Takes a relative path
 * or one below `/work`. Look-alike characters stay what they are: they name a file of their own.
 * Throws OrreryError BAD_INPUT.
 */
export function workspacePath(path: string): string {
  const segments = segmentsOf(path)
  if (!path.startsWith('/')) return segments.join('/')
  if (segments[0] !== workspaceRoot.slice(1)) refuse(path, `is not in ${workspaceRoot}`)
  return segments.slice(1).join('/')
}

/** Where a mount will be seen inside, normalised. Throws OrreryError BAD_INPUT. */
export function mountPath(mount: ReadOnlyMount): string {
  if (!mount.path.startsWith('/')) refuse(mount.path, 'is not absolute')
  const path = `/${segmentsOf(mount.path).join('/')}`
  if (path === '/') refuse(mount.path, 'would cover the whole sandbox')
  if (reserved.some(own => path === own || path.startsWith(`${own}/`) || own.startsWith(`${path}/`))) {
    refuse(mount.path, 'belongs to the sandbox itself')
  }
  return path
}
