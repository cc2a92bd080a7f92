import type { SandboxReport } from '../../domain/ports.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { bytes as bytesOf } from '../format.ts'
import { askMachine } from '../machine.ts'
import { type Check, renderChecks } from '../view/checks.ts'

/** As `server/doctor.ts` prints it. */
type Diagnosis = {
  system: string
  sandbox: SandboxReport
  toolchains: { name: string; version: string | null; needed: string; mend: string }[] | null
  homes: Home[]
  removed: Home[]
}
type Home = {
  path: string
  of: string | null
  state: 'left' | 'running' | 'unknown'
  pid: number | null
  bytes: number
}

/** `orrery doctor`: ends with 1 where the sandbox is unavailable, since then no code of a repository is run at all. */
export async function doctor(
  context: Context,
  { json, clean }: { json?: boolean; clean?: boolean },
): Promise<ExitCode> {
  const { out, err } = context.terminal
  if (!json) await err.line('Trying out the sandbox; this takes a few seconds …')
  const env = context.env as NodeJS.ProcessEnv
  const diagnosis = await askMachine<Diagnosis>('doctor', env, clean ? ['--clean'] : [])
  const { system, sandbox, toolchains, homes, removed } = diagnosis
  if (json) await out.line(JSON.stringify(diagnosis, null, 2))
  else {
    const screen = { width: out.width(), style: out.style }
    const verdict = sandbox.available
      ? screen.style.green('The sandbox is ready.')
      : screen.style.red('The sandbox is unavailable: tasks that run code end as blocked.')
    const parts = [
      renderChecks(`Sandbox  ${sandbox.driver} on ${system}`, sandbox.checks.map(ofSandbox), screen),
      toolchains === null ? [] : renderChecks('Toolchains in it', toolchains.map(ofToolchain), screen),
      homes.length + removed.length === 0
        ? []
        : renderChecks('Data of embedded servers', [...removed.map(ofRemoved), ...homes.map(ofHome)], screen),
      [verdict],
    ]
    await out.line(
      parts
        .filter(part => part.length > 0)
        .map(part => part.join('\n'))
        .join('\n\n'),
    )
  }
  return sandbox.available ? exitCodes.ok : exitCodes.error
}

const ofSandbox = ({ name, ok, asked, seen, mend }: SandboxReport['checks'][number]): Check => ({
  name,
  state: ok ? 'ok' : 'bad',
  seen: ok ? seen || asked : `asked for ${asked}; seen: ${seen || 'nothing'}`,
  mend,
})

const ofToolchain = ({ name, version, needed, mend }: NonNullable<Diagnosis['toolchains']>[number]): Check => ({
  name,
  state: version === null ? 'note' : 'ok',
  seen: version === null ? `not there; it is for ${needed}` : `${version}, for ${needed}`,
  mend,
})

const ofRemoved = ({ path, bytes }: Home): Check => ({
  name: path,
  state: 'ok',
  seen: `removed, ${bytesOf(bytes)}`,
  mend: '',
})

const ofHome = ({ path, of, state, pid, bytes }: Home): Check => {
  const size = bytesOf(bytes)
  if (state === 'left')
    return { name: path, state: 'note', seen: `${size}; ${of} is gone`, mend: 'orrery doctor --clean removes it' }
  if (state === 'running')
    return {
      name: path,
      state: 'note',
      seen: `${size}; ${of} is gone, its server runs`,
      mend: `kill ${pid}, then clean`,
    }
  return {
    name: path,
    state: 'note',
    seen: `${size}; of whom is not known`,
    mend: 'remove it, unless a project needs it',
  }
}
