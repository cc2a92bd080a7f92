/**
 * The sandbox driver for Linux that needs no daemon: bubblewrap's namespaces, control groups and a system call filter.
 * It refuses to work where one of its canaries sees anything else than was asked for; no setting turns that off.
 */
import { OrreryError } from '../../domain/errors.ts'
import type { Sandbox, SandboxCheck, SandboxReport, Workspace, WorkspaceRequest } from '../../domain/ports.ts'
import { basesOf } from './bubblewrap/hierarchies.ts'
import { register, type SweepReport, sweep } from './bubblewrap/leftovers.ts'
import { type Machine, namespacesMend, surveyMachine } from './bubblewrap/machine.ts'
import { openWorkspace } from './bubblewrap/workspace.ts'
import { canaries, canaryLimits } from './canaries.ts'
import { examineAll } from './canary.ts'

export type BubblewrapOptions = {
  /** The `bwrap` to run, 0.8 or newer. */
  bwrapPath: string
  /** A directory that the servers of one installation share; it is made when it is missing. */
  stateDir: string
  log?: (message: string, details: Readonly<Record<string, unknown>>) => void
}

export interface BubblewrapSandbox extends Sandbox {
  /** Removes what servers that are dead left behind. `check` does so too, before anything else. Throws where it cannot. */
  sweep(): Promise<SweepReport>
}

const driver = 'bubblewrap'

/** A success is remembered for good, a miss for so many milliseconds, so that mending the machine needs no restart. */
const missRememberedMs = 30_000

type Examination = { report: SandboxReport; machine: Machine | null }

export function createBubblewrap({ bwrapPath, stateDir, log = () => {} }: BubblewrapOptions): BubblewrapSandbox {
  let examined: Promise<Examination> | null = null
  let tryAgainAt = Number.POSITIVE_INFINITY

  async function tryOut(): Promise<Examination> {
    const { machine, checks } = await surveyMachine(bwrapPath)
    if (machine !== null) checks.push(...(await liveChecks(machine)))
    const report = judge(checks)
    tryAgainAt = report.available ? Number.POSITIVE_INFINITY : performance.now() + missRememberedMs
    log(report.available ? 'sandbox ready' : 'sandbox unavailable', { driver, reason: report.reason })
    return { report, machine }
  }

  async function liveChecks(machine: Machine): Promise<SandboxCheck[]> {
    let workspace: Workspace | null = null
    try {
      await cleanUp()
      register(stateDir, basesOf(machine.hierarchies))
      workspace = await openWorkspace(machine, { label: 'canary', limits: canaryLimits }, log)
      await workspace.exec({ argv: ['true'] })
      return await examineAll(canaries, workspace)
    } catch (error) {
      const asked = 'a workspace in which a command runs'
      return [{ name: 'start', ok: false, asked, seen: wordsOf(error), mend: namespacesMend() }]
    } finally {
      await workspace?.close()
    }
  }

  /** What somebody else left behind and cannot be removed is no reason to do nothing. */
  async function cleanUp(): Promise<void> {
    try {
      const { servers, groups } = await sweep(stateDir)
      if (groups > 0) log('removed what dead servers left of their sandboxes', { servers, groups })
    } catch (error) {
      log('what dead servers left of their sandboxes cannot be removed', { reason: (error as Error).message })
    }
  }

  function examination(fresh = false): Promise<Examination> {
    if (fresh || examined === null || performance.now() > tryAgainAt) {
      tryAgainAt = Number.POSITIVE_INFINITY
      examined = tryOut()
    }
    return examined
  }

  return {
    driver,
    check: async fresh => (await examination(fresh)).report,
    async open(request: WorkspaceRequest) {
      const { report, machine } = await examination()
      if (!report.available || machine === null) {
        throw new OrreryError('SANDBOX_UNAVAILABLE', report.reason, { hint: report.mend })
      }
      return openWorkspace(machine, request, log)
    },
    sweep: () => sweep(stateDir),
  }
}

/** With what the kernel or a program said about it: the reader of a check is who runs the machine. */
function wordsOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}

function judge(checks: readonly SandboxCheck[]): SandboxReport {
  const miss = checks.find(check => !check.ok)
  return {
    driver,
    available: miss === undefined,
    checks,
    reason: miss === undefined ? '' : `${miss.name}: asked for ${miss.asked}; seen: ${miss.seen}`,
    mend: miss?.mend ?? '',
  }
}
