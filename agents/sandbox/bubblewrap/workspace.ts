/** A workspace of the bubblewrap driver: its place, its way out if it has one, and the calls that run in it. */
import { randomInt, randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { fileURLToPath } from 'node:url'
import { OrreryError } from '../../../domain/errors.ts'
import type { ExecRequest, ExecResult, SandboxLimits, Workspace, WorkspaceRequest } from '../../../domain/ports.ts'
import { createEgressProxy, type EgressProxy } from '../egress.ts'
import { createFiles } from '../files.ts'
import { egressCommand } from '../inside.ts'
import { MiB, resolveLimits } from '../limits.ts'
import { mountPath, workspacePath, workspaceRoot } from '../paths.ts'
import { type CallGroup, createGroup, type GroupLimits, largestPage } from './control-group.ts'
import { launch } from './launch.ts'
import { layoutArguments, ownFiles } from './layout.ts'
import { groupPrefix, thisServer } from './leftovers.ts'
import type { Machine } from './machine.ts'
import { createPlace, type Place } from './place.ts'

type Log = (message: string, details: Readonly<Record<string, unknown>>) => void

/** Users for workspaces, far from those of people, services and containers. Each workspace gets one by chance. */
const users = { first: 1_900_000_000, count: 100_000_000 }

const forwarderPath = fileURLToPath(new URL('../forwarder.mjs', import.meta.url))

/**
 * Opens a workspace without asking the canaries, which is for the driver alone.
 * Throws OrreryError BAD_INPUT for a request that makes no sense, SANDBOX_UNAVAILABLE where the machine does not do it.
 */
export async function openWorkspace(machine: Machine, request: WorkspaceRequest, log: Log): Promise<Workspace> {
  const limits = resolveLimits(request.limits)
  const uid = process.getuid?.() === 0 ? users.first + randomInt(users.count) : null
  const label = request.label.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 60)
  const name = `${groupPrefix(thisServer())}${label}-${randomUUID().slice(0, 8)}`
  const trial = group(machine, `${name}-trial`, limits)
  await trial.remove()
  const { place, proxy } = await openPlace(machine, request, { limits, uid, log })
  const applied = { ...limits, ...trial.applied, ...place.applied }
  const rounding = applied.workspaceBytes - limits.workspaceBytes
  if (rounding < 0 || rounding >= largestPage || applied.workspaceInodes !== limits.workspaceInodes) {
    await proxy?.close()
    place.leave()
    throw unavailable(new Error(`asked for ${JSON.stringify(limits)}, applied ${JSON.stringify(applied)}`))
  }
  return workspaceIn({ machine, place, proxy, uid, name, limits, applied })
}

/** The kernel's words hold paths of the host: they are for the log and the doctor, not for the message. */
function unavailable(cause: unknown): OrreryError {
  return new OrreryError('SANDBOX_UNAVAILABLE', 'the sandbox could not be set up', {
    cause,
    hint: 'run `orrery doctor`',
  })
}

function group(machine: Machine, name: string, limits: GroupLimits): CallGroup {
  try {
    return createGroup(machine.hierarchies, name, limits)
  } catch (error) {
    throw unavailable(error)
  }
}

type Opening = { limits: SandboxLimits; uid: number | null; log: Log }

async function openPlace(machine: Machine, request: WorkspaceRequest, { limits, uid, log }: Opening) {
  const allow = request.egress ?? []
  let proxy: EgressProxy | null = null
  try {
    const place = await createPlace(machine.programs, {
      bytes: limits.workspaceBytes,
      inodes: limits.workspaceInodes,
      uid,
      files: ownFiles,
      bwrapPath: machine.bwrapPath,
      nodePath: process.execPath,
      forwarderPath,
      mounts: (request.mounts ?? []).map(mount => ({ hostPath: mount.hostPath, path: mountPath(mount) })),
      listen: async socketPath => {
        if (allow.length > 0) proxy = await createEgressProxy({ allow, socketPath, log })
      },
    })
    return { place, proxy: proxy as EgressProxy | null }
  } catch (error) {
    await (proxy as EgressProxy | null)?.close()
    throw error instanceof OrreryError ? error : unavailable(error)
  }
}

type Inner = {
  machine: Machine
  place: Place
  proxy: EgressProxy | null
  uid: number | null
  name: string
  limits: SandboxLimits
  applied: SandboxLimits
}

function workspaceIn({ machine, place, proxy, uid, name, limits, applied }: Inner): Workspace {
  const running = new Set<Promise<unknown>>()
  const closing = new AbortController()
  // One for each call that runs; Node warns from eleven on.
  setMaxListeners(0, closing.signal)
  let calls = 0

  async function run(call: ExecRequest): Promise<ExecResult> {
    if (closing.signal.aborted) throw new OrreryError('CONFLICT', 'the workspace is closed')
    assertRunnable(call)
    const callLimits = resolveLimits(call.limits, limits)
    const layout = layoutArguments({
      place,
      cwd: [workspaceRoot, workspacePath(call.cwd ?? '')].filter(Boolean).join('/'),
      env: call.env ?? {},
      temporaryBytes: Math.floor(callLimits.memoryBytes / 2),
      egress: proxy !== null,
    })
    return launch({
      programs: machine.programs,
      filter: machine.filter,
      place,
      group: group(machine, `${name}-${calls++}`, callLimits),
      uid,
      layout,
      argv: proxy === null ? call.argv : [...egressCommand, ...call.argv],
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

  // What is written into the workspace lies in memory, and counts as that of the call that writes it.
  const fileOperations = { wallMs: 120_000, cpuSeconds: 60, memoryBytes: limits.workspaceBytes + 64 * MiB, pids: 16 }

  return {
    applied,
    exec,
    ...createFiles(call => exec({ ...call, limits: { ...fileOperations, ...call.limits } })),
    async close() {
      if (closing.signal.aborted) return
      closing.abort()
      await Promise.all(running)
      await proxy?.close()
      place.leave()
    },
  }
}

/** Throws OrreryError BAD_INPUT for what no process could be started with. */
function assertRunnable({ argv, env = {} }: ExecRequest): void {
  const [program = ''] = argv
  const refuse = (why: string) => new OrreryError('BAD_INPUT', why)
  // `env`, which starts it, would take `A=b` for a variable.
  if (program === '' || program.includes('=')) throw refuse(`${JSON.stringify(program)} is no program`)
  if (argv.some(argument => argument.includes('\0'))) throw refuse('an argument holds a NUL byte')
  for (const [name, value] of Object.entries(env)) {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) throw refuse(`${JSON.stringify(name)} is no name of a variable`)
    if (value.includes('\0')) throw refuse(`the variable ${name} holds a NUL byte`)
  }
}
