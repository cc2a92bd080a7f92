/**
 * Where one task works on the code: a repository of its own at /work/repo that begins at the trunk, in a sandbox in which
 * the project's own programs may run. Each step that changes something is journaled with the tree that it left, so that
 * another worker goes on from the last recorded one. Its changes reach the trunk as files, never as history: what ran in
 * there could have written any history it liked.
 */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { TaskContext, Trunk, Workspace } from '../../domain/ports.ts'
import { benchWith } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import type { Desk } from '../tools/desk.ts'
import { type Conflict, mergeInto } from './merge.ts'
import { commitMessage, joinedMessage, type Trailers } from './message.ts'
import { type Patch, patchOf } from './patch.ts'
import { Changed, CommitId, mostDiffBytes, mostTreeBytes, runProgram } from './program.ts'
import { beginAtTrunk, type CodeSource } from './trunk.ts'

export type Merged =
  | { outcome: 'nothing' }
  | { outcome: 'merged'; commit: string; message: string; trunk: Trunk; patch: Patch & { commit: string } }
  /**
   * Another task changed the same lines. The workspace stands at the trunk now, with both sides written into the files that
   * are named: resolve them, and merge again.
   */
  | { outcome: 'conflict'; files: readonly Conflict[]; trunk: Trunk }

export type CodeWorkspace = Desk & {
  /** The commit at which the task begins; after a merge or a conflict, the trunk's. */
  base(): string
  /** Everything that lies in the tree and is not ignored; `commit` is null where nothing changed. */
  commit(message: string, trailers?: Trailers): Promise<{ commit: string | null; files: number }>
  /** Puts all that was changed on the trunk as one commit, whoever was faster. Without a message, those of its commits. */
  merge(message?: string, trailers?: Trailers): Promise<Merged>
  /** What the task has changed since `base`, committed or not. */
  patch(): Promise<Patch>
}

const Committed = z.object({ commit: CommitId.nullable(), files: z.number() })
const CommitAnswer = z.object({ commit: CommitId.nullable(), files: Changed })
const PatchAnswer = z.object({ files: Changed })

/**
 * At `begin`, or at the trunk. Throws OrreryError as the sandbox and the journal do. No workspace is opened before something
 * has to run in it.
 */
export async function openCode(
  context: TaskContext,
  toolbox: Toolbox,
  { begin, ...source }: CodeSource & { begin?: Trunk | undefined },
): Promise<CodeWorkspace> {
  const begun = begin ?? (await beginAtTrunk(context, toolbox, source))
  const leaveOut = linkedPackages(source)
  const provenance = { 'Orrery-Run': context.runId, 'Orrery-Task': String(context.taskIndex) }
  const taskLine = `Orrery-Task: ${context.taskIndex}`
  let at = { base: begun.commit, tip: begun.commit, tree: begun.hash }
  let commits: { message: string; trailers: Trailers }[] = []
  let opened: Promise<Workspace> | null = null

  async function open(): Promise<Workspace> {
    const bench = benchWith(context, toolbox, { ...source, tree: at.tree }, { withPackages: true })
    const { prepare, ...request } = bench
    const workspace = await context.sandbox.open({ ...request, label: `${context.runId}-${context.taskIndex}` })
    try {
      await prepare(workspace)
      return workspace
    } catch (error) {
      await workspace.close()
      throw error
    }
  }

  const workspaceNow = (): Promise<Workspace> => {
    opened ??= open()
    return opened
  }

  const code: CodeWorkspace = {
    base: () => at.base,

    async step(tool, summary, change) {
      const call = await context.journal(tool, summary, async () => {
        const workspace = await workspaceNow()
        const result = await change(workspace)
        const { hash } = await context.blobs.put(await workspace.pack('repo', mostTreeBytes))
        return { ...result, treeHash: hash }
      })
      at = { ...at, tree: call.treeHash ?? at.tree }
      return call
    },

    look: (tool, summary, work) => context.journal(tool, summary, () => work(workspaceNow)),

    async commit(message, trailers = {}) {
      const options = {
        tip: at.tip,
        message: commitMessage(message, { ...provenance, ...trailers }),
        leaveOut,
        seconds: Math.floor(Date.now() / 1_000),
      }
      const { output } = await code.step('git', `Commit: ${message.split('\n')[0]}`, async workspace => {
        const call = { program: 'code-commit.mjs', options, answer: CommitAnswer, signal: context.signal }
        const { commit, files } = await runProgram(workspace, toolbox, call)
        return { output: { commit, files: files.length } }
      })
      const made = Committed.parse(output)
      if (made.commit !== null) {
        at = { ...at, tip: made.commit }
        commits.push({ message, trailers })
      }
      return made
    },

    async merge(message, trailers = {}) {
      const told = message ?? joinedMessage(commits.map(one => one.message))
      const all: Trailers = Object.assign({}, provenance, ...commits.map(one => one.trailers), trailers)
      const merged = await mergeInto(context, toolbox, {
        base: at.base,
        tree: at.tree,
        root: begun,
        message: commitMessage(told || `Work of task ${context.taskIndex}`, all),
        taskLine,
        leaveOut,
      })
      if (merged.outcome === 'nothing') return merged
      const { commit, hash } = merged.trunk
      await code.close()
      at = { base: commit, tip: commit, tree: hash }
      // What a conflict interrupted is still to be told when it is resolved.
      if (merged.outcome === 'conflict') return merged
      commits = []
      return { ...merged, commit, message: told.split('\n')[0] ?? '' }
    },

    async patch() {
      const { outputHash } = await code.look('git', 'What is changed so far', async workspace => {
        const place = await workspace()
        const call = { program: 'code-patch.mjs', options: { base: at.base, leaveOut }, answer: PatchAnswer }
        const { files } = await runProgram(place, toolbox, { ...call, signal: context.signal })
        const diff = await context.blobs.put(await place.readFile('patch.diff', mostDiffBytes))
        const kept = await context.blobs.put(new TextEncoder().encode(JSON.stringify({ files, diff: diff.hash })))
        return { output: { files: files.length, bytes: diff.size }, outputHash: kept.hash }
      })
      if (outputHash === null) throw new OrreryError('INTERNAL', 'the patch was recorded without its bytes')
      const kept = KeptPatch.parse(JSON.parse(new TextDecoder().decode(await context.blobs.get(outputHash))))
      const commit = at.tip === at.base ? null : at.tip
      return patchOf(context, await context.blobs.get(kept.diff), { base: at.base, commit, files: kept.files })
    },

    async close() {
      const workspace = await opened?.catch(() => null)
      opened = null
      await workspace?.close()
    },
  }
  return code
}

const KeptPatch = z.object({ files: Changed, diff: z.string() })

/** Where installed packages are linked into the tree: they belong to no commit. */
const linkedPackages = (source: CodeSource): string[] =>
  source.packages.flatMap(({ at, kind }) =>
    kind !== 'node' || at === '..' ? [] : [at === '' ? 'node_modules' : `${at}/node_modules`],
  )
