/**
 * What belongs to a directory that is to be audited: the Git directory that holds its history, and the packages that are
 * installed for it. Only names and kinds of files are looked at here, never a content: that is for the sandbox.
 */
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { OrreryError } from '../../domain/errors.ts'
import type { InstalledPackages } from '../sandboxed/source.ts'
import { parseLocation } from './location.ts'

export type Directory = {
  /** Without symbolic links. */
  path: string
  /** null where there is no history, or none that can be reached. */
  gitDir: string | null
  /** Where the directory lies in its repository, with `/`; empty where it is the repository. */
  prefix: string
  /** There is no tree beside the history. */
  bare: boolean
  packages: InstalledPackages[]
}

const system = ['/proc', '/sys', '/dev', '/run', '/boot']
const mostPackages = 40
const mostDirectories = 2_000

/** Throws OrreryError NOT_FOUND, BAD_INPUT. */
export function inspectDirectory(given: string): Directory {
  const path = resolvePath(given)
  const bare = ['HEAD', 'objects', 'refs'].every(name => lstat(join(path, name)) !== undefined)
  const repository = bare ? { gitDir: path, prefix: '' } : findRepository(path)
  return { path, bare, ...repository, packages: findPackages(path) }
}

function resolvePath(given: string): string {
  const shown = JSON.stringify(given)
  let path: string
  try {
    path = realpathSync(given)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES')
      throw new OrreryError('BAD_INPUT', `${shown} cannot be read by the server`)
    throw new OrreryError('NOT_FOUND', `there is no ${shown} where the server runs`)
  }
  if (!statSync(path).isDirectory()) throw new OrreryError('BAD_INPUT', `${shown} is not a directory`)
  if (path === '/' || system.some(own => path === own || path.startsWith(`${own}/`))) {
    throw new OrreryError('BAD_INPUT', `${shown} belongs to the running system and is no repository`)
  }
  return path
}

/** The nearest repository around a directory. A `.git` that is a file (a linked worktree, a submodule) leads elsewhere. */
function findRepository(path: string): Pick<Directory, 'gitDir' | 'prefix'> {
  for (const directory of upwards(path)) {
    const found = lstat(join(directory, '.git'))
    if (found?.isDirectory())
      return { gitDir: join(directory, '.git'), prefix: relative(directory, path).split(sep).join('/') }
    if (found !== undefined) break
  }
  return { gitDir: null, prefix: '' }
}

/** Real directories only: a link to elsewhere could show anything of this machine. */
function findPackages(path: string): InstalledPackages[] {
  const found: InstalledPackages[] = []
  for (const at of directoriesIn(path)) {
    const node = join(path, at, 'node_modules')
    if (isDirectory(node)) found.push({ hostPath: node, at, kind: 'node' })
  }
  // Node looks in the directories above too, and so do those who keep many packages in one repository.
  const above = upwards(dirname(path))
    .map(directory => join(directory, 'node_modules'))
    .find(isDirectory)
  if (above !== undefined) found.push({ hostPath: above, at: '..', kind: 'node' })
  const python = ['.venv', 'venv'].flatMap(name => sitePackages(join(path, name, 'lib')))
  for (const hostPath of python.slice(0, 1)) found.push({ hostPath, at: '', kind: 'python' })
  return found.slice(0, mostPackages)
}

/** Directories down to the third level, the top one as an empty name. */
function directoriesIn(path: string): string[] {
  const found = ['']
  for (const at of found) {
    if (found.length > mostDirectories) break
    if (at.split('/').length >= 3) continue
    for (const entry of entriesOf(join(path, at))) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        found.push(at === '' ? entry.name : `${at}/${entry.name}`)
    }
  }
  return found
}

const sitePackages = (lib: string): string[] =>
  entriesOf(lib)
    .map(entry => join(lib, entry.name, 'site-packages'))
    .filter(isDirectory)

function upwards(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [path, ...upwards(parent)]
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}

function lstat(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const isDirectory = (path: string): boolean => lstat(path)?.isDirectory() ?? false

/** The local repository with a history that is meant; null for what lies elsewhere or has none. */
export function localRepository(repo: string | null): { gitDir: string; prefix: string } | null {
  if (repo === null) return null
  const location = parseLocation(repo)
  if (location.kind === 'url') return null
  const { gitDir, prefix } = inspectDirectory(location.path)
  return gitDir === null ? null : { gitDir, prefix }
}
