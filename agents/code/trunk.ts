/**
 * The line of commits of a run, and where work on it begins. The first task finds what `code.prepare` made of the checkout;
 * later ones find what was merged before them. The repository of the trunk is only ever written by Orrery's own programs,
 * in workspaces in which nothing of the project is run.
 */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { TaskContext, Trunk, Workspace, WorkspaceRequest } from '../../domain/ports.ts'
import { roomForTrees, Source } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { commitMessage } from './message.ts'
import { CommitId, mostTreeBytes, runProgram } from './program.ts'

/** The output of a checkout, or of `code.prepare`, which adds the repository that it made. */
export const CodeSource = Source.extend({
  /** Hash of the packed repository, `.git` included. */
  repository: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
  /** Its only commit. */
  base: CommitId.nullish(),
})
export type CodeSource = z.infer<typeof CodeSource>

/** A place on a line of commits: the packed repository that stands there, and the first commit of all. */
export const CodeLine = z.object({ commit: CommitId, hash: z.string().regex(/^[0-9a-f]{64}$/), base: CommitId })

/** The source in a task's input. Throws OrreryError BAD_INPUT. */
export function codeSourceOf(context: TaskContext): CodeSource {
  const parsed = z.object({ source: CodeSource }).safeParse(context.input)
  if (parsed.success) return parsed.data.source
  throw new OrreryError(
    'BAD_INPUT',
    'the input names no source: it must be the output of a checkout or of code.prepare',
    {
      hint: 'Write {"source": {"$ref": "tasks.prepare.output"}} as the input of the step.',
    },
  )
}

const Prepared = z.object({ commit: CommitId, files: z.number() })

/** A repository whose one commit is the source's tree. Not journaled: the caller does that. */
export async function makeRepository(
  context: TaskContext,
  toolbox: Toolbox,
  source: Source,
): Promise<{ repository: string; base: string; files: number }> {
  return within(context, toolbox, async workspace => {
    await workspace.unpack('repo', await context.blobs.get(source.tree))
    const known = source.commit !== null
    const message = commitMessage(
      `Before: ${objectiveOf(context)}`,
      known ? { 'Orrery-Base': source.commit ?? '' } : {},
    )
    const { commit, files } = await runProgram(workspace, toolbox, {
      program: 'code-prepare.mjs',
      options: { known, message },
      answer: Prepared,
      signal: context.signal,
    })
    const { hash } = await context.blobs.put(await workspace.pack('repo', mostTreeBytes))
    return { repository: hash, base: commit, files }
  })
}

/** What the run is for, in a line: whoever looks at the history sees where the work on it began. */
function objectiveOf({ variables }: TaskContext): string {
  const told = z.object({ objective: z.string() }).safeParse(variables)
  return (told.success && told.data.objective.trim().split('\n')[0]) || 'the project as it was'
}

/** A workspace in which only Orrery's programs run, for as long as `use` lasts. */
export async function within<T>(
  context: TaskContext,
  toolbox: Toolbox,
  use: (workspace: Workspace) => Promise<T>,
  { mounts = [], egress = [] }: Pick<WorkspaceRequest, 'mounts' | 'egress'> = {},
): Promise<T> {
  const label = `${context.runId}-${context.taskIndex}-code`
  const all = [...toolbox.mounts, ...mounts]
  const workspace = await context.sandbox.open({ limits: roomForTrees, mounts: all, egress, label })
  try {
    return await use(workspace)
  } finally {
    await workspace.close()
  }
}

const Beginning = z.object({ commit: CommitId, base: CommitId, merged: z.boolean() })
export type Beginning = Trunk & { merged: boolean }

/** Where this task begins: recorded, so that a task that is done again begins where it did. */
export async function beginAtTrunk(context: TaskContext, toolbox: Toolbox, source: CodeSource): Promise<Beginning> {
  const record = await context.journal('git', 'Begin at the trunk', async () => {
    const trunk = await context.trunk()
    if (trunk !== null)
      return { output: { commit: trunk.commit, base: trunk.base, merged: true }, treeHash: trunk.hash }
    const made =
      typeof source.repository === 'string' && typeof source.base === 'string'
        ? { repository: source.repository, base: source.base }
        : await makeRepository(context, toolbox, source)
    return { output: { commit: made.base, base: made.base, merged: false }, treeHash: made.repository }
  })
  if (record.treeHash === null) throw new OrreryError('INTERNAL', 'the trunk was recorded without its tree')
  return { ...Beginning.parse(record.output), hash: record.treeHash }
}
