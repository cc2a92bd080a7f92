/**
 * The place of a workspace: a mount namespace of its own in which lie the sized file system of the workspace and
 * everything else that will be shown inside. It has no process. It lives as long as this server holds its file
 * descriptor, so that the kernel frees it, files and all, whenever the server ends and however it ends.
 *
 * For an ordinary user it is the mount namespace of a user namespace, and that one's descriptor is held too.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, statfsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ReadOnlyMount } from '../../../domain/ports.ts'
import { mappedMount, unshareNumber } from './mapped-mount.ts'
import { assertReadable, type MountSource, mountSource } from './mount-source.ts'
import type { Programs } from './programs.ts'

/**
 * Where things are staged in that namespace. `/sys` exists everywhere, nobody wants anything of it mounted, and nothing
 * that runs in the namespace needs it.
 */
const stage = '/sys'

/** Among the mounts, bubblewrap, Node and the forwarder come before what was asked for. */
const programsFirst = 3
const socketName = 'egress.sock'
const staged = (index: number) => `${stage}/mounts/${index}`

/** Milliseconds for all of the staging, which takes about ten; a mount that hangs does not hang the server. */
const stagingMs = 30_000

export type PlaceRequest = {
  bytes: number
  inodes: number
  /** Who runs inside, as seen by the host; null where that is the user who we are. */
  uid: number | null
  /** Programs of the host that the user need not be able to reach by himself. */
  bwrapPath: string
  nodePath: string
  forwarderPath: string
  mounts: readonly ReadOnlyMount[]
  /** Name and text of the files of `/etc` that are the sandbox's own. */
  files: Readonly<Record<string, string>>
  /** Called while the place can be reached from here: puts a listening socket at this path. */
  listen?: (socketPath: string) => Promise<void>
}

export type Place = {
  /** Arguments of `nsenter` that lead there. */
  readonly entrance: readonly string[]
  /** The workspace's file system, the own files of `/etc` and the programs, as paths in there. */
  readonly work: string
  readonly etc: string
  readonly bwrap: string
  readonly node: string
  readonly forwarder: string
  readonly socket: string
  /** From the path in there to the path inside. */
  readonly mounts: readonly { from: string; path: string }[]
  /** The size of the workspace, read back. */
  readonly applied: { workspaceBytes: number; workspaceInodes: number }
  leave(): void
}

/**
 * $1 size, $2 inodes, $3 user, $4 perl program that maps a mount, $5 its first argument; then names and texts of files up
 * to `--`; then for each mount its kind (d or f), source, and owner and group where these are to become the user's, up to `--`;
 * then sockets to be covered. Nothing that is given is ever part of the program text. Says `plain` and the number of a mount
 * whose owner could not be mapped.
 */
const script = `set -e
user=$3 map=$4 unshare=$5
mount -t tmpfs -o mode=755,size=4m orrery ${stage}
mkdir ${stage}/work ${stage}/etc ${stage}/mounts
mount -t tmpfs -o "mode=755,size=$1,nr_inodes=$2,uid=$3,gid=$3,nosuid,nodev" workspace ${stage}/work
shift 5
while [ "$1" != -- ]; do printf %s "$2" > "${stage}/etc/$1"; shift 2; done
shift
i=0
while [ "$1" != -- ]; do
  target=${stage}/mounts/$i
  if [ "$1" = d ]; then mkdir $target; else : > $target; fi
  if [ -z "$3" ]; then
    mount --rbind "$2" $target
  elif ! perl -e "$map" "$unshare" "$2" $target "$3" "$4" "$user"; then
    echo plain $i
    mount --rbind "$2" $target
  fi
  i=$((i + 1))
  shift 4
done
shift
for socket; do
  if [ -S "${stage}/mounts/$socket" ]; then mount --bind /dev/null "${stage}/mounts/$socket"; fi
done
echo ready
read -r _ || :
`

/** Makes the place. Throws OrreryError BAD_INPUT for a mount that cannot be, otherwise an Error with what the system said. */
export async function createPlace(programs: Programs, request: PlaceRequest): Promise<Place> {
  const sources = await Promise.all(request.mounts.map(mount => mountSource(mount.hostPath)))
  const child = spawn(programs.unshare, stagingCommand(programs, request, sources), {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: '/',
    detached: true,
    timeout: stagingMs,
    killSignal: 'SIGKILL',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
  })
  const ended = new Promise(resolve => child.once('close', resolve).once('error', resolve))
  const complaint = text(child.stderr)
  try {
    const plain = await readiness(child.stdout)
    if (plain === null)
      throw new Error(`the workspace could not be set up: ${(await complaint).trim() || 'no reason was given'}`)
    for (const index of plain) assertReadable(sources[index - programsFirst] as MountSource)
    await request.listen?.(`/proc/${child.pid}/root${stage}/${socketName}`)
    return hold(child, request)
  } finally {
    child.stdin.end()
    await ended
  }
}

function stagingCommand(programs: Programs, request: PlaceRequest, sources: readonly MountSource[]): string[] {
  const owned = (source: MountSource) =>
    request.uid === null ? ['', ''] : [String(source.found.uid), String(source.found.gid)]
  return [
    ...(request.uid === null ? ['--user', '--map-root-user'] : []),
    ...['--mount', '--propagation', 'private', '--', programs.sh, '-c', script, 'place'],
    ...[String(request.bytes), String(request.inodes), String(request.uid ?? 0), mappedMount, unshareNumber()],
    ...[...Object.entries(request.files).flat(), '--'],
    ...[request.bwrapPath, request.nodePath, request.forwarderPath].flatMap(path => ['f', path, '', '']),
    ...sources.flatMap(source => [source.found.isDirectory() ? 'd' : 'f', source.path, ...owned(source)]),
    '--',
    ...sources.flatMap(({ sockets }, index) => sockets.map(socket => `${index + programsFirst}/${socket}`)),
  ]
}

/** The numbers of the mounts that were not mapped, as soon as all is in place; null where it will never be. */
async function readiness(stdout: Readable): Promise<number[] | null> {
  const plain: number[] = []
  for await (const line of createInterface({ input: stdout })) {
    if (line === 'ready') return plain
    plain.push(Number(line.slice('plain '.length)))
  }
  return null
}

function hold(child: ChildProcess, request: PlaceRequest): Place {
  const size = statfsSync(`/proc/${child.pid}/root${stage}/work`)
  const mountNamespace = openSync(`/proc/${child.pid}/ns/mnt`, 'r')
  const userNamespace = request.uid === null ? [openSync(`/proc/${child.pid}/ns/user`, 'r')] : []
  return {
    entrance: [
      ...userNamespace.map(fd => `--user=/proc/${process.pid}/fd/${fd}`),
      `--mount=/proc/${process.pid}/fd/${mountNamespace}`,
      '--preserve-credentials',
    ],
    work: `${stage}/work`,
    etc: `${stage}/etc`,
    bwrap: staged(0),
    node: staged(1),
    forwarder: staged(2),
    socket: `${stage}/${socketName}`,
    mounts: request.mounts.map((mount, index) => ({ from: staged(index + programsFirst), path: mount.path })),
    applied: { workspaceBytes: size.blocks * size.bsize, workspaceInodes: size.files },
    leave: () => {
      for (const fd of [mountNamespace, ...userNamespace]) closeSync(fd)
    },
  }
}
