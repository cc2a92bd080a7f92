/**
 * What a server that died leaves behind: control groups, and in them perhaps processes that were just being started. Its mounts
 * and files are gone with it (see place.ts). Each server writes down where its groups are, and the next one looks there.
 */
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeGroups } from './control-group.ts'

/** A process for good: a number is used again, a number with a start is not while the machine runs. */
export type ServerIdentity = { pid: number; startedAt: string; pidNamespace: string; boot: string }

type ServerRecord = ServerIdentity & { bases: string[] }

export type SweepReport = { servers: number; groups: number }

export function thisServer(): ServerIdentity {
  return {
    pid: process.pid,
    startedAt: startOf(process.pid) ?? '0',
    pidNamespace: readlinkSync('/proc/self/ns/pid'),
    boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
  }
}

/** With what the names of all control groups of a server begin. */
export function groupPrefix(server: ServerIdentity): string {
  return `orrery-${server.pid}-${server.startedAt}-`
}

/** Writes down where this server makes its groups. `bases` are directories of control groups. */
export function register(stateDir: string, bases: readonly string[]): void {
  const server = thisServer()
  const record: ServerRecord = { ...server, bases: [...bases] }
  mkdirSync(recordsOf(stateDir), { recursive: true })
  writeFileSync(join(recordsOf(stateDir), `${groupPrefix(server)}.json`), JSON.stringify(record))
}

/**
 * Kills and removes what servers left that run no more. Those that run, and those of another container that shares the
 * directory, are not touched. Throws where a group cannot be emptied.
 */
export async function sweep(stateDir: string): Promise<SweepReport> {
  const here = thisServer()
  const report: SweepReport = { servers: 0, groups: 0 }
  for (const file of namesIn(recordsOf(stateDir)).filter(name => name.endsWith('.json'))) {
    const path = join(recordsOf(stateDir), file)
    const record = readRecord(path)
    if (record !== null && record.boot === here.boot) {
      if (record.pidNamespace !== here.pidNamespace || startOf(record.pid) === record.startedAt) continue
      const groups = record.bases.flatMap(base => groupsOf(base, groupPrefix(record)))
      await removeGroups(groups)
      report.groups += groups.length
    }
    rmSync(path, { force: true })
    report.servers += 1
  }
  return report
}

const recordsOf = (stateDir: string) => join(stateDir, 'servers')

function groupsOf(base: string, prefix: string): string[] {
  return namesIn(base)
    .filter(name => name.startsWith(prefix))
    .map(name => join(base, name))
}

/** null for what was cut off in the writing: its server had not begun. */
function readRecord(path: string): ServerRecord | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ServerRecord
  } catch {
    return null
  }
}

/** When a process began, in ticks since the machine did; null where there is no such process, or only its remains. */
function startOf(pid: number): string | null {
  try {
    // The name of the program is in parentheses and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
