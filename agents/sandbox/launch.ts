/**
 * One call of a sandbox, from the first process to the last. A chain of programs each of which replaces the one before it:
 *
 *   bash      enters the control groups and closes every descriptor that it did not get on purpose
 *   nsenter   into the workspace's mount namespace
 *   prlimit   no core files, few descriptors, bounded files, bounded CPU time
 *   setpriv   an unprivileged user without groups and capabilities, who can never gain any
 *   bwrap     namespaces, the read-only inside, the system call filter
 *   env       finds the command; 126 and 127 say that it cannot be run or is not there
 *
 * Environment and mounts reach bwrap through a pipe: what its command line holds could be read inside, at /proc/1/cmdline.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { OrreryError } from '../../domain/errors.ts'
import type { ExecRequest, ExecResult } from '../../domain/ports.ts'
import type { CallGroup } from './cgroups.ts'
import { type Kept, keep } from './kept-output.ts'
import type { Place } from './place.ts'
import type { Programs } from './programs.ts'

/** What bwrap reads its arguments and its filter from, and where it tells how the command ended. */
const argsFd = 3
const filterFd = 4
const statusFd = 5
/** It writes two short lines there. */
const statusBytes = 4_096

/** Entrances up to `--`, then the next program. `exec -c` starts it without any environment. */
const launcher = `
for fd in /proc/self/fd/*; do
  fd=\${fd##*/}
  if [ "$fd" -gt ${statusFd} ]; then eval "exec $fd>&-"; fi
done
while [ "$1" != -- ]; do
  echo 0 > "$1" || exit 1
  shift
done
shift
exec -c "$@"
`

export type Launch = {
  programs: Programs
  place: Place
  group: CallGroup
  /** The user outside; null where we already are an ordinary one. */
  uid: number | null
  /** bwrap's arguments but for the descriptors. */
  layout: readonly string[]
  filter: Uint8Array
  argv: readonly string[]
  limits: { wallMs: number; cpuSeconds: number; outputBytes: number; fileBytes: number }
  stdin?: Uint8Array | string | undefined
  onOutput?: ExecRequest['onOutput']
  signal?: AbortSignal | undefined
}

/** How often the CPU time of a call is compared with its limit, milliseconds: the most by which it can be exceeded on one core. */
const cpuCheckMs = 100

/**
 * Runs a command to its end. Resolves also where it failed or was ended by a limit; by then none of its processes is left
 * and its control group is removed. Throws OrreryError BAD_INPUT where the request cannot be run as it stands, and
 * SANDBOX_UNAVAILABLE where the sandbox could not be put up, in which case the command was not started.
 */
export async function launch(request: Launch): Promise<ExecResult> {
  const started = performance.now()
  const outcome = await run(request).finally(() => request.group.remove())
  const { code, cut, stdout, stderr } = outcome
  if (code === null && cut === null && outcome.oomKills === 0) throw setUpFailed(Buffer.from(stderr.bytes).toString())
  return {
    ...verdict(outcome, request.limits.cpuSeconds),
    stdout: stdout.bytes,
    stderr: stderr.bytes,
    stdoutBytes: stdout.total,
    stderrBytes: stderr.total,
    durationMs: performance.now() - started,
  }
}

type Cut = 'wall-time' | 'cpu-time' | 'cancelled'

/** What was seen of a call: bwrap's word on the exit code, which of our limits ended it, and what the kernel counted. */
type Outcome = { code: number | null; cut: Cut | null; cpuMs: number; oomKills: number; stdout: Kept; stderr: Kept }

async function run(request: Launch): Promise<Outcome> {
  const child = spawnChain(request)
  const limits = watch(request, child)
  const { outputBytes } = request.limits
  const stdout = keep(child.stdout as Readable, outputBytes, chunk => request.onOutput?.('stdout', chunk))
  const stderr = keep(child.stderr as Readable, outputBytes, chunk => request.onOutput?.('stderr', chunk))
  const status = keep(extra(child, statusFd) as Readable, statusBytes, () => {})
  feed(extra(child, argsFd) as Writable, `${request.layout.join('\0')}\0`)
  feed(extra(child, filterFd) as Writable, request.filter)
  if (request.stdin !== undefined) feed(child.stdin as Writable, request.stdin)
  await exited(child).finally(limits.stop)
  const used = { cpuMs: request.group.cpuMs(), oomKills: request.group.oomKills() }
  // What was left behind holds the outputs open; it goes with the group.
  await request.group.remove()
  return {
    code: exitCodeIn(Buffer.from((await status).bytes).toString()),
    cut: limits.seen(),
    ...used,
    stdout: await stdout,
    stderr: await stderr,
  }
}

function spawnChain({ programs, place, group, uid, argv, limits, stdin }: Launch): ChildProcess {
  const user =
    uid === null
      ? // Mapping the root of the workspace's user namespace into the next one takes this one capability, in that namespace.
        ['--bounding-set=-all,+setfcap']
      : [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--bounding-set=-all']
  const chain = [
    ...[programs.nsenter, ...place.entrance, '--'],
    ...[programs.prlimit, '--core=0', '--nofile=4096', `--fsize=${limits.fileBytes}`, '--memlock=65536'],
    ...[`--cpu=${Math.ceil(limits.cpuSeconds)}:${Math.ceil(limits.cpuSeconds) + 1}`, '--'],
    ...[programs.setpriv, '--no-new-privs', '--inh-caps=-all', ...user, '--'],
    ...[
      place.bwrap,
      '--args',
      String(argsFd),
      '--seccomp',
      String(filterFd),
      '--json-status-fd',
      String(statusFd),
      '--',
    ],
    ...['/usr/bin/env', '--', ...argv],
  ]
  const bash = ['--norc', '--noprofile', '-p', '-c', launcher, 'sandbox', ...group.entrances, '--']
  try {
    return spawn(programs.bash, [...bash, ...chain], {
      cwd: '/',
      env: {},
      // A group of its own, so that Ctrl-C at the server's terminal is the server's to handle.
      detached: true,
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    })
  } catch (error) {
    throw notStarted(error)
  }
}

function exited(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => resolve())
    child.once('error', error => reject(notStarted(error)))
  })
}

/** Node types no more than five descriptors. */
function extra(child: ChildProcess, fd: number): Readable | Writable | null | undefined {
  return (child.stdio as readonly (Readable | Writable | null | undefined)[])[fd]
}

/** Writes all of it. A reader that went away is no error of the writer: how the command ended says more. */
function feed(stream: Writable, bytes: Uint8Array | string): void {
  stream.on('error', () => {})
  stream.end(bytes)
}

/** Ends the call at its limits of time and on request; says which it was. */
function watch(request: Launch, child: ChildProcess): { seen(): Cut | null; stop(): void } {
  let cut: Cut | null = null
  const end = (why: Cut) => {
    cut ??= why
    child.kill('SIGKILL')
  }
  const cancel = () => end('cancelled')
  const wall = setTimeout(() => end('wall-time'), request.limits.wallMs)
  const cpu = setInterval(() => {
    if (request.group.cpuMs() > request.limits.cpuSeconds * 1_000) end('cpu-time')
  }, cpuCheckMs)
  request.signal?.addEventListener('abort', cancel, { once: true })
  if (request.signal?.aborted) cancel()
  return {
    seen: () => cut,
    stop: () => {
      clearTimeout(wall)
      clearInterval(cpu)
      request.signal?.removeEventListener('abort', cancel)
    },
  }
}

/** bwrap tells the code only of a command that it got to start. */
function exitCodeIn(report: string): number | null {
  const found = /"exit-code": (\d+)/.exec(report)
  return found === null ? null : Number(found[1])
}

/**
 * Signals by which a command ends on its own. bwrap reports them as shells do, as 128 + n, so a command that exits with
 * such a code reads the same. Hangup and interrupt are left out: nobody sends them inside, and git exits with 129.
 */
const signals: Readonly<Record<number, string>> = {
  ...{ 3: 'SIGQUIT', 4: 'SIGILL', 5: 'SIGTRAP', 6: 'SIGABRT', 7: 'SIGBUS', 8: 'SIGFPE', 9: 'SIGKILL', 11: 'SIGSEGV' },
  ...{ 13: 'SIGPIPE', 15: 'SIGTERM', 24: 'SIGXCPU', 25: 'SIGXFSZ', 31: 'SIGSYS' },
}

function verdict(outcome: Outcome, cpuSeconds: number): Pick<ExecResult, 'exitCode' | 'end' | 'signal'> {
  const { code, cut, cpuMs, oomKills } = outcome
  const signal = code === null ? 'SIGKILL' : (signals[code - 128] ?? null)
  if (cut !== null) return { exitCode: null, end: cut, signal: 'SIGKILL' }
  if (oomKills > 0 && code !== 0) return { exitCode: null, end: 'memory', signal: signal ?? 'SIGKILL' }
  if (signal === 'SIGXCPU' || (signal === 'SIGKILL' && cpuMs >= cpuSeconds * 1_000)) {
    return { exitCode: null, end: 'cpu-time', signal }
  }
  if (signal !== null) return { exitCode: null, end: 'signal', signal }
  return { exitCode: code, end: 'exit', signal: null }
}

function notStarted(error: unknown): OrreryError {
  if ((error as NodeJS.ErrnoException).code === 'E2BIG')
    return new OrreryError('BAD_INPUT', 'the command line is too long')
  return new OrreryError('SANDBOX_UNAVAILABLE', 'the sandbox could not be started', { cause: error, retryable: true })
}

function setUpFailed(complaint: string): OrreryError {
  const line = complaint.trim().split('\n')[0] ?? ''
  if (line.startsWith("bwrap: Can't chdir"))
    return new OrreryError('BAD_INPUT', 'the working directory does not exist in the workspace')
  return new OrreryError('SANDBOX_UNAVAILABLE', 'the sandbox could not be put up', {
    cause: new Error(line || 'no reason was given'),
    hint: 'run `orrery doctor`',
  })
}
