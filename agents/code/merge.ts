/** How a task's change comes onto the trunk: merged where nothing of the project runs, then compare-and-swap, then again. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { JournalResult, MergeConflict, TaskContext, Trunk } from '../../domain/ports.ts'
import { PatchFile } from '../../domain/work.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { type Patch, patchOf } from './patch.ts'
import { Changed, CommitId, mostDiffBytes, mostTreeBytes, runProgram } from './program.ts'
import { within } from './trunk.ts'

/** `markers`: the place in the file where both sides stand; empty where one side deleted it or it is not text. */
export type Conflict = { file: string; markers: string }

export type MergeRequest = {
  /** The commit at which the task began, and the blob of its workspace as it stands. */
  base: string
  tree: string
  /** What is the trunk while nothing was merged yet. */
  root: Trunk
  message: string
  /** A line of the message that no other task's has. */
  taskLine: string
  leaveOut: readonly string[]
}

export type MergeResult =
  | { outcome: 'nothing' }
  | { outcome: 'merged'; trunk: Trunk; patch: Patch & { commit: string } }
  | { outcome: 'conflict'; files: readonly Conflict[]; trunk: Trunk }

/** A trunk that moves faster than a change can be merged onto it: somebody is doing something wrong. */
const mostTries = 20

const Answer = z.object({
  outcome: z.enum(['nothing', 'merged', 'conflict']),
  commit: CommitId,
  files: Changed,
  conflicts: z.array(z.object({ file: z.string(), markers: z.string() })).default([]),
  /** Where there is a conflict: the change as a commit, and in how many files it conflicts. */
  change: CommitId.nullable().default(null),
  conflicting: z.number().default(0),
  /** The trunk held the change already. */
  again: z.boolean().default(false),
})
const Tried = z.object({
  outcome: Answer.shape.outcome,
  commit: CommitId,
  expected: CommitId.nullable(),
  from: CommitId,
  again: z.boolean(),
  // Journals of older versions have neither.
  change: Answer.shape.change,
  conflicting: Answer.shape.conflicting,
})
const Kept = z.object({ files: z.array(PatchFile), conflicts: Answer.shape.conflicts, diff: z.string() })

/** Throws OrreryError CONFLICT where the trunk never stood still for long enough. */
export async function mergeInto(context: TaskContext, toolbox: Toolbox, request: MergeRequest): Promise<MergeResult> {
  for (let tries = 0; tries < mostTries; tries++) {
    const record = await context.journal('git', 'Merge with the trunk', () => prepareMerge(context, toolbox, request))
    const tried = Tried.parse(record.output)
    const { outcome, commit, expected, from, again } = tried
    if (outcome === 'nothing') return { outcome }
    if (record.treeHash === null || record.outputHash === null)
      throw new OrreryError('INTERNAL', 'the merge was recorded without its tree')
    const { files, conflicts, diff } = Kept.parse(parseJson(await context.blobs.get(record.outputHash)))
    const trunk: Trunk = { commit, hash: record.treeHash, base: request.root.base }
    if (outcome === 'conflict') {
      await tell(context, tried, { mergeBase: request.base, paths: conflicts.map(({ file }) => file) })
      return { outcome, files: conflicts, trunk }
    }
    const moved = again || (await context.merge(expected, trunk, { commit, files: files.length }))
    if (!moved) continue
    const patch = await patchOf(context, await context.blobs.get(diff), { base: from, commit, files })
    return { outcome, trunk, patch: { ...patch, commit } }
  }
  throw new OrreryError('CONFLICT', `the trunk moved ${mostTries} times while a change was being merged`, {
    retryable: true,
  })
}

type Tried = z.output<typeof Tried>

async function tell(context: TaskContext, { change, commit, conflicting }: Tried, conflict: Place): Promise<void> {
  if (change === null) return
  await context.conflicted({ ...conflict, commit: change, trunkCommit: commit, files: conflicting })
}
type Place = Pick<MergeConflict, 'mergeBase' | 'paths'>

async function prepareMerge(context: TaskContext, toolbox: Toolbox, request: MergeRequest): Promise<JournalResult> {
  const now = await context.trunk()
  const trunk = now ?? request.root
  return within(context, toolbox, async workspace => {
    await workspace.unpack('repo', await context.blobs.get(trunk.hash))
    await workspace.unpack('task', await context.blobs.get(request.tree))
    const { outcome, commit, files, conflicts, change, conflicting, again } = await runProgram(workspace, toolbox, {
      program: 'code-merge.mjs',
      options: {
        base: request.base,
        message: request.message,
        taskLine: request.taskLine,
        leaveOut: request.leaveOut,
        seconds: Math.floor(Date.now() / 1_000),
      },
      answer: Answer,
      signal: context.signal,
    })
    const tried: Tried = {
      outcome,
      commit,
      expected: now?.commit ?? null,
      from: trunk.commit,
      again,
      change,
      conflicting,
    }
    const output = { ...tried, files: files.length }
    if (outcome === 'nothing') return { output }
    const [tree, diff] = await Promise.all([
      workspace.pack('repo', mostTreeBytes).then(context.blobs.put),
      files.length === 0 ? new Uint8Array() : workspace.readFile('patch.diff', mostDiffBytes),
    ])
    const kept = JSON.stringify({ files, conflicts, diff: (await context.blobs.put(diff)).hash })
    const { hash } = await context.blobs.put(new TextEncoder().encode(kept))
    return { output, outputHash: hash, treeHash: tree.hash }
  })
}
