/**
 * A change that touches the same lines as what was merged meanwhile becomes work of its own: a task for the resolver, which
 * begins at both sides and merges what it makes of them. Whoever made the change waits for it, and with it all that waits for
 * whoever made the change: the order of the graph holds. What is asked and what came of it are events.
 */
import { z } from 'zod'
import type { ArtifactDraft } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { TaskContext, Trunk } from '../../domain/ports.ts'
import { CodePatch } from '../../domain/work.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Conflict } from './merge.ts'
import { CommitId } from './program.ts'

/** The role that resolves conflicts. */
export const resolverName = 'merge-resolver'

/** The packet of a handoff is part of an event, which holds 16 KiB: what is longer is read in the files. */
const shownConflicts = 4_000
const patienceMs = 6 * 3_600_000

export type ConflictingChange = {
  /** What the change is, in a line. */
  title: string
  files: readonly Conflict[]
  /** The trunk's commit, with a tree that holds both sides. */
  at: Trunk
}

/** The change as it was merged by somebody else. */
export type Resolved = { commit: string; files: readonly string[]; patch: ArtifactDraft }

/** Throws OrreryError CONFLICT where nobody could resolve it; Suspended while somebody is at it. */
export async function resolveConflict(
  context: TaskContext,
  { title, files, at }: ConflictingChange,
): Promise<Resolved> {
  const names = files.map(({ file }) => file)
  const done = await context.handOff({
    agent: resolverName,
    goal: `Resolve the conflict between “${title.slice(0, 200)}” and what others merged meanwhile. It is in ${names.slice(0, 10).join(', ')}.`,
    constraints: ['Both changes keep their purpose.'],
    artifactIds: [],
    carried: { conflicts: conflictText(files, shownConflicts) },
    dropped: [],
    timeoutMs: patienceMs,
    begin: { commit: at.commit, hash: at.hash, base: at.base },
  })
  if (done.outcome !== 'done')
    throw new OrreryError(
      'CONFLICT',
      `the change conflicts with what others merged meanwhile, in ${names.join(', ')}, and nobody resolved it: ${done.reason}`,
      { retryable: true, hint: 'Tried again, the task begins at what others merged.' },
    )
  const merged = z.object({ commit: CommitId }).safeParse(done.output)
  if (!merged.success)
    throw new OrreryError('CONFLICT', 'the conflict was resolved by leaving the change out', {
      hint: 'Retry the task: it then begins at what others merged.',
    })
  const patch = await patchOfTask(context, done.taskIndex)
  return { commit: merged.data.commit, ...patch }
}

/** The resolver's own patch, recorded so that the task finds the same one when it is done again. */
async function patchOfTask(context: TaskContext, taskIndex: number): Promise<Omit<Resolved, 'commit'>> {
  const { outputHash } = await context.journal('gather', `What task ${taskIndex} merged`, async () => {
    const own = (await context.artifacts()).filter(one => one.taskIndex === taskIndex)
    const patch = own.findLast(({ kind }) => kind === 'CodePatch')
    if (patch === undefined) throw new OrreryError('INTERNAL', `task ${taskIndex} merged and left no patch`)
    return { output: { artifactId: patch.artifactId }, outputHash: patch.hash }
  })
  const body = await context.blobs.get(outputHash ?? '')
  const { files } = CodePatch.parse(parseJson(body))
  return {
    files: files.map(({ path }) => path),
    patch: { kind: 'CodePatch', title: 'Merged change', mediaType: 'application/json', body },
  }
}

/** Both sides of each file, as Git marks them. */
export const conflictText = (files: readonly Conflict[], mostCharacters: number): string =>
  files
    .map(
      ({ file, markers }) => `- ${file}${markers === '' ? ' (one side deleted it, or it is no text)' : `\n${markers}`}`,
    )
    .join('\n')
    .slice(0, mostCharacters)
