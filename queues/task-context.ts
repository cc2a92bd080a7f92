/** What an agent is given: a task's view of the world, fenced by its claim and journaled. */
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import type { BlobStore, JournalResult, RecordedCall, Sandbox, TaskContext } from '../domain/ports.ts'
import { cleanText } from '../domain/run/clean.ts'
import type { Command } from '../domain/run/commands.ts'
import type { Run, Task } from '../domain/run/state.ts'
import { resolveInput } from '../domain/run/values.ts'
import type { Claim } from './claims.ts'
import { deflate, inflate } from './json-blobs.ts'
import type { LiveOutput } from './live-output.ts'

export type TaskContextDeps = {
  run: Run
  task: Task
  claim: Claim
  /** Says a command under this claim. Throws STALE_EPOCH where it is over. */
  say(command: Command): Promise<unknown>
  /** The newest state of the run. */
  load(): Promise<Run | null>
  sandbox: Sandbox
  blobs: BlobStore
  liveOutput: LiveOutput
  /** Calls of this attempt that an earlier claim recorded, from 0 on. */
  recorded: readonly RecordedCall[]
  crashAt?: (point: 'after-effect') => void
}

export async function createTaskContext(deps: TaskContextDeps): Promise<TaskContext> {
  const { run, task, claim, blobs } = deps
  return {
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
      const now = await deps.load()
      return (now ?? run).artifacts.map(({ id, kind, title, mediaType, hash, size, taskIndex }) => ({
        artifactId: id,
        kind,
        title,
        mediaType,
        hash,
        size,
        taskIndex,
      }))
    },
    output: text => deps.liveOutput.write(claim, printable(text)),
    journal: createJournal(deps),
  }
}

/** Calls are made one after the other, so that their numbers mean the same whenever the task is done again. */
function createJournal({ claim, say, blobs, recorded, crashAt = () => {} }: TaskContextDeps): TaskContext['journal'] {
  const { taskIndex, epoch } = claim
  let call = 0
  let queue: Promise<unknown> = Promise.resolve()

  const replay = async (known: RecordedCall, tool: string): Promise<RecordedCall> => {
    if (known.tool !== tool) {
      throw new OrreryError('INTERNAL', `call ${call} was ${known.tool} when it was recorded and is ${tool} now`, {
        retryable: true,
        hint: 'An agent must make the same calls in the same order whenever it is given the same results.',
      })
    }
    call++
    return { ...known, output: await inflate(blobs, known.output) }
  }

  const perform = async (tool: string, summary: string, run: () => Promise<JournalResult>): Promise<RecordedCall> => {
    await say({ type: 'StartToolCall', taskIndex, epoch, call, tool, summary: summary.slice(0, 4_000) })
    const begunAt = performance.now()
    const { output, outputHash = null, treeHash = null, exitCode = null } = await run()
    crashAt('after-effect')
    const durationMs = Math.round(performance.now() - begunAt)
    const kept: Json = await deflate(blobs, output)
    await say({
      type: 'FinishToolCall',
      taskIndex,
      epoch,
      call,
      tool,
      output: kept,
      exitCode,
      durationMs,
      outputHash,
      treeHash,
    })
    return { call: call++, tool, output, outputHash, treeHash }
  }

  return (tool, summary, run) => {
    const result = queue.then(() => {
      claim.check()
      const known = recorded[call]
      return known === undefined ? perform(tool, summary, run) : replay(known, tool)
    })
    queue = result.catch(() => {})
    return result
  }
}

/** Text for a screen: colours and cursor movements of terminals go whole, then whatever else could rewrite a screen. */
const printable = (text: string): string =>
  cleanText(text.replace(/\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_])/g, ''))
