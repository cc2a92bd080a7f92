/** What the tests of the sandbox share: a driver on this machine's bubblewrap, and short ways to use it. */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExecRequest, ExecResult, Sandbox, Workspace, WorkspaceRequest } from '../../domain/ports.ts'
import { type BubblewrapSandbox, createBubblewrap } from './bubblewrap.ts'

export const project = fileURLToPath(new URL('../../', import.meta.url))

/** `ORRERY_BWRAP`, PATH, or the copies that the setup fetches. Throws an Error where there is none. */
export function findBwrap(): string {
  const onPath = (process.env.PATH ?? '').split(delimiter).map(directory => join(directory, 'bwrap'))
  const caches = ['.orrery/cache', 'node_modules/.cache/orrery'].map(cache => join(project, cache))
  const cached = caches.map(cache => join(cache, 'bubblewrap/usr/bin/bwrap'))
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

/** A driver with a state directory of its own, which goes when the process does. */
export function testSandbox(options: { bwrapPath?: string } = {}): BubblewrapSandbox {
  const stateDir = mkdtempSync(join(tmpdir(), 'orrery-sandbox-'))
  process.once('exit', () => rmSync(stateDir, { recursive: true, force: true }))
  return createBubblewrap({ bwrapPath: options.bwrapPath ?? findBwrap(), stateDir })
}

/** What a script did, with its outputs as text. */
export type Did = Omit<ExecResult, 'stdout' | 'stderr'> & { out: string; err: string }

export type Inside = Workspace & { sh(script: string, call?: Partial<ExecRequest>): Promise<Did> }

/** Opens a workspace for as long as `use` lasts. */
export async function inside<T>(
  sandbox: Sandbox,
  use: (workspace: Inside) => Promise<T>,
  request: Partial<WorkspaceRequest> = {},
): Promise<T> {
  const workspace = await sandbox.open({ label: 'test', ...request })
  const sh: Inside['sh'] = async (script, call = {}) => {
    const { stdout, stderr, ...rest } = await workspace.exec({ argv: ['bash', '-c', script], ...call })
    return { ...rest, out: Buffer.from(stdout).toString().trim(), err: Buffer.from(stderr).toString().trim() }
  }
  try {
    return await use({ ...workspace, sh })
  } finally {
    await workspace.close()
  }
}

/** Makes a directory for as long as `use` lasts. */
export async function withDirectory<T>(use: (path: string) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'orrery-test-'))
  try {
    return await use(path)
  } finally {
    rmSync(path, { recursive: true, force: true })
  }
}
