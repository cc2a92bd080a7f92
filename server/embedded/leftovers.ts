/**
 * Data of embedded servers that lie outside their project, under `/var/lib/orrery`, because the server's account could not enter
 * it: they stay when the project directory is deleted. What belongs to whom is written in each, so that it can be told.
 */
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inCommon } from '../../setup/account.mjs'

/**
 * used: its project is there · left: its project is gone, and so has its use · running: the same, but a server still runs on it ·
 * unknown: of a version that wrote no owner down; the next start of its project does.
 */
export type HomeState = 'used' | 'left' | 'running' | 'unknown'

/** `of` is the directory whose `home` link leads here; `pid` of the server that still runs. `bytes` on disk. */
export type Home = { path: string; of: string | null; state: HomeState; pid: number | null; bytes: number }

const ownerFile = (home: string): string => join(home, 'of')

/** Notes down whose data they are. */
export function signHome(home: string, directory: string): void {
  if (!existsSync(ownerFile(home))) writeFileSync(ownerFile(home), `${directory}\n`, { mode: 0o600 })
}

/** All of them; none for those who may not look. */
export function findHomes(common: string = inCommon('data')): Home[] {
  const names = listed(common).filter(name => name.startsWith('home-'))
  return names.map(name => lookAt(join(common, name)))
}

/** @returns those whose projects are gone and that nobody runs on, which are removed. */
export function removeLeftHomes(common: string = inCommon('data')): Home[] {
  const left = findHomes(common).filter(({ state }) => state === 'left')
  for (const { path } of left) rmSync(path, { recursive: true, force: true })
  return left
}

function lookAt(path: string): Home {
  const of = ownerOf(path)
  const bytes = sizeOf(path)
  if (of === null) return { path, of, state: 'unknown', pid: null, bytes }
  if (linkOf(of) === path) return { path, of, state: 'used', pid: null, bytes }
  const pid = whoWorksIn(path)
  return { path, of, state: pid === null ? 'left' : 'running', pid, bytes }
}

function ownerOf(home: string): string | null {
  try {
    return readFileSync(ownerFile(home), 'utf8').trim() || null
  } catch {
    return null
  }
}

function linkOf(directory: string): string | null {
  try {
    return readlinkSync(join(directory, 'home'))
  } catch {
    return null
  }
}

/** Both servers work in their data directory. Where there is no /proc there are no such homes either. */
function whoWorksIn(home: string): number | null {
  const inside = (pid: string): boolean => {
    try {
      return `${readlinkSync(join('/proc', pid, 'cwd'))}/`.startsWith(`${home}/`)
    } catch {
      return false
    }
  }
  const pid = listed('/proc').find(name => /^\d+$/.test(name) && inside(name))
  return pid === undefined ? null : Number(pid)
}

function sizeOf(path: string): number {
  const entry = lstatSync(path, { throwIfNoEntry: false })
  if (entry === undefined) return 0
  if (!entry.isDirectory()) return entry.blocks * 512
  return listed(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}

const listed = (directory: string): string[] => {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
