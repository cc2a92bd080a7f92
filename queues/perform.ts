/** One claimed task, from its context to its last command. What an agent throws is a failure, never an end of the worker. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from '../db/connect.ts'
import { recordedCalls } from '../db/journal.ts'
import type { Handle, Handled } from '../db/store.ts'
import { type Failure, OrreryError, toFailure } from '../domain/errors.ts'
import type { Agent, BlobStore, Sandbox, TaskResult } from '../domain/ports.ts'
import type { Command } from '../domain/run/commands.ts'
import type { Actor } from '../domain/run/events.ts'
import type { Run, Task } from '../domain/run/state.ts'
import { taskTimer } from '../domain/run/timers.ts'
import type { Claim } from './claims.ts'
import { deflate } from './json-blobs.ts'
import type { LiveOutput } from './live-output.ts'
import type { ModelDeps } from './model-gateway.ts'
import type { ModelCrashPoint } from './model-try.ts'
import type { Report } from './redis.ts'
import { storeArtifacts } from './store-artifacts.ts'
import { createTaskContext } from './task-context.ts'

export type PerformDeps = {
  handle: Handle
  sql: Sql
  agents: ReadonlyMap<string, Agent>
  sandbox: Sandbox
  blobsFor(organisationId: string): BlobStore
  liveOutput: LiveOutput
  /** What agents that think need; absent: there are none here. */
  models?: ModelDeps
  /** Milliseconds that an agent has to return after its signal was aborted; then it is left to itself. */
  graceMs: number
  report: Report
  crashAt?: (point: 'after-effect' | ModelCrashPoint) => void
}

type Work = {
  run: Run
  task: Task
  claim: Claim
  actor: Actor
  blobs: BlobStore
  /** Whether what it makes is made by simulated models. */
  simulated: boolean
  /** Says a command, whatever this worker thinks of its claim: the epoch decides. */
  tell(command: Command): Promise<Handled>
}

/** Does the task and says how it ended. Throws only what the handle throws for the last command. */
export async function perform(deps: PerformDeps, run: Run, task: Task, claim: Claim, actor: Actor): Promise<void> {
  const tell = async (command: Command) => {
    try {
      return await deps.handle.handle(run.id, command, { actor })
    } catch (error) {
      if (error instanceof OrreryError && error.code === 'STALE_EPOCH') claim.end('lost')
      throw error
    }
  }
  const simulated = run.simulated && deps.agents.get(task.uses)?.needsModel === true
  const work: Work = { run, task, claim, actor, tell, simulated, blobs: deps.blobsFor(run.organisationId) }
  const stopClock = watchDeadline(deps, work)
  try {
    const result = await runAgent(deps, work)
    await conclude(work, result)
  } finally {
    stopClock()
    await deps.liveOutput.end(claim).catch(error => deps.report('live output', error))
  }
}

/** The timer in Postgres decides; this worker is the first to know, so it stops its work and fires it. */
function watchDeadline({ handle, report }: PerformDeps, { run, task, claim, actor }: Work): () => void {
  const timer = taskTimer(task)
  if (timer === null) return () => {}
  const fire = () => {
    claim.end('deadline')
    handle.handle(run.id, { type: 'FireTimer', timer: timer.name }, { actor }).catch(error => report('deadline', error))
  }
  const handleOfTimer = setTimeout(fire, Math.max(0, timer.dueAt - Date.now()))
  return () => clearTimeout(handleOfTimer)
}

async function runAgent(deps: PerformDeps, work: Work): Promise<TaskResult> {
  const { run, task, claim, tell } = work
  const agent = deps.agents.get(task.uses)
  if (agent === undefined) return unknownAgent(task.uses)
  try {
    const { index: taskIndex, attempt, calls } = task
    const recorded = calls === 0 ? [] : await recordedCalls(deps.sql, { runId: run.id, taskIndex, attempt, calls })
    const say = async (command: Command) => {
      claim.check()
      return tell(command)
    }
    const load = () => deps.handle.load(run.id)
    const outerRuns = () => ancestors(deps.handle, run)
    const context = await createTaskContext({ ...deps, ...work, say, recorded, load, outerRuns })
    return await Promise.race([agent.run(context), abandoned(claim.signal, deps.graceMs)])
  } catch (error) {
    return { ok: false, failure: toFailure(error) }
  }
}

/** The runs that a run is part of, the outermost first. */
async function ancestors(handle: Handle, run: Run): Promise<string[]> {
  const path: string[] = []
  for (let id = run.parentRunId; id !== null; id = (await handle.load(id))?.parentRunId ?? null) path.unshift(id)
  return path
}

/** Rejects when an agent does not heed its signal. */
async function abandoned(signal: AbortSignal, graceMs: number): Promise<never> {
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
  await sleep(graceMs, undefined, { ref: false })
  throw new OrreryError('CANCELLED', `the agent went on for ${graceMs / 1_000} s after it was told to stop`)
}

/**
 * Nothing is said about a claim that is over: whoever ended it has decided. A worker that is being stopped gives back what
 * is not finished; what is finished counts.
 */
async function conclude(work: Work, result: TaskResult): Promise<void> {
  const { claim, tell } = work
  const { taskIndex, epoch } = claim
  const over = claim.ended
  if (over !== null && over !== 'drain') return
  if (over === 'drain' && !result.ok) {
    await tell({ type: 'ReleaseTask', taskIndex, epoch, reason: 'its worker was stopped' })
    return
  }
  try {
    await tell(await ending(work, result))
  } catch (error) {
    const failure = toFailure(error)
    if (claim.ended === 'lost' || failure.code === 'UNAVAILABLE') throw error
    // What the agent returned cannot be kept as it is: that is the agent's failure.
    await tell({ type: 'FailTask', taskIndex, epoch, failure, blocked: false, artifacts: [] })
  }
}

async function ending({ claim: { taskIndex, epoch }, blobs, simulated }: Work, result: TaskResult): Promise<Command> {
  const artifacts = await storeArtifacts(blobs, result.artifacts ?? [], { simulated })
  if (result.ok) return { type: 'FinishTask', taskIndex, epoch, output: await deflate(blobs, result.output), artifacts }
  return {
    type: 'FailTask',
    taskIndex,
    epoch,
    failure: clipped(result.failure),
    blocked: result.blocked ?? false,
    artifacts,
  }
}

function unknownAgent(name: string): TaskResult {
  const failure: Failure = {
    code: 'NOT_FOUND',
    message: `this installation has no agent called ${name}`,
    hint: 'Correct the name in the workflow, or install the agent; then retry the task.',
    retryable: false,
  }
  return { ok: false, failure, blocked: true }
}

const clipped = (failure: Failure): Failure => ({
  ...failure,
  message: failure.message.slice(0, 4_000),
  hint: failure.hint.slice(0, 4_000),
})
