/** A workspace of the bubblewrap driver: its place, and the calls that run in it. */
import { randomInt, randomUUID } from 'node:crypto'
import { OrreryError } from '../../domain/errors.ts'
import type { ExecRequest, ExecResult, SandboxLimits, Workspace, WorkspaceRequest } from '../../domain/ports.ts'
import { createGroup, type Places } from './cgroups.ts'
import { createFiles } from './files.ts'
import { launch } from './launch.ts'
import { layoutArguments, ownFiles } from './layout.ts'
import { MiB, resolveLimits } from './limits.ts'
import { mountPath, workspacePath, workspaceRoot } from './paths.ts'
import { createPlace } from './place.ts'
import type { Programs } from './programs.ts'

/** What a machine has to make workspaces with. */
export type Machine = { programs: Programs; places: Places; filter: Uint8Array; bwrapPath: string }

/** Users for workspaces, far from those of people, services and containers. Each workspace gets one by chance. */
const users = { first: 1_900_000_000, count: 100_000_000 }

const fileOperations = { wallMs: 120_000, cpuSeconds: 60, memoryBytes: 256 * MiB, pids: 16 }

/**
 * Opens a workspace without asking the canaries, which is for the driver alone.
 * Throws OrreryError BAD_INPUT for a request that makes no sense, SANDBOX_UNAVAILABLE where the machine does not do it.
 */
export async function openWorkspace(machine: Machine, request: WorkspaceRequest): Promise<Workspace> {
  const limits = resolveLimits(request.limits)
  const uid = process.getuid?.() === 0 ? users.first + randomInt(users.count) : null
  const place = await createPlace(machine.programs, {
    bytes: limits.workspaceBytes,
    inodes: limits.workspaceInodes,
    uid,
    files: ownFiles,
    bwrapPath: machine.bwrapPath,
    nodePath: process.execPath,
    mounts: (request.mounts ?? []).map(mount => ({ hostPath: mount.hostPath, path: mountPath(mount) })),
  })
  const name = `orrery-${request.label.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 60)}-${randomUUID().slice(0, 8)}`
  const applied: SandboxLimits = {
    ...limits,
    workspaceBytes: place.applied.bytes,
    workspaceInodes: place.applied.inodes,
  }
  const running = new Set<Promise<unknown>>()
  const closing = new AbortController()
  let calls = 0

  async function run(call: ExecRequest): Promise<ExecResult> {
    if (closing.signal.aborted) throw new OrreryError('CONFLICT', 'the workspace is closed')
    assertRunnable(call)
    const callLimits = resolveLimits(call.limits, limits)
    const cwd = `${workspaceRoot}/${workspacePath(call.cwd ?? '')}`.replace(/\/$/, '')
    const group = createGroup(machine.places, `${name}-${calls++}`, callLimits)
    return launch({
      programs: machine.programs,
      place,
      group,
      uid,
      layout: layoutArguments({
        place,
        cwd,
        env: call.env ?? {},
        temporaryBytes: Math.floor(callLimits.memoryBytes / 2),
      }),
      filter: machine.filter,
      argv: call.argv,
      limits: { ...callLimits, fileBytes: limits.workspaceBytes },
      stdin: call.stdin,
      onOutput: call.onOutput,
      signal: call.signal === undefined ? closing.signal : AbortSignal.any([call.signal, closing.signal]),
    })
  }

  function exec(call: ExecRequest): Promise<ExecResult> {
    const result = run(call)
    const settled = result.catch(() => {}).finally(() => running.delete(settled))
    running.add(settled)
    return result
  }

  return {
    applied,
    exec,
    ...createFiles(call => exec({ ...call, limits: { ...fileOperations, ...call.limits } })),
    async close() {
      if (closing.signal.aborted) return
      closing.abort()
      await Promise.all(running)
      place.leave()
    },
  }
}

/** Throws OrreryError BAD_INPUT for what no process could be started with. */
function assertRunnable({ argv, env = {} }: ExecRequest): void {
  const [program = ''] = argv
  if (program === '' || program.includes('='))
    throw new OrreryError('BAD_INPUT', `${JSON.stringify(program)} is no program`)
  if (argv.some(argument => argument.includes('\0'))) throw new OrreryError('BAD_INPUT', 'an argument holds a NUL byte')
  for (const [name, value] of Object.entries(env)) {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name))
      throw new OrreryError('BAD_INPUT', `${JSON.stringify(name)} is no name of a variable`)
    if (value.includes('\0')) throw new OrreryError('BAD_INPUT', `the variable ${name} holds a NUL byte`)
  }
}
