/**
 * The sandbox driver for Linux that needs no daemon: bubblewrap's namespaces, control groups and a system call filter.
 * It refuses to work where one of its canaries sees anything else than was asked for; no setting turns that off.
 */
import { OrreryError } from '../../domain/errors.ts'
import type { Sandbox, SandboxReport } from '../../domain/ports.ts'
import { findPlaces } from './cgroups.ts'
import { findPrograms } from './programs.ts'
import { seccompFilter } from './seccomp.ts'
import { thisArchitecture } from './syscalls.ts'
import { type Machine, openWorkspace } from './workspace.ts'

export type BubblewrapOptions = {
  /** The `bwrap` to run, 0.8 or newer. */
  bwrapPath: string
  /** A directory of this server's own. */
  stateDir: string
  log?: (message: string, details?: Readonly<Record<string, unknown>>) => void
}

const driver = 'bubblewrap'

export function createBubblewrap(options: BubblewrapOptions): Sandbox {
  let remembered: Promise<SandboxReport> | null = null

  const machine = (): Machine => ({
    programs: findPrograms(),
    places: findPlaces(),
    filter: seccompFilter(thisArchitecture()),
    bwrapPath: options.bwrapPath,
  })

  async function examine(): Promise<SandboxReport> {
    try {
      const workspace = await openWorkspace(machine(), { label: 'canary' })
      try {
        const result = await workspace.exec({ argv: ['true'] })
        if (result.exitCode !== 0) throw new Error(`true ended with ${result.exitCode}: ${Buffer.from(result.stderr)}`)
      } finally {
        await workspace.close()
      }
      return { driver, available: true, checks: [], reason: '', mend: '' }
    } catch (error) {
      return { driver, available: false, checks: [], reason: (error as Error).message, mend: 'run `orrery doctor`' }
    }
  }

  const check: Sandbox['check'] = fresh => {
    if (fresh || remembered === null) remembered = examine()
    return remembered
  }

  return {
    driver,
    check,
    async open(request) {
      const report = await check()
      if (!report.available) throw new OrreryError('SANDBOX_UNAVAILABLE', report.reason, { hint: report.mend })
      return openWorkspace(machine(), request)
    },
  }
}
