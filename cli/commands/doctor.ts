import type { SandboxReport } from '../../domain/ports.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { askMachine } from '../machine.ts'
import { type Check, renderChecks } from '../view/checks.ts'

/** As `server/doctor.ts` prints it. */
type Diagnosis = {
  system: string
  sandbox: SandboxReport
  toolchains: { name: string; version: string | null; needed: string; mend: string }[] | null
}

/** `orrery doctor`: ends with 1 where the sandbox is unavailable, since then no code of a repository is run at all. */
export async function doctor(context: Context, { json }: { json?: boolean }): Promise<ExitCode> {
  const { out, err } = context.terminal
  if (!json) await err.line('Trying out the sandbox; this takes a few seconds …')
  const { system, sandbox, toolchains } = await askMachine<Diagnosis>('doctor', context.env as NodeJS.ProcessEnv)
  if (json) await out.line(JSON.stringify({ system, sandbox, toolchains }, null, 2))
  else {
    const screen = { width: out.width(), style: out.style }
    const verdict = sandbox.available
      ? screen.style.green('The sandbox is ready.')
      : screen.style.red('The sandbox is unavailable: tasks that run code end as blocked.')
    const parts = [
      renderChecks(`Sandbox  ${sandbox.driver} on ${system}`, sandbox.checks.map(ofSandbox), screen),
      toolchains === null ? [] : renderChecks('Toolchains in it', toolchains.map(ofToolchain), screen),
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
