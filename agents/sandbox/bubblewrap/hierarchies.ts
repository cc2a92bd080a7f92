/**
 * Where control groups can be made: hierarchies of version 1, of version 2, and machines that have some of both. The groups of
 * calls lie below the group that this process is in, so that whatever limits the server also limits its sandboxes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const controllers = ['memory', 'pids', 'cpu', 'cpuacct'] as const
export type Controller = (typeof controllers)[number]
/** A directory in which groups with a controller can be made. */
export type Hierarchy = { version: 1 | 2; directory: string }
export type Hierarchies = { readonly [controller in Controller]: Hierarchy }

/** Where calls get their groups on this machine. Throws an Error that says what is missing. */
export function findHierarchies(): Hierarchies {
  const found = locateControllers(
    readFileSync('/proc/self/mountinfo', 'utf8'),
    readFileSync('/proc/self/cgroup', 'utf8'),
  )
  const { memory, pids, cpu, cpuacct } = found
  if (!memory || !pids || !cpu || !cpuacct) {
    const missing = controllers.filter(controller => found[controller] === undefined)
    throw new Error(`no control group hierarchy has ${missing.join(', ')}`)
  }
  const prepared = (hierarchy: Hierarchy): Hierarchy =>
    hierarchy.version === 1 ? hierarchy : { version: 2, directory: prepareUnified(hierarchy.directory) }
  return { memory: prepared(memory), pids: prepared(pids), cpu: prepared(cpu), cpuacct: prepared(cpuacct) }
}

/** The directories in which groups are made, each once. */
export function basesOf(hierarchies: Hierarchies): string[] {
  return [...new Set(Object.values(hierarchies).map(hierarchy => hierarchy.directory))]
}

/**
 * Where each controller is to be found, from the texts of `/proc/self/mountinfo` and `/proc/self/cgroup`. A controller that
 * version 1 has mounted is not available in version 2, so version 1 is asked first. Missing ones are absent from the answer.
 */
export function locateControllers(mountinfo: string, membership: string): Partial<Hierarchies> {
  const mounts = mountinfo.trim().split('\n').map(readMount)
  const memberships = membership.trim().split('\n').map(readMembership)
  const unified = mounts.find(mount => mount.type === 'cgroup2')
  const unifiedPath = memberships.find(({ id }) => id === '0')?.path ?? '/'
  const found: Partial<Record<Controller, Hierarchy>> = {}
  for (const controller of controllers) {
    const mount = mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller))
    const path = memberships.find(member => member.controllers.includes(controller))?.path ?? '/'
    if (mount !== undefined) found[controller] = { version: 1, directory: below(mount, path) }
    else if (unified !== undefined) found[controller] = { version: 2, directory: below(unified, unifiedPath) }
  }
  return found
}

type Mount = { type: string; options: readonly string[]; root: string; mountPoint: string }

/** `32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu` */
function readMount(line: string): Mount {
  const [left = '', right = ''] = line.split(' - ')
  const [, , , root = '/', mountPoint = ''] = left.split(' ')
  const [type = '', , options = ''] = right.split(' ')
  return { type, options: options.split(','), root, mountPoint }
}

/** `4:memory:/path`, in version 2 `0::/path` */
function readMembership(line: string): { id: string; controllers: readonly string[]; path: string } {
  const [id = '', names = '', ...path] = line.split(':')
  return { id, controllers: names.split(','), path: path.join(':') }
}

/** A group as seen through a mount, whose top need not be the top of the hierarchy. */
function below({ root, mountPoint }: Mount, path: string): string {
  const relative = root !== '/' && path.startsWith(root) ? path.slice(root.length) : path
  return relative === '/' ? mountPoint : join(mountPoint, relative)
}

const serverLeaf = 'orrery-server'
const unifiedControllers = ['cpu', 'memory', 'pids']

/**
 * The group below which calls get theirs in version 2. There a group holds either processes or limited children, never
 * both: what is in our group (this process and whoever started it) moves to a leaf beside the calls. A login session is
 * left as it is, and its parent used instead. Throws where the controllers cannot be had or the group is not ours.
 */
export function prepareUnified(own: string): string {
  const name = basename(own)
  const base = name === serverLeaf || /^session-.*\.scope$/.test(name) ? dirname(own) : own
  if (namesIn(base, 'cgroup.subtree_control')) return base
  if (!namesIn(base, 'cgroup.controllers'))
    throw new Error(`${base} offers no ${unifiedControllers.join(', ')} controllers`)
  const handOn = () =>
    writeFileSync(
      join(base, 'cgroup.subtree_control'),
      unifiedControllers.map(controller => `+${controller}`).join(' '),
    )
  try {
    handOn()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error
    mkdirSync(join(base, serverLeaf), { recursive: true })
    for (const pid of processesIn(base)) writeFileSync(join(base, serverLeaf, 'cgroup.procs'), String(pid))
    handOn()
  }
  return base
}

/** Whether a file of a group names all controllers that we need. */
function namesIn(group: string, file: string): boolean {
  const names = readFileSync(join(group, file), 'utf8').trim().split(/\s+/)
  return unifiedControllers.every(controller => names.includes(controller))
}

/** Processes in a group; none where the group is gone. */
export function processesIn(group: string): number[] {
  try {
    return readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
