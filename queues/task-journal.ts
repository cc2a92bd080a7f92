/**
 * The journal of a task: each call to a tool or a model has a number, is recorded once, and is never made again. Calls are
 * made one after the other, so that their numbers mean the same whenever the task is done again.
 */
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import type { BlobStore, JournalResult, RecordedCall, TaskContext } from '../domain/ports.ts'
import { cleanJson } from '../domain/run/clean.ts'
import type { Command } from '../domain/run/commands.ts'
import type { Claim } from './claims.ts'
import { deflate, inflate } from './json-blobs.ts'

export type TaskJournalDeps = {
  claim: Claim
  /** Says a command under this claim. Throws STALE_EPOCH where it is over. */
  say(command: Command): Promise<unknown>
  blobs: BlobStore
  /** Calls of this attempt that an earlier claim recorded, from 0 on. */
  recorded: readonly RecordedCall[]
  crashAt?: (point: 'after-effect') => void
}

export type TaskJournal = {
  /** As TaskContext tells. */
  record: TaskContext['journal']
  /**
   * The next call, whatever it takes to make it: `make` is given its number and says for itself what is to be recorded.
   * A recorded one is returned instead.
   */
  next(tool: string, make: (call: number) => Promise<RecordedCall>): Promise<RecordedCall>
  /** The next call if it is recorded; null where the task is past its journal. */
  ahead(): RecordedCall | null
}

export function createTaskJournal({ claim, say, blobs, recorded, crashAt = () => {} }: TaskJournalDeps): TaskJournal {
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
    return { ...known, output: await inflate(blobs, known.output) }
  }

  const next: TaskJournal['next'] = (tool, make) => {
    const result = queue.then(async () => {
      claim.check()
      const known = recorded[call]
      const made = known === undefined ? await make(call) : await replay(known, tool)
      call++
      return made
    })
    queue = result.catch(() => {})
    return result
  }

  const perform = async (call: number, tool: string, summary: string, run: () => Promise<JournalResult>) => {
    await say({ type: 'StartToolCall', taskIndex, epoch, call, tool, summary: summary.slice(0, 4_000) })
    const begunAt = performance.now()
    const { output: raw, outputHash = null, treeHash = null, exitCode = null } = await run()
    // Whoever does the task again is given what is recorded, so this agent sees no more than that.
    const output = cleanJson(raw)
    crashAt('after-effect')
    const durationMs = Math.round(performance.now() - begunAt)
    const kept: Json = await deflate(blobs, output)
    const result = { output: kept, exitCode, durationMs, outputHash, treeHash }
    await say({ type: 'FinishToolCall', taskIndex, epoch, call, tool, ...result })
    return { call, tool, output, outputHash, treeHash }
  }

  return {
    next,
    record: (tool, summary, run) => next(tool, call => perform(call, tool, summary, run)),
    ahead: () => recorded[call] ?? null,
  }
}
