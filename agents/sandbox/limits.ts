/**
 * What a workspace may use unless its request says otherwise, and which requests make sense at all. Shared by every
 * driver.
 */
import { OrreryError } from '../../domain/errors.ts'
import type { SandboxLimits } from '../../domain/ports.ts'

export const MiB = 1024 * 1024

/** 1 core, 512 MiB, 128 processes, two minutes of wall clock, one of CPU, 256 MiB and 20,000 files of workspace. */
export const defaultLimits: SandboxLimits = {
  cpus: 1,
  memoryBytes: 512 * MiB,
  pids: 128,
  wallMs: 120_000,
  cpuSeconds: 60,
  outputBytes: 1 * MiB,
  workspaceBytes: 256 * MiB,
  workspaceInodes: 20_000,
}

/**
 * The least with which a command can start at all: below it the launcher itself would be killed, and the caller would
 * read "memory" where "nonsense" was meant. The greatest values keep timers and kernel files in range.
 */
const ranges: { readonly [name in keyof SandboxLimits]: readonly [least: number, most: number] } = {
  cpus: [0.01, 1_024],
  memoryBytes: [16 * MiB, 1024 * 1024 * MiB],
  pids: [8, 32_768],
  wallMs: [1, 24 * 3_600_000],
  cpuSeconds: [0.1, 1_000_000],
  outputBytes: [0, 1024 * MiB],
  workspaceBytes: [4_096, 1024 * 1024 * MiB],
  workspaceInodes: [2, 100_000_000],
}

const fractional: ReadonlySet<keyof SandboxLimits> = new Set(['cpus', 'cpuSeconds'])

/** `asked` over `base`, each number checked. Throws OrreryError BAD_INPUT naming the limit that makes no sense. */
export function resolveLimits(asked: Partial<SandboxLimits> = {}, base: SandboxLimits = defaultLimits): SandboxLimits {
  const limits = { ...base }
  for (const name of Object.keys(ranges) as (keyof SandboxLimits)[]) {
    const value = asked[name] ?? base[name]
    const [least, most] = ranges[name]
    if (!Number.isFinite(value) || value < least || value > most) {
      throw new OrreryError('BAD_INPUT', `the limit ${name} must lie between ${least} and ${most}, not ${value}`)
    }
    limits[name] = fractional.has(name) ? value : Math.floor(value)
  }
  return limits
}
