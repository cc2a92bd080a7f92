/**
 * Lays a pack and a branch into a repository on this machine. Both were made and checked inside a sandbox; here they are
 * bytes, and no program, hook, filter or setting of the repository has a part in it. The working tree, its index, HEAD
 * and all other branches stay as they are. The branch moves as Git moves it: under its lock file, if it stands where it
 * was seen.
 */
import { randomUUID } from 'node:crypto'
import {
  chownSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { OrreryError } from '../../domain/errors.ts'

export type LocalBranch = {
  gitDir: string
  branch: string
  commit: string
  /** Where the branch stood; null where there was none. */
  expected: string | null
  pack: { name: string; pack: Uint8Array; index: Uint8Array }
}

/** Saying it twice is saying it once. Throws OrreryError CONFLICT, FORBIDDEN, BAD_INPUT. */
export function writeBranch({ gitDir, branch, commit, expected, pack }: LocalBranch): void {
  try {
    const owner = statSync(gitDir)
    const objects = directory(gitDir, ['objects', 'pack'], owner)
    // Git looks for the index: until it is there, nobody sees the pack.
    place(join(objects, `pack-${pack.name}.pack`), pack.pack, owner)
    place(join(objects, `pack-${pack.name}.idx`), pack.index, owner)
    const parts = ['refs', 'heads', ...branch.split('/')]
    const name = parts.pop() ?? ''
    moveRef(gitDir, join(directory(gitDir, parts, owner), name), {
      ref: `refs/heads/${branch}`,
      commit,
      expected,
      owner,
    })
  } catch (error) {
    throw explained(error)
  }
}

type Owner = { uid: number; gid: number }

/** Step by step, so that a link cannot lead elsewhere. */
function directory(root: string, names: readonly string[], owner: Owner): string {
  let path = root
  for (const name of names) {
    path = join(path, name)
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found === undefined) {
      mkdirSync(path)
      own(path, owner)
    } else if (!found.isDirectory())
      throw new OrreryError('BAD_INPUT', `${names.join('/')} in the repository is no directory of its own`, {
        hint: 'Name another branch.',
      })
  }
  return path
}

function place(path: string, bytes: Uint8Array, owner: Owner): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return
  const temporary = join(dirname(path), `tmp_orrery_${randomUUID()}`)
  try {
    write(temporary, bytes, 0o444, owner)
    renameSync(temporary, path)
  } finally {
    rmSync(temporary, { force: true })
  }
}

type Move = { ref: string; commit: string; expected: string | null; owner: Owner }

function moveRef(gitDir: string, path: string, { ref, commit, expected, owner }: Move): void {
  const lock = `${path}.lock`
  write(lock, new TextEncoder().encode(`${commit}\n`), 0o644, owner)
  try {
    const now = currentRef(gitDir, path, ref)
    if (now !== commit && now !== expected)
      throw new OrreryError('CONFLICT', `the branch ${ref.slice('refs/heads/'.length)} was moved meanwhile`, {
        retryable: true,
      })
    renameSync(lock, path)
  } finally {
    rmSync(lock, { force: true })
  }
}

function currentRef(gitDir: string, path: string, ref: string): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found !== undefined && !found.isFile()) throw new OrreryError('CONFLICT', `${ref} is no ordinary branch`)
  if (found !== undefined) return readFileSync(path, 'utf8').trim()
  const packed = join(gitDir, 'packed-refs')
  if (!lstatSync(packed, { throwIfNoEntry: false })?.isFile()) return null
  const line = readFileSync(packed, 'utf8')
    .split('\n')
    .find(one => one.endsWith(` ${ref}`))
  return line?.split(' ')[0] ?? null
}

function write(path: string, bytes: Uint8Array, mode: number, owner: Owner): void {
  const file = openSync(path, 'wx', mode)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  own(path, owner)
}

/** What a server that runs as root makes belongs to whom the repository belongs to. */
function own(path: string, { uid, gid }: Owner): void {
  if (process.getuid?.() === 0) chownSync(path, uid, gid)
}

function explained(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof OrreryError || code === undefined) return error
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return new OrreryError('FORBIDDEN', 'the server may not write to the repository', {
      hint: 'Let its user write to .git, or apply the patch by hand.',
      cause: error,
    })
  if (code === 'EEXIST')
    return new OrreryError('CONFLICT', 'somebody is changing the branch right now', { retryable: true, cause: error })
  if (code === 'ENOSPC')
    return new OrreryError('LIMIT_EXCEEDED', 'the disk of the repository is full', { cause: error })
  return error
}
