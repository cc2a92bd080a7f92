/** The control group of one call: made, limited, read back, and only then entered. What cannot be limited is not run. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SandboxLimits } from '../../../domain/ports.ts'
import { basesOf, type Controller, type Hierarchies, type Hierarchy, processesIn } from './hierarchies.ts'

export type GroupLimits = Pick<SandboxLimits, 'cpus' | 'memoryBytes' | 'pids'>

export type CallGroup = {
  /** A process that writes `0` to each of these is inside. */
  readonly entrances: readonly string[]
  /** The limits, read back from the kernel. */
  readonly applied: GroupLimits
  /** CPU time used by everything that ever ran in it, in milliseconds. */
  cpuMs(): number
  /** Processes that the kernel killed because the memory was used up. */
  oomKills(): number
  /** Kills whatever is in it, waits until it is empty, and removes it. Idempotent. Throws where something cannot be killed. */
  remove(): Promise<void>
}

/** Makes and limits a group called `name`. Throws where the kernel refuses it or applies something else than was asked. */
export function createGroup(hierarchies: Hierarchies, name: string, limits: GroupLimits): CallGroup {
  const directories = basesOf(hierarchies).map(base => join(base, name))
  const files = filesOf(hierarchies, name)
  try {
    for (const directory of directories) mkdirSync(directory)
    files.limit(limits)
    const applied = files.limits()
    assertApplied(limits, applied)
    return {
      entrances: directories.map(directory => join(directory, 'cgroup.procs')),
      applied,
      cpuMs: files.cpuMs,
      oomKills: files.oomKills,
      remove: () => removeGroups(directories),
    }
  } catch (error) {
    for (const directory of directories) tryRemove(directory)
    throw error
  }
}

/** CPU shares are given as microseconds in each tenth of a second. */
const period = 100_000

/** The files of a group, which differ by version. */
function filesOf(hierarchies: Hierarchies, name: string) {
  const at = (controller: Controller, file: string) => join(hierarchies[controller].directory, name, file)
  const read = (controller: Controller, file: string) => readFileSync(at(controller, file), 'utf8').trim()
  const write = (controller: Controller, file: string, value: number | string) =>
    writeFileSync(at(controller, file), String(value))
  const isFirst = ({ version }: Hierarchy) => version === 1
  return {
    limit({ cpus, memoryBytes, pids }: GroupLimits): void {
      const quota = Math.max(1_000, Math.round(cpus * period))
      write('pids', 'pids.max', pids)
      if (isFirst(hierarchies.cpu)) {
        write('cpu', 'cpu.cfs_period_us', period)
        write('cpu', 'cpu.cfs_quota_us', quota)
      } else write('cpu', 'cpu.max', `${quota} ${period}`)
      const [limit, swap] = isFirst(hierarchies.memory)
        ? ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes']
        : ['memory.max', 'memory.swap.max']
      write('memory', limit, memoryBytes)
      // Version 1 limits memory and swap together, version 2 swap alone. The file is missing where swap is not accounted for.
      if (existsSync(at('memory', swap))) write('memory', swap, isFirst(hierarchies.memory) ? memoryBytes : 0)
    },
    limits(): GroupLimits {
      const [quota, per] = isFirst(hierarchies.cpu)
        ? [read('cpu', 'cpu.cfs_quota_us'), read('cpu', 'cpu.cfs_period_us')]
        : read('cpu', 'cpu.max').split(' ')
      return {
        cpus: Number(quota) / Number(per),
        memoryBytes: Number(read('memory', isFirst(hierarchies.memory) ? 'memory.limit_in_bytes' : 'memory.max')),
        pids: Number(read('pids', 'pids.max')),
      }
    },
    cpuMs: () =>
      isFirst(hierarchies.cpuacct)
        ? Number(read('cpuacct', 'cpuacct.usage')) / 1e6
        : counter(read('cpuacct', 'cpu.stat'), 'usage_usec') / 1e3,
    oomKills: () =>
      counter(read('memory', isFirst(hierarchies.memory) ? 'memory.oom_control' : 'memory.events'), 'oom_kill'),
  }
}

/** The number after `key` in a text of `key value` lines; 0 where there is none. */
function counter(text: string, key: string): number {
  const line = text.split('\n').find(entry => entry.startsWith(`${key} `))
  return line === undefined ? 0 : Number(line.slice(key.length + 1))
}

/** The kernel rounds memory down to pages, of up to 64 KiB, and CPU to a thousandth of a core. */
export const largestPage = 65_536

/** Throws an Error where something else was applied than was asked. */
export function assertApplied(asked: GroupLimits, applied: GroupLimits): void {
  const same =
    Math.abs(applied.cpus - asked.cpus) <= 0.01 &&
    applied.pids === asked.pids &&
    applied.memoryBytes <= asked.memoryBytes &&
    applied.memoryBytes > asked.memoryBytes - largestPage
  if (!same) throw new Error(`asked for ${JSON.stringify(asked)}, the kernel applied ${JSON.stringify(applied)}`)
}

/** Milliseconds after which a group that cannot be emptied is given up. */
const patience = 10_000

/**
 * Kills what is in the groups and removes them. Killing is repeated, because a process may fork between the reading and the
 * killing; the limit on processes and the death of the sandbox's first process make an end of it.
 */
export async function removeGroups(directories: readonly string[]): Promise<void> {
  const deadline = Date.now() + patience
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    const left = directories.filter(directory => !tryRemove(directory))
    if (left.length === 0) return
    for (const pid of left.flatMap(processesIn)) kill(pid)
    if (Date.now() > deadline) throw new Error(`the control group ${left[0]} cannot be emptied`)
    await sleep(pause)
  }
}

/** True where the group is gone. */
function tryRemove(directory: string): boolean {
  try {
    rmdirSync(directory)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

function kill(pid: number): void {
  // A process of another pid namespace reads as 0, which would mean our own process group.
  if (pid === 0) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in between.
  }
}
