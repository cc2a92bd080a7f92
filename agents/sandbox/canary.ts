/** A canary: one promise of a sandbox, tried out live. It compares an effect with what was asked. */
import type { ExecRequest, ExecResult, SandboxCheck, Workspace } from '../../domain/ports.ts'

export type Canary = {
  name: string
  asked: string
  mend: string
  /** What was seen, and whether it is what was asked. */
  look(workspace: Workspace): Promise<{ ok: boolean; seen: string }>
}

/** What mends a miss that should not be possible. */
export const kernelMend =
  'report this with `orrery doctor --json`: this kernel or bubblewrap does not do what it was told'

export const run = (workspace: Workspace, script: string, limits: ExecRequest['limits'] = {}): Promise<ExecResult> =>
  workspace.exec({ argv: ['bash', '-c', script], limits })
export const text = (bytes: Uint8Array) => Buffer.from(bytes).toString().trim()

/** A canary whose script says on standard output what it saw. */
export function says(name: string, asked: string, expected: string, script: string): Canary {
  return {
    name,
    asked,
    mend: kernelMend,
    async look(workspace) {
      const result = await run(workspace, script)
      const seen = text(result.stdout)
      return {
        ok: seen === expected && result.end === 'exit',
        seen: seen === expected ? asked : `${seen} ${text(result.stderr)}`.slice(0, 300),
      }
    },
  }
}

/** Milliseconds in which a limit must have ended its call, also on a machine that has much else to do. */
const slowestEnd = 30_000

/** A canary of a call that a limit must end. */
export function ends(
  name: string,
  asked: string,
  end: ExecResult['end'],
  script: string,
  limits: ExecRequest['limits'],
): Canary {
  return {
    name,
    asked,
    mend: 'see whether the control groups of this machine can be limited',
    async look(workspace) {
      const result = await run(workspace, script, limits)
      return {
        ok: result.end === end && result.durationMs < slowestEnd,
        seen: `${result.end} after ${Math.round(result.durationMs)} ms`,
      }
    },
  }
}

/** So many at a time: together they are done in less than a second, and on a slow machine they do not starve each other. */
const atOnce = 3

/** Looks at all of them, in their order. */
export async function examineAll(canaries: readonly Canary[], workspace: Workspace): Promise<SandboxCheck[]> {
  const checks: SandboxCheck[] = []
  const waiting = [...canaries.entries()]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      checks[next[0]] = await examine(next[1], workspace)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return checks
}

/** Looks at one canary. Never throws: what fails is a miss. */
async function examine(canary: Canary, workspace: Workspace): Promise<SandboxCheck> {
  const { name, asked } = canary
  try {
    const { ok, seen } = await canary.look(workspace)
    return { name, ok, asked, seen, mend: ok ? '' : canary.mend }
  } catch (error) {
    return { name, ok: false, asked, seen: (error as Error).message, mend: canary.mend }
  }
}
