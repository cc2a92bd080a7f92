/** What an agent is given: a task's view of the world, fenced by its claim and journaled. */
import type { Handled } from '../db/store.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Agent, BlobStore, RecordedCall, Sandbox, TaskContext } from '../domain/ports.ts'
import { cleanText } from '../domain/run/clean.ts'
import type { Command } from '../domain/run/commands.ts'
import type { Run, Task } from '../domain/run/state.ts'
import { resolveInput } from '../domain/run/values.ts'
import type { Claim } from './claims.ts'
import { inflate } from './json-blobs.ts'
import type { LiveOutput } from './live-output.ts'
import { createModelCalls, type ModelCallsDeps } from './model-calls.ts'
import type { ModelDeps } from './model-gateway.ts'
import { createHolds } from './model-money.ts'
import type { ModelCrashPoint } from './model-try.ts'
import { createSuspensions } from './suspensions.ts'
import { createTaskJournal } from './task-journal.ts'
import { createTokenLane } from './token-lane.ts'

export type TaskContextDeps = {
  run: Run
  task: Task
  claim: Claim
  /** Says a command under this claim. Throws STALE_EPOCH where it is over. */
  say(command: Command): Promise<Handled>
  /** The newest state of the run. */
  load(): Promise<Run | null>
  /** The runs that this one is part of, the outermost first. */
  outerRuns(): Promise<readonly string[]>
  agents: ReadonlyMap<string, Agent>
  /** Absent: this process has none, and says so when one is asked for. */
  models?: ModelDeps
  sandbox: Sandbox
  blobs: BlobStore
  liveOutput: LiveOutput
  /** Calls of this attempt that an earlier claim recorded, from 0 on. */
  recorded: readonly RecordedCall[]
  crashAt?: (point: 'after-effect' | ModelCrashPoint) => void
}

export async function createTaskContext(deps: TaskContextDeps): Promise<TaskContext> {
  const { run, task, claim, blobs, say } = deps
  const output = (text: string) => deps.liveOutput.write(claim, printable(text))
  const journal = createTaskJournal(deps)
  const workerClassOf = (agent: string) => deps.agents.get(agent)?.workerClass ?? null
  const { askAbout, ...people } = createSuspensions({ ...deps, journal, workerClassOf })
  const newest = async () => (await deps.load()) ?? run
  return {
    ...people,
    model: modelCalls(deps, { journal, askAbout, output }),
    ...(deps.models === undefined ? {} : createHolds({ ...deps, models: deps.models })),
    simulated: run.simulated,
    revision: task.round === 0 ? null : { round: task.round, previous: task.previous, findings: task.findings },
    trunk: async () => (await newest()).trunk,
    async merge(expected, { commit: trunkCommit, hash: trunkHash, base: baseCommit }, change) {
      const { output: merged } = await journal.record('merge', `Merge ${change.commit.slice(0, 10)}`, async () => {
        try {
          const { taskIndex, epoch } = claim
          await say({ type: 'MergeChange', taskIndex, epoch, expected, trunkCommit, trunkHash, baseCommit, ...change })
          return { output: true }
        } catch (error) {
          if (error instanceof OrreryError && error.code === 'CONFLICT') return { output: false }
          throw error
        }
      })
      return merged === true
    },
    async conflicted(conflict) {
      await say({ type: 'ReportConflict', taskIndex: task.index, epoch: claim.epoch, ...conflict })
    },
    adjustments: run.adjustments,
    runId: run.id,
    taskIndex: task.index,
    attempt: task.attempt,
    epoch: claim.epoch,
    input: await inflate(blobs, resolveInput(run, task)),
    variables: run.variables,
    item: task.item,
    signal: claim.signal,
    sandbox: deps.sandbox,
    blobs,
    async artifacts() {
      return (await newest()).artifacts.map(({ id, kind, title, mediaType, hash, size, taskIndex }) => ({
        artifactId: id,
        kind,
        title,
        mediaType,
        hash,
        size,
        taskIndex,
      }))
    },
    output,
    journal: journal.record,
  }
}

function modelCalls(
  deps: TaskContextDeps,
  parts: Pick<ModelCallsDeps, 'journal' | 'askAbout'> & { output(text: string): void },
): TaskContext['model'] {
  const { models } = deps
  if (models !== undefined)
    return createModelCalls({ ...deps, ...parts, models, tokens: createTokenLane(parts.output) })
  return async () => {
    throw new OrreryError('BAD_INPUT', 'this worker knows no models')
  }
}

/** Text for a screen: colours and cursor movements of terminals go whole, then whatever else could rewrite a screen. */
const printable = (text: string): string =>
  cleanText(text.replace(/\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_])/g, ''))
