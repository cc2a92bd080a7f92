/**
 * Keeps one server process running for as long as somebody uses it.
 *
 *   find ──yes──▶ answers? ──yes──▶ RUNNING ──it died──▶ RESTARTING ──▶ find …
 *    │ no             │ no             │ stop, and nobody else uses it
 *    ▼                ▼                ▼
 *   launch ◀────── kill -9          STOPPED
 *
 * A server outlives a process that was killed; the next start finds and adopts it.
 */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { exclusively } from '../../setup/lock.mjs'
import { identityOf, signal, waitForEnd } from '../../setup/processes.mjs'
import { arrive, type Presence } from './presence.ts'

export type Log = { info(text: string): void; warn(text: string): void }

/** One kind of server, as the supervisor sees it. */
export type Kind = {
  /** For people: `Postgres`. */
  readonly name: string
  /** Where its registrations and its lock lie. */
  readonly directory: string
  /** The process that surely is this very server, from whatever it left behind; null where none runs. */
  find(): number | null
  /** Makes what it needs before its first launch: its data, its port. Called only while it does not run. */
  prepare(): Promise<void>
  /** Starts it, detached: a Ctrl-C is for us, who then stop it in order. */
  launch(): Promise<ChildProcess>
  /** Whether it answers; never throws. */
  answers(): Promise<boolean>
  /** What it wrote last, for the message of a start that failed. */
  lastWords(): string
  /** How long it may take to answer, in milliseconds: recovery after a crash takes its time. */
  readonly patienceMs: number
  /** Polite first; each signal is given its milliseconds. SIGKILL follows by itself. */
  readonly farewell: readonly { signal: NodeJS.Signals; ms: number }[]
}

export type ServiceState = {
  status: 'running' | 'restarting' | 'stopped'
  pid: number | null
  /** How often it died and was started again while we looked on. */
  restarts: number
  /** Why it is not running, or why it was restarted last; empty otherwise. */
  reason: string
}

export type Service = {
  state(): ServiceState
  /** Calls the listener with each new state. @returns how to stop that. */
  onState(listener: (state: ServiceState) => void): () => void
  /** Whether no other process uses the server. */
  alone(): boolean
  /** Leaves; the server itself ends when no other process uses it. Idempotent. */
  stop(): Promise<void>
}

const lookEveryMs = 250
/** A server that ran for a minute is not in a series of deaths any more. */
const backoffMs = { first: 100, most: 10_000, forgivenAfter: 60_000 }

/** Starts or adopts the server. @throws Error with its last words where it does not come up. */
export async function supervise(kind: Kind, log: Log): Promise<Service> {
  const presence = arrive(kind.directory)
  const listeners = new Set<(state: ServiceState) => void>()
  let state: ServiceState
  try {
    const pid = await exclusively(kind.directory, () => ensureRunning(kind, log, { first: true }))
    state = { status: 'running', pid, restarts: 0, reason: '' }
  } catch (error) {
    presence.leave()
    throw error
  }
  const become = (next: ServiceState) => {
    state = next
    for (const listener of listeners) listener(next)
  }
  const stopping = new AbortController()
  const watching = watch(kind, log, { current: () => state, become, signal: stopping.signal })
  const stop = async () => {
    stopping.abort()
    await watching
    await leave(kind, log, presence)
    become({ ...state, status: 'stopped', pid: null, reason: '' })
  }
  let stopped: Promise<void> | undefined
  return {
    state: () => state,
    onState: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    alone: () => !presence.others(),
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

/** @returns the process id of a server that answers. */
async function ensureRunning(kind: Kind, log: Log, { first }: { first: boolean }): Promise<number> {
  const found = kind.find()
  if (found !== null && (await adopted(kind, log, found))) return found
  if (first) await kind.prepare()
  const child = await kind.launch()
  const pid = await spawned(child)
  if (await answersInTime(kind, pid)) return pid
  signal(pid, 'SIGKILL')
  throw new Error(`${kind.name} did not start. It said:\n${kind.lastWords()}`)
}

/** @returns false where the process that was found is of no use, and is gone. */
async function adopted(kind: Kind, log: Log, pid: number): Promise<boolean> {
  if (await answersInTime(kind, pid)) {
    log.info(`${kind.name} runs already (process ${pid}).`)
    return true
  }
  // It may have been on its way out.
  if (identityOf(pid) === null) return false
  log.warn(`${kind.name} (process ${pid}) did not answer for ${kind.patienceMs / 1_000} s and is killed.`)
  signal(pid, 'SIGKILL')
  await waitForEnd(pid, 5_000)
  return false
}

const spawned = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve(child.pid ?? -1)
    })
  })

/** Waits for an answer for as long as the process lives and patience lasts. */
async function answersInTime(kind: Kind, pid: number): Promise<boolean> {
  const giveUpAt = Date.now() + kind.patienceMs
  while (Date.now() < giveUpAt) {
    if (identityOf(pid) === null) return false
    if (await kind.answers()) return true
    await sleep(10)
  }
  return false
}

type Watched = { current(): ServiceState; become(next: ServiceState): void; signal: AbortSignal }

/** Looks whether the process still runs, and restarts it after pauses that grow while it keeps dying, until told to stop. */
async function watch(kind: Kind, log: Log, watched: Watched): Promise<void> {
  let pause = backoffMs.first
  let runsSince = Date.now()
  while (await waited(lookEveryMs, watched.signal)) {
    const { pid, restarts, status } = watched.current()
    if (status === 'running') {
      if (pid !== null && identityOf(pid) !== null) continue
      if (Date.now() - runsSince > backoffMs.forgivenAfter) pause = backoffMs.first
      log.warn(`${kind.name} (process ${pid}) ended by itself. It is started again in ${pause} ms.`)
      watched.become({ status: 'restarting', pid: null, restarts, reason: `${kind.name} ended by itself.` })
    }
    if (!(await waited(pause, watched.signal))) return
    pause = Math.min(pause * 2, backoffMs.most)
    try {
      const next = await exclusively(kind.directory, () => ensureRunning(kind, log, { first: false }))
      runsSince = Date.now()
      watched.become({ status: 'running', pid: next, restarts: restarts + 1, reason: watched.current().reason })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn(`${reason}\nNext attempt in ${pause} ms.`)
      watched.become({ status: 'restarting', pid: null, restarts, reason })
    }
  }
}

/** @returns false where the wait was ended by the signal. The timer keeps no process alive. */
const waited = (ms: number, signal: AbortSignal): Promise<boolean> =>
  sleep(ms, true, { signal, ref: false }).catch(() => false)

async function leave(kind: Kind, log: Log, presence: Presence): Promise<void> {
  await exclusively(kind.directory, async () => {
    presence.leave()
    const pid = kind.find()
    if (pid === null || presence.others()) return
    for (const step of kind.farewell) {
      signal(pid, step.signal)
      if (await waitForEnd(pid, step.ms)) return
    }
    log.warn(`${kind.name} (process ${pid}) did not end when asked and is killed.`)
    signal(pid, 'SIGKILL')
    await waitForEnd(pid, 5_000)
  })
}
