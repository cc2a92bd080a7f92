/** What the inside of a sandbox looks like, as arguments of bubblewrap. */
import { existsSync, lstatSync, readlinkSync } from 'node:fs'
import { baseEnvironment, egressEnvironment, egressPlaces, insideUser, nodePath } from '../inside.ts'
import { MiB } from '../limits.ts'
import { workspaceRoot } from '../paths.ts'
import type { Place } from './place.ts'

/** Files of `/etc` that are ours: nothing of the host's users, hosts or settings is seen. */
export const ownFiles: Readonly<Record<string, string>> = {
  passwd: `root:x:0:0:root:/:/usr/sbin/nologin\n${insideUser.name}:x:${insideUser.uid}:${insideUser.gid}::/tmp:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n`,
  group: `root:x:0:\n${insideUser.name}:x:${insideUser.gid}:\nnogroup:x:65534:\n`,
  hosts: '127.0.0.1 localhost sandbox\n::1 localhost\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
  'resolv.conf': '',
  // A mounted repository belongs to somebody else than the user inside, and git would not read it.
  gitconfig: `[safe]\n\tdirectory = *\n[user]\n\tname = Orrery\n\temail = agent@sandbox.invalid\n`,
}

/** Files of the host's `/etc` without which programs do not start, find certificates or know the time. */
const hostFiles = [
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/alternatives',
  '/etc/ssl/certs',
  '/etc/ssl/openssl.cnf',
  '/etc/ca-certificates',
  '/etc/pki/tls/certs',
  '/etc/pki/ca-trust',
  '/etc/localtime',
  '/etc/os-release',
  '/etc/mime.types',
  '/etc/protocols',
  '/etc/services',
]

export type LayoutRequest = {
  place: Place
  cwd: string
  env: Readonly<Record<string, string>>
  /** Size of `/tmp`, bytes. */
  temporaryBytes: number
  /** Whether the way out is there. */
  egress: boolean
}

/** The arguments that build the inside; those of the descriptors are the launcher's. */
export function layoutArguments({ place, cwd, env, temporaryBytes, egress }: LayoutRequest): string[] {
  return [
    ...['--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup'],
    ...['--disable-userns', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--uid', String(insideUser.uid), '--gid', String(insideUser.gid), '--hostname', 'sandbox'],
    ...['--ro-bind', '/usr', '/usr', ...topLevel()],
    ...hostFiles.filter(path => existsSync(path)).flatMap(path => ['--ro-bind', path, path]),
    ...Object.keys(ownFiles).flatMap(name => ['--ro-bind', `${place.etc}/${name}`, `/etc/${name}`]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', String(temporaryBytes), '--perms', '1777', '--tmpfs', '/tmp'],
    ...['--size', String(64 * MiB), '--perms', '1777', '--tmpfs', '/dev/shm'],
    ...['--ro-bind', place.node, nodePath],
    ...(egress
      ? ['--ro-bind', place.forwarder, egressPlaces.forwarder, '--ro-bind', place.socket, egressPlaces.socket]
      : []),
    ...place.mounts.flatMap(mount => ['--ro-bind', mount.from, mount.path]),
    ...['--bind', place.work, workspaceRoot, '--chdir', cwd],
    ...['--remount-ro', '/dev', '--remount-ro', '/'],
    ...Object.entries({ ...baseEnvironment, ...(egress ? egressEnvironment : {}), ...env }).flatMap(([name, value]) => [
      '--setenv',
      name,
      value,
    ]),
  ]
}

/** `/bin`, `/lib` and their kind: links into `/usr` where the host has them so, otherwise directories of their own. */
function topLevel(): string[] {
  return ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'].flatMap(name => {
    const path = `/${name}`
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found === undefined) return []
    return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
  })
}
