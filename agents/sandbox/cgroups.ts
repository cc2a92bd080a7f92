/**
 * Control groups, version 1 and version 2, and machines that have some of both. Each call of a sandbox gets a group of its
 * own below the group that this process is in, so that whatever limits the server also limits its sandboxes.
 *
 * A group is made, limited, read back, and only then entered. What cannot be limited is not run.
 */
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SandboxLimits } from '../../domain/ports.ts'

export type Controller = 'memory' | 'pids' | 'cpu' | 'cpuacct'
export type GroupPlace = { version: 1 | 2; directory: string }
export type Places = { readonly [controller in Controller]: GroupPlace }
export type GroupLimits = Pick<SandboxLimits, 'cpus' | 'memoryBytes' | 'pids'>

/** The control group of one call. */
export type CallGroup = {
  /** A process that writes `0` to each of these is inside. */
  readonly entrances: readonly string[]
  /** The limits, read back from the kernel. */
  readonly applied: GroupLimits
  /** CPU time used by everything that ever ran in it, in milliseconds. */
  cpuMs(): number
  /** Processes that the kernel killed because the memory was used up. */
  oomKills(): number
  /** How often a process could not be started because of the limit. */
  pidsRefused(): number
  /** Processes in it now. */
  processes(): number[]
  /** Kills whatever is in it, waits until it is empty, and removes it. Throws where something cannot be killed. */
  remove(): Promise<void>
}

const period = 100_000
const page = 4_096

/**
 * Where each controller is to be found, from the texts of `/proc/self/mountinfo` and `/proc/self/cgroup`. A controller
 * that version 1 has mounted is not available in version 2, so the version 1 mounts are asked first.
 * Missing ones are absent from the answer.
 */
export function locateControllers(mountinfo: string, membership: string): Partial<Places> {
  const found: Partial<Record<Controller, GroupPlace>> = {}
  const memberships = membership
    .trim()
    .split('\n')
    .map(line => line.split(':'))
  for (const line of mountinfo.trim().split('\n')) {
    const [left = '', right = ''] = line.split(' - ')
    const [type, , options = ''] = right.split(' ')
    const [, , , root = '/', mountPoint = ''] = left.split(' ')
    if (type === 'cgroup') {
      for (const controller of ['memory', 'pids', 'cpu', 'cpuacct'] as const) {
        if (!options.split(',').includes(controller)) continue
        const own = memberships.find(([, names = '']) => names.split(',').includes(controller))
        found[controller] ??= { version: 1, directory: below(mountPoint, root, own?.slice(2).join(':') ?? '/') }
      }
    }
  }
  const unified = mountinfo.split('\n').find(line => line.includes(' - cgroup2 '))
  if (unified !== undefined) {
    const [, , , root = '/', mountPoint = ''] = unified.split(' ')
    const own =
      memberships
        .find(([id]) => id === '0')
        ?.slice(2)
        .join(':') ?? '/'
    const place: GroupPlace = { version: 2, directory: below(mountPoint, root, own) }
    for (const controller of ['memory', 'pids', 'cpu', 'cpuacct'] as const) found[controller] ??= place
  }
  return found
}

/** `own` as seen through a mount whose top is `root`. */
function below(mountPoint: string, root: string, own: string): string {
  const relative = root !== '/' && own.startsWith(root) ? own.slice(root.length) : own
  return relative === '/' ? mountPoint : join(mountPoint, relative)
}

const leaf = 'orrery-server'

/**
 * The group below which calls get theirs in version 2. There a group holds either processes or limited children, never
 * both: what is in our group (this process and whoever started it) moves to a leaf beside the calls. A login session is
 * left as it is, and its parent used instead. Throws where the controllers cannot be had or the group is not ours.
 */
export function prepareUnified(own: string): string {
  const name = basename(own)
  const base = name === leaf || /^session-.*\.scope$/.test(name) ? dirname(own) : own
  const wanted = ['cpu', 'memory', 'pids']
  const has = (file: string) => {
    const names = readFileSync(join(base, file), 'utf8').trim().split(/\s+/)
    return wanted.every(controller => names.includes(controller))
  }
  if (has('cgroup.subtree_control')) return base
  if (!has('cgroup.controllers')) throw new Error(`${base} offers no ${wanted.join(', ')} controllers`)
  const enable = () =>
    writeFileSync(join(base, 'cgroup.subtree_control'), wanted.map(controller => `+${controller}`).join(' '))
  try {
    enable()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error
    mkdirSync(join(base, leaf), { recursive: true })
    for (const pid of processesIn(base)) writeFileSync(join(base, leaf, 'cgroup.procs'), String(pid))
    enable()
  }
  return base
}

/** Where calls get their groups on this machine. Throws an Error that says what is missing. */
export function findPlaces(): Places {
  const found = locateControllers(
    readFileSync('/proc/self/mountinfo', 'utf8'),
    readFileSync('/proc/self/cgroup', 'utf8'),
  )
  const missing = (['memory', 'pids', 'cpu', 'cpuacct'] as const).filter(controller => found[controller] === undefined)
  if (missing.length > 0) throw new Error(`no control group hierarchy has ${missing.join(', ')}`)
  const places = { ...found } as Record<Controller, GroupPlace>
  const unified = Object.values(places).find(place => place.version === 2)
  if (unified !== undefined) unified.directory = prepareUnified(unified.directory)
  return places
}

/** The directories in which groups are made, each once. */
export function basesOf(places: Places): string[] {
  return [...new Set(Object.values(places).map(place => place.directory))]
}

/** Makes and limits a group called `name`. Throws where the kernel refuses it or applies something else than was asked. */
export function createGroup(places: Places, name: string, limits: GroupLimits): CallGroup {
  const bases = basesOf(places)
  const at = (controller: Controller) => join(places[controller].directory, name)
  const directories = bases.map(base => join(base, name))
  try {
    for (const directory of directories) mkdirSync(directory)
    for (const [file, value] of settings(places, limits, at)) writeFileSync(file, value)
    const applied = readBack(places, at)
    assertApplied(limits, applied)
    return {
      entrances: directories.map(directory => join(directory, 'cgroup.procs')),
      applied,
      cpuMs: () => cpuMs(places.cpuacct, at('cpuacct')),
      oomKills: () =>
        counter(join(at('memory'), places.memory.version === 1 ? 'memory.oom_control' : 'memory.events'), 'oom_kill'),
      pidsRefused: () => counter(join(at('pids'), 'pids.events'), 'max'),
      processes: () => [...new Set(directories.flatMap(processesIn))],
      remove: () => removeGroups(directories),
    }
  } catch (error) {
    for (const directory of directories) tryRemove(directory)
    throw error
  }
}

function* settings(
  places: Places,
  limits: GroupLimits,
  at: (controller: Controller) => string,
): Generator<[string, string]> {
  const quota = Math.max(1_000, Math.round(limits.cpus * period))
  const memory = String(limits.memoryBytes)
  yield [join(at('pids'), 'pids.max'), String(limits.pids)]
  if (places.cpu.version === 1) {
    yield [join(at('cpu'), 'cpu.cfs_period_us'), String(period)]
    yield [join(at('cpu'), 'cpu.cfs_quota_us'), String(quota)]
  } else yield [join(at('cpu'), 'cpu.max'), `${quota} ${period}`]
  if (places.memory.version === 1) {
    yield [join(at('memory'), 'memory.limit_in_bytes'), memory]
    if (exists(join(at('memory'), 'memory.memsw.limit_in_bytes')))
      yield [join(at('memory'), 'memory.memsw.limit_in_bytes'), memory]
  } else {
    yield [join(at('memory'), 'memory.max'), memory]
    if (exists(join(at('memory'), 'memory.swap.max'))) yield [join(at('memory'), 'memory.swap.max'), '0']
  }
}

function readBack(places: Places, at: (controller: Controller) => string): GroupLimits {
  const read = (controller: Controller, file: string) => readFileSync(join(at(controller), file), 'utf8').trim()
  const [quota, per] =
    places.cpu.version === 1
      ? [read('cpu', 'cpu.cfs_quota_us'), read('cpu', 'cpu.cfs_period_us')]
      : read('cpu', 'cpu.max').split(' ')
  return {
    cpus: Number(quota) / Number(per),
    memoryBytes: Number(read('memory', places.memory.version === 1 ? 'memory.limit_in_bytes' : 'memory.max')),
    pids: Number(read('pids', 'pids.max')),
  }
}

/** The kernel rounds memory down to pages and CPU to a thousandth of a core; anything else is a refusal. */
export function assertApplied(asked: GroupLimits, applied: GroupLimits): void {
  const same =
    Math.abs(applied.cpus - asked.cpus) <= 0.01 &&
    applied.pids === asked.pids &&
    applied.memoryBytes <= asked.memoryBytes &&
    applied.memoryBytes > asked.memoryBytes - page * 16
  if (!same) throw new Error(`asked for ${JSON.stringify(asked)}, the kernel applied ${JSON.stringify(applied)}`)
}

function cpuMs(place: GroupPlace, directory: string): number {
  if (place.version === 1) return Number(readFileSync(join(directory, 'cpuacct.usage'), 'utf8')) / 1e6
  return counter(join(directory, 'cpu.stat'), 'usage_usec') / 1e3
}

/** The number after `key` in a file of `key value` lines; 0 where there is none. */
function counter(file: string, key: string): number {
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find(text => text.startsWith(`${key} `))
  return line === undefined ? 0 : Number(line.slice(key.length + 1))
}

/** Processes in a group; none where the group is gone. */
export function processesIn(directory: string): number[] {
  try {
    return readFileSync(join(directory, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

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
    for (const pid of left.flatMap(processesIn)) if (pid > 0) kill(pid)
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
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in between.
  }
}

function exists(file: string): boolean {
  return readdirSync(dirname(file)).includes(basename(file))
}
