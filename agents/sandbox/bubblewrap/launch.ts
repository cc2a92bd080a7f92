/** One call of a sandbox from its first process to its last: started, fed, watched, and judged when it is over. */
import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { OrreryError } from '../../../domain/errors.ts'
import type { ExecRequest, ExecResult, SandboxLimits } from '../../../domain/ports.ts'
import { controlsOf, type Ends, openEnds, startChain } from './chain.ts'
import type { CallGroup } from './control-group.ts'
import { type Kept, keep } from './kept-output.ts'
import type { Place } from './place.ts'
import type { Programs } from './programs.ts'

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
  limits: Pick<SandboxLimits, 'wallMs' | 'cpuSeconds' | 'outputBytes'> & { fileBytes: number }
  stdin?: Uint8Array | string | undefined
  onOutput?: ExecRequest['onOutput']
  signal?: AbortSignal | undefined
}

/** How often the CPU time of a call is compared with its limit, milliseconds: the most by which it can be exceeded on one core. */
const cpuCheckMs = 100

/** The launcher's word that it is ready, and bwrap's two short lines. */
const statusBytes = 4_096

/**
 * Runs a command to its end. Resolves also where it failed or was ended by a limit; by then none of its processes is left
 * and its control group is removed. Throws OrreryError BAD_INPUT where the request cannot be run as it stands, and
 * SANDBOX_UNAVAILABLE where the sandbox could not be put up, in which case the command was not started. What `onOutput` throws
 * ends the call and is thrown.
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
  const child = start(request)
  const limits = watch(request, child)
  const { args, filter, status } = controlsOf(child)
  feed(args, `${request.layout.join('\0')}\0`)
  feed(filter, request.filter)
  const { ready, report } = greet(status)
  const outputs = ready.then(isReady => (isReady ? converse(request, child) : []))
  // It is awaited below, after the end of the process; what fails before is not unhandled.
  outputs.catch(() => {})
  await exited(child).finally(limits.stop)
  const used = { cpuMs: request.group.cpuMs(), oomKills: request.group.oomKills() }
  // What was left behind holds the outputs open; it goes with the group.
  await request.group.remove()
  const [stdout = nothing, stderr = nothing] = await outputs
  return { code: exitCodeIn(await report), cut: limits.seen(), ...used, stdout, stderr }
}

const nothing: Kept = { bytes: new Uint8Array(0), total: 0 }

function start(request: Launch): ChildProcess {
  try {
    return startChain({ ...request, entrances: request.group.entrances, hasInput: request.stdin !== undefined })
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

/** `ready` once the launcher waits for its pipes to be opened, or false where it will not; `report` is all that was said. */
function greet(status: Readable): { ready: Promise<boolean>; report: Promise<string> } {
  let say: (isReady: boolean) => void = () => {}
  const ready = new Promise<boolean>(resolve => {
    say = resolve
  })
  const report = keep(status, statusBytes, () => say(true)).then(kept => Buffer.from(kept.bytes).toString())
  return { ready, report: report.finally(() => say(false)) }
}

/** Opens the pipes, lets the launcher go on, gives the command its input and collects what it says. */
async function converse(request: Launch, child: ChildProcess): Promise<Kept[]> {
  const ends = tryOpenEnds(child, request)
  if (ends === null) return []
  const { outputBytes } = request.limits
  let thrown: unknown
  const show = (stream: 'stdout' | 'stderr') => (chunk: Uint8Array) => {
    try {
      if (thrown === undefined) request.onOutput?.(stream, chunk)
    } catch (error) {
      thrown = error
      child.kill('SIGKILL')
    }
  }
  const kept = [keep(ends.stdout, outputBytes, show('stdout')), keep(ends.stderr, outputBytes, show('stderr'))]
  feed(controlsOf(child).status, '\n')
  if (ends.stdin !== null) feed(ends.stdin, request.stdin ?? '')
  const outputs = await Promise.all(kept)
  if (thrown !== undefined) throw thrown
  return outputs
}

function tryOpenEnds(child: ChildProcess, request: Launch): Ends | null {
  try {
    return openEnds(child, request.uid, request.stdin !== undefined)
  } catch {
    // It was ended in between, or it will be now.
    child.kill('SIGKILL')
    return null
  }
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
  if (line.startsWith("bwrap: Can't chdir")) {
    return new OrreryError('BAD_INPUT', 'the working directory does not exist in the workspace')
  }
  return new OrreryError('SANDBOX_UNAVAILABLE', 'the sandbox could not be put up', {
    cause: new Error(line || 'no reason was given'),
    hint: 'run `orrery doctor`',
  })
}
