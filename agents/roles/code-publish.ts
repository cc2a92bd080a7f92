/** Brings what a run has made to whoever asked for it: as a patch, and as a branch of their own repository. */
import { z } from 'zod'
import type { ArtifactDraft } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { localRepository } from '../checkout/directory.ts'
import { branchName } from '../code/branch-name.ts'
import { writeBranch } from '../code/local-branch.ts'
import { mayPublish } from '../code/may-publish.ts'
import { codePatch } from '../code/patch.ts'
import { type Outcome, packOutcome, plainOutcome } from '../code/publication.ts'
import { beginAtTrunk, codeSourceOf } from '../code/trunk.ts'
import { attempt } from '../sandboxed/attempt.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

const Input = z.object({
  /** Where the checkout came from; without it there is a patch and no branch. */
  repo: z.string().max(4_096).nullish(),
  workflow: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,60}$/)
    .default('run'),
  branch: z.string().max(200).nullish(),
  /** `auto` writes the local branch without asking; what is pushed to another machine is asked about by code.push. */
  publish: z.enum(['ask', 'auto', 'never']).default('ask'),
})

export function codePublish(toolbox: Toolbox): Agent {
  return {
    name: 'code.publish',
    title: 'Publish',
    description:
      'Writes what was merged as a new branch into the local repository that it came from, after asking, and keeps it as a patch in any case; a project that lies nowhere yet comes as an archive. Touches no other branch and no working tree.',
    capabilities: ['git', 'code', 'publish'],
    workerClass: 'sandbox',
    produces: ['CodePatch', 'Archive'],
    asks: input => (Input.safeParse(input).data?.publish === 'ask' ? 'Whether the branch is to be written' : null),
    run: context => attempt(context, () => publish(context, toolbox)),
  }
}

async function publish(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const { workflow, branch, publish: wish, repo } = parseInput(context.input)
  const source = codeSourceOf(context)
  const name = branchName(branch ?? null, workflow, context.runId)
  const trunk = await beginAtTrunk(context, toolbox, source)
  if (!trunk.merged)
    throw new OrreryError('BAD_INPUT', 'nothing was changed: there is no commit to publish', {
      hint: 'Look at what the tasks before this one submitted.',
    })
  const place = wish === 'never' || source.commit === null ? null : localRepository(repo ?? null)
  const outcome =
    place === null || source.commit === null
      ? await plainOutcome(context, toolbox, trunk, { archive: (repo ?? null) === null })
      : await packOutcome(context, toolbox, trunk, { ...place, upstream: source.commit, branch: name })
  const asks = outcome.pack !== null && wish === 'ask'
  const { denied } = asks ? await permission(context, name, outcome) : { denied: null }
  const published = place !== null && outcome.pack !== null && denied === null
  if (published && place !== null) await write(context, place.gitDir, name, outcome)
  const why = denied ?? (place === null ? reasonOf(wish, source.commit, repo ?? null) : null)
  context.output(published ? `branch ${name} at ${outcome.patch.commit}\n` : `no branch was written: ${why}\n`)
  return {
    ok: true,
    output: {
      published,
      branch: published ? name : null,
      commit: outcome.patch.commit,
      base: outcome.patch.base,
      files: outcome.patch.files.length,
      why,
    },
    artifacts: [patchArtifact(context, outcome, published ? name : null), ...(await projectArtifact(context, outcome))],
  }
}

function parseInput(input: Json): z.output<typeof Input> {
  const parsed = Input.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new OrreryError('BAD_INPUT', `the input does not fit: ${faults.join('; ')}`)
}

const reasonOf = (wish: string, commit: string | null, repo: string | null): string =>
  wish === 'never'
    ? 'none was wanted'
    : commit === null || repo === null
      ? 'the work began at no commit of a repository'
      : 'the repository does not lie on this machine'

const permission = (context: TaskContext, branch: string, { patch }: Outcome) =>
  mayPublish(context, {
    title: `Write the branch ${branch}?`,
    lead: `as the new branch \`${branch}\`. Nothing else of the repository changes.`,
    ...{ patch, facts: { branch }, subject: 'publish' },
  })

/** An effect outside: compare-and-swap under the name of the branch, so that it may be repeated. */
async function write(
  context: TaskContext,
  gitDir: string,
  branch: string,
  { pack, expected, patch }: Outcome,
): Promise<void> {
  if (pack === null) return
  await context.journal('git', `Write the branch ${branch}`, async () => {
    const [bytes, index] = await Promise.all([context.blobs.get(pack.hash), context.blobs.get(pack.index)])
    writeBranch({ gitDir, branch, commit: patch.commit, expected, pack: { name: pack.name, pack: bytes, index } })
    return { output: { branch, commit: patch.commit } }
  })
}

function patchArtifact(
  context: TaskContext,
  { patch, commits, simulated }: Outcome,
  branch: string | null,
): ArtifactDraft {
  const made = { title: 'Patch', patch, commits, simulated: simulated || context.simulated }
  return codePatch({ ...made, branch, published: branch === null ? null : patch.commit })
}

/** A project that lies nowhere yet is handed over whole. */
async function projectArtifact(context: TaskContext, { archive, simulated }: Outcome): Promise<ArtifactDraft[]> {
  if (archive === null) return []
  const title = simulated || context.simulated ? 'Project (simulated)' : 'Project'
  return [{ kind: 'Archive', title, mediaType: 'application/x-tar', body: await context.blobs.get(archive) }]
}
