/**
 * What `orrery doctor` asks of this machine, as one JSON document on stdout: the sandbox with all its canaries, the
 * toolchains that code in it finds, and data that projects left behind. A process of its own, so that it needs no server and the command line no sandbox.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBubblewrap } from '../agents/sandbox/bubblewrap.ts'
import type { Sandbox, SandboxReport } from '../domain/ports.ts'
import { toolPath } from '../setup/tools.mjs'
import { findHomes, type Home, removeLeftHomes } from './embedded/leftovers.ts'

/** `version` is null where it is not there; `needed` says by whom it is. */
export type Toolchain = { name: string; version: string | null; needed: string; mend: string }
export type Diagnosis = {
  system: string
  sandbox: SandboxReport
  /** null where there is no sandbox to look into. */
  toolchains: readonly Toolchain[] | null
  /** Data outside their project that are of no use any more, or whose project is not known. */
  homes: readonly Home[]
  /** Those that were removed, because `--clean` asked for it. */
  removed: readonly Home[]
}

const toolchains: readonly (Omit<Toolchain, 'version'> & { command: string })[] = [
  { name: 'Node', command: 'node --version', needed: 'all analyses, and tests of JavaScript', mend: '' },
  { name: 'git', command: 'git --version', needed: 'history of a repository, clones', mend: 'install the package git' },
  {
    name: 'Python',
    command: 'python3 --version',
    needed: 'tests of Python',
    mend: 'install the package python3, if you audit Python',
  },
  {
    name: 'pytest',
    command: 'python3 -m pytest --version 2>&1',
    needed: 'tests of Python that are written for it',
    mend: 'install the package python3-pytest, if you audit Python',
  },
  { name: 'Go', command: 'go version', needed: 'tests of Go', mend: 'install the package golang-go, if you audit Go' },
]

async function diagnose({ clean }: { clean: boolean }): Promise<Diagnosis> {
  const removed = clean ? removeLeftHomes() : []
  const stateDir = mkdtempSync(join(tmpdir(), 'orrery-doctor-'))
  try {
    const sandbox = createBubblewrap({ bwrapPath: toolPath('bwrap') ?? 'bwrap', stateDir })
    const report = await sandbox.check()
    return {
      system: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
      sandbox: report,
      toolchains: report.available ? await lookInside(sandbox) : null,
      homes: findHomes().filter(({ state }) => state !== 'used'),
      removed,
    }
  } finally {
    rmSync(stateDir, { recursive: true, force: true })
  }
}

/** What is installed on the machine counts only as far as the sandbox shows it. */
async function lookInside(sandbox: Sandbox): Promise<Toolchain[]> {
  const workspace = await sandbox.open({ label: 'doctor' })
  try {
    const found: Toolchain[] = []
    for (const { command, ...tool } of toolchains) {
      const { exitCode, stdout } = await workspace.exec({ argv: ['bash', '-c', command], limits: { wallMs: 10_000 } })
      const version = exitCode === 0 ? (/\d+(\.\d+)+/.exec(new TextDecoder().decode(stdout))?.[0] ?? 'there') : null
      found.push({ ...tool, version })
    }
    return found
  } finally {
    await workspace.close()
  }
}

process.stdout.write(`${JSON.stringify(await diagnose({ clean: process.argv.includes('--clean') }))}\n`)
