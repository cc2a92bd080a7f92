/**
 * The programs that put up a sandbox for one call, each of which replaces the one before it:
 *
 *   bash      closes every descriptor that it did not get on purpose, makes the outputs, enters the control groups
 *   nsenter   into the workspace's mount namespace
 *   prlimit   no core files, few descriptors, bounded files, bounded CPU time
 *   setpriv   an unprivileged user without groups and capabilities, who can never gain any
 *   bwrap     namespaces, the read-only inside, the system call filter
 *   env       finds the command; 126 and 127 say that it cannot be run or is not there
 *
 * Environment and mounts reach bwrap through a descriptor: its command line can be read inside, at /proc/1/cmdline.
 *
 * The outputs are pipes that bash makes and this server opens, because what Node hands to a child are sockets, and
 * `echo > /dev/stderr`, which test scripts like, fails on a socket.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import type { SandboxLimits } from '../../../domain/ports.ts'
import type { Place } from './place.ts'
import type { Programs } from './programs.ts'

/** What bwrap reads its arguments and its filter from, and where it tells how the command ended. */
const descriptors = { args: 3, filter: 4, status: 5 }
/** The launcher's hold on the pipes that become standard input, output and error. */
const pipes = { stdin: 6, stdout: 7, stderr: 8 }

/**
 * Entrances up to `--`, then the next program. A process substitution that ends at once leaves a pipe behind. One line on
 * the status descriptor says that the pipes are there, one comes back when they were opened. `exec -c` leaves no environment.
 */
const launcher = `
for fd in /proc/self/fd/*; do
  fd=\${fd##*/}
  if [ "$fd" -gt ${descriptors.status} ]; then eval "exec $fd>&-"; fi
done
exec ${pipes.stdin}<> <(:) ${pipes.stdout}<> <(:) ${pipes.stderr}<> <(:)
echo >&${descriptors.status}
read -r _ <&${descriptors.status} || exit 1
exec > /proc/self/fd/${pipes.stdout} 2> /proc/self/fd/${pipes.stderr}
if [ "$1" = input ]; then exec < /proc/self/fd/${pipes.stdin}; fi
exec ${pipes.stdin}>&- ${pipes.stdout}>&- ${pipes.stderr}>&-
shift
while [ "$1" != -- ]; do
  echo 0 > "$1" || exit 1
  shift
done
shift
exec -c "$@"
`

export type Chain = {
  programs: Programs
  place: Place
  /** Files through which a process enters the call's control groups. */
  entrances: readonly string[]
  /** The user outside; null where we already are an ordinary one. */
  uid: number | null
  argv: readonly string[]
  limits: Pick<SandboxLimits, 'cpuSeconds'> & { fileBytes: number }
  hasInput: boolean
}

/** Starts the chain. Throws what `spawn` throws, for example E2BIG. */
export function startChain({ programs, place, entrances, uid, argv, limits, hasInput }: Chain): ChildProcess {
  const user =
    uid === null
      ? // Mapping the root of the workspace's user namespace into the next one takes this one capability, in that namespace.
        ['--bounding-set=-all,+setfcap']
      : [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--bounding-set=-all']
  const seconds = Math.ceil(limits.cpuSeconds)
  const { args, filter, status } = descriptors
  const chain = [
    ...[programs.nsenter, ...place.entrance, '--'],
    ...[programs.prlimit, '--core=0', '--nofile=4096', `--fsize=${limits.fileBytes}`, '--memlock=65536'],
    ...[`--cpu=${seconds}:${seconds + 1}`, '--'],
    ...[programs.setpriv, '--no-new-privs', '--inh-caps=-all', ...user, '--'],
    ...[place.bwrap, '--args', String(args), '--seccomp', String(filter), '--json-status-fd', String(status), '--'],
    ...['/usr/bin/env', '--', ...argv],
  ]
  const bash = [
    '--norc',
    '--noprofile',
    '-p',
    '-c',
    launcher,
    'sandbox',
    hasInput ? 'input' : 'nothing',
    ...entrances,
    '--',
  ]
  return spawn(programs.bash, [...bash, ...chain], {
    cwd: '/',
    env: {},
    // A group of its own, so that Ctrl-C at the server's terminal is the server's to handle.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
}

/** The server's ends of what a chain talks through, apart from the three pipes. */
export function controlsOf(child: ChildProcess): { args: Writable; filter: Writable; status: Socket } {
  // Node types no more than five descriptors.
  const all = child.stdio as readonly unknown[]
  return {
    args: all[descriptors.args] as Writable,
    filter: all[descriptors.filter] as Writable,
    status: all[descriptors.status] as Socket,
  }
}

export type Ends = { stdin: Writable | null; stdout: Readable; stderr: Readable }

/**
 * Opens this server's ends of the pipes that a launcher holds, and makes them the sandbox's user's, who could otherwise not
 * open them by name. Throws where the launcher is gone.
 */
export function openEnds(child: ChildProcess, uid: number | null, hasInput: boolean): Ends {
  const open = (fd: number, mode: number) => {
    const path = `/proc/${child.pid}/fd/${fd}`
    if (uid !== null) chownSync(path, uid, uid)
    return openSync(path, mode | constants.O_NONBLOCK)
  }
  const reading = (fd: number) => new Socket({ fd: open(fd, constants.O_RDONLY), readable: true, writable: false })
  const writing = (fd: number) => new Socket({ fd: open(fd, constants.O_WRONLY), readable: false, writable: true })
  return {
    stdin: hasInput ? writing(pipes.stdin) : null,
    stdout: reading(pipes.stdout),
    stderr: reading(pipes.stderr),
  }
}
