/** What a run has made, on its way out: all of its commits as one patch, and as a pack for the repository that it is for. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { JournalResult, TaskContext, Workspace } from '../../domain/ports.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { CodePatch } from '../../domain/work.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { type Patch, patchOf } from './patch.ts'
import { Changed, CommitId, mostDiffBytes, mostTreeBytes, runProgram } from './program.ts'
import { type Beginning, within } from './trunk.ts'

export type Outcome = {
  patch: Patch & { commit: string }
  commits: CodePatch['commits']
  /** Blobs of a pack and its index; null where it is for no repository. */
  pack: { name: string; hash: string; index: string } | null
  /** Blob of all files as a tar; null where they are for a repository. */
  archive: string | null
  /** Where the branch stood when the pack was made. */
  expected: string | null
  /** Whether a commit of it says so. */
  simulated: boolean
}

const Commits = z.array(z.object({ commit: CommitId, message: z.string() }))
const Answer = z.object({
  commit: CommitId,
  expected: CommitId.nullable().default(null),
  pack: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable()
    .default(null),
  files: Changed,
  commits: Commits,
})
const Pack = z.object({ name: z.string(), hash: z.string(), index: z.string() }).nullable()
const Kept = z.object({
  base: CommitId,
  commit: CommitId,
  expected: CommitId.nullable(),
  files: Changed,
  commits: Commits,
  diff: z.string(),
  pack: Pack,
  archive: z.string().nullable().default(null),
})

/** Where the commits belong: a repository of this machine, or one behind a URL, of which the upstream is fetched. */
export type Target = { prefix: string; upstream: string; branch: string } & (
  | { gitDir: string; url?: never }
  | { url: string; gitDir?: never }
)

/** The commits as they would stand in the user's repository, which is only read. */
export function packOutcome(
  context: TaskContext,
  toolbox: Toolbox,
  trunk: Beginning,
  target: Target,
): Promise<Outcome> {
  const { gitDir, url, prefix, upstream, branch } = target
  const surroundings =
    gitDir === undefined
      ? { egress: [new URL(url).host] }
      : { mounts: [{ hostPath: gitDir, path: '/opt/target' }], egress: [] }
  const options = {
    gitDir: gitDir === undefined ? '' : '/opt/target',
    url: url ?? '',
    prefix,
    upstream,
    branch,
    base: trunk.base,
    runLine: `Orrery-Run: ${context.runId}`,
  }
  return made(context, `Pack the commits for ${branch}`, () =>
    within(
      context,
      toolbox,
      async workspace => {
        await workspace.unpack('repo', await context.blobs.get(trunk.hash))
        const call = { program: 'code-publish.mjs', options, answer: Answer, signal: context.signal }
        return keep(context, workspace, upstream, await runProgram(workspace, toolbox, call))
      },
      surroundings,
    ),
  )
}

/** The commits as they stand on the trunk; with `archive`, also what they make together, for who has no repository yet. */
export function plainOutcome(
  context: TaskContext,
  toolbox: Toolbox,
  trunk: Beginning,
  { archive }: { archive: boolean },
): Promise<Outcome> {
  return made(context, 'Write the patch', () =>
    within(context, toolbox, async workspace => {
      await workspace.unpack('repo', await context.blobs.get(trunk.hash))
      const options = { base: trunk.base, commit: trunk.commit, archive }
      const call = { program: 'code-outcome.mjs', options, answer: Answer, signal: context.signal }
      const answer = await runProgram(workspace, toolbox, call)
      return keep(context, workspace, trunk.base, { ...answer, archive })
    }),
  )
}

async function keep(
  context: TaskContext,
  workspace: Workspace,
  base: string,
  answer: z.output<typeof Answer> & { archive?: boolean },
): Promise<JournalResult> {
  const stored = async (path: string, most: number) =>
    (await context.blobs.put(await workspace.readFile(path, most))).hash
  const { pack: name, commit, expected, files, commits } = answer
  const diff = await stored('patch.diff', mostDiffBytes)
  const pack =
    name === null
      ? null
      : {
          name,
          hash: await stored(`out/pack-${name}.pack`, mostTreeBytes),
          index: await stored(`out/pack-${name}.idx`, mostTreeBytes),
        }
  const archive = answer.archive ? await stored('project.tar', mostTreeBytes) : null
  const kept: z.input<typeof Kept> = { base, commit, expected, files, commits, diff, pack, archive }
  const { hash } = await context.blobs.put(new TextEncoder().encode(JSON.stringify(kept)))
  return { output: { commit, files: files.length, commits: commits.length }, outputHash: hash }
}

async function made(context: TaskContext, summary: string, run: () => Promise<JournalResult>): Promise<Outcome> {
  const { outputHash } = await context.journal('git', summary, run)
  if (outputHash === null) throw new OrreryError('INTERNAL', 'the outcome was recorded without its bytes')
  const kept = Kept.parse(parseJson(await context.blobs.get(outputHash)))
  const patch = await patchOf(context, await context.blobs.get(kept.diff), kept)
  const commits = kept.commits.map(({ commit, message }) => ({ commit, message: cleanText(message) }))
  const simulated = commits.some(({ message }) => /^Simulated: true$/m.test(message))
  const { pack, archive, expected } = kept
  return { patch: { ...patch, commit: kept.commit }, commits, pack, archive, expected, simulated }
}
