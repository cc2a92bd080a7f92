/** What a machine needs for sandboxes, looked for before any is tried: each part is a check with what mends it. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { SandboxCheck } from '../../../domain/ports.ts'
import { defaultLimits } from '../limits.ts'
import { createGroup } from './control-group.ts'
import { findHierarchies, type Hierarchies } from './hierarchies.ts'
import { groupPrefix, thisServer } from './leftovers.ts'
import { findPrograms, type Programs } from './programs.ts'
import { seccompFilter } from './seccomp.ts'
import { thisArchitecture } from './syscalls.ts'

/** Everything that a workspace is made with. */
export type Machine = { programs: Programs; hierarchies: Hierarchies; filter: Uint8Array; bwrapPath: string }

type Part<T> = { asked: string; mend: string; find: () => T | Promise<T>; show: (found: T) => string }

/** `--disable-userns` and `--size` came with it. */
const oldestBwrap = [0, 8]

async function bwrapVersion(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { env: {}, timeout: 5_000 }).catch(error => {
    throw new Error(error.code === 'ENOENT' ? `there is no ${path}` : error.message.trim())
  })
  const version = stdout.trim().split(' ').at(-1) ?? ''
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < (oldestBwrap[0] ?? 0) || (major === oldestBwrap[0] && minor < (oldestBwrap[1] ?? 0)))
    throw new Error(`bwrap ${version}`)
  return version
}

/** The machine, or null where a part is missing; and what was seen of each part. Never throws. */
export async function surveyMachine(bwrapPath: string): Promise<{ machine: Machine | null; checks: SandboxCheck[] }> {
  const checks: SandboxCheck[] = []
  const part = async <T>(name: string, { asked, mend, find, show }: Part<T>): Promise<T | null> => {
    try {
      const found = await find()
      checks.push({ name, ok: true, asked, seen: show(found), mend: '' })
      return found
    } catch (error) {
      checks.push({ name, ok: false, asked, seen: (error as Error).message, mend })
      return null
    }
  }
  const bwrap = await part('bubblewrap', {
    asked: 'bwrap 0.8 or newer',
    mend: 'install the package bubblewrap (Debian 12, Ubuntu 24.04 and later have one that is new enough)',
    find: () => bwrapVersion(bwrapPath),
    show: version => `bwrap ${version}`,
  })
  const programs = await part('programs', {
    asked: 'bash and util-linux: unshare, nsenter, prlimit, setpriv',
    mend: 'install the packages bash and util-linux',
    find: findPrograms,
    show: () => 'all there',
  })
  const hierarchies = await part('control groups', {
    asked: 'memory, pids and cpu, version 1 or 2, writable',
    mend: controlGroupsMend(),
    find: tryHierarchies,
    show: found =>
      Object.entries(found)
        .map(([name, { version }]) => `${name} v${version}`)
        .join(', '),
  })
  const filter = await part('system call filter', {
    asked: 'x86_64 or aarch64',
    mend: 'run the worker on an x86_64 or aarch64 machine',
    find: () => seccompFilter(thisArchitecture()),
    show: bytes => `${bytes.length / 8} instructions`,
  })
  const machine = bwrap && programs && hierarchies && filter ? { programs, hierarchies, filter, bwrapPath } : null
  return { machine, checks }
}

/** Hierarchies in which a group can really be made and limited. */
async function tryHierarchies(): Promise<Hierarchies> {
  const hierarchies = findHierarchies()
  await createGroup(hierarchies, `${groupPrefix(thisServer())}survey`, defaultLimits).remove()
  return hierarchies
}

function controlGroupsMend(): string {
  if (process.getuid?.() === 0)
    return 'give this container or service writable control groups (systemd: Delegate=yes; Docker: a cgroup namespace that is writable)'
  return 'start it with `systemd-run --user --scope --property=Delegate=yes npm start`, or as root'
}

/** Why namespaces may be refused here, from the kernel's own settings; the general advice where these show nothing. */
export function namespacesMend(): string {
  const setting = (name: string) => {
    try {
      return readFileSync(`/proc/sys/${name}`, 'utf8').trim()
    } catch {
      return null
    }
  }
  if (setting('user/max_user_namespaces') === '0') return 'sysctl user.max_user_namespaces=10000'
  if (setting('kernel/unprivileged_userns_clone') === '0') return 'sysctl kernel.unprivileged_userns_clone=1'
  if (setting('kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return 'sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile that lets bwrap make user namespaces'
  }
  return 'run it where user namespaces and mounts are allowed (in Docker: --security-opt seccomp=unconfined --security-opt systempaths=unconfined --cap-add SYS_ADMIN)'
}
