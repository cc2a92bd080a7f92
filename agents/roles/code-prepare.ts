/** Makes a repository of what was checked out, on which the tasks of the run work. */
import { z } from 'zod'
import { RepositorySummary } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { CommitId } from '../code/program.ts'
import { makeRepository } from '../code/trunk.ts'
import { attempt } from '../sandboxed/attempt.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import { sourceOf } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

const Made = z.object({ base: CommitId, files: z.number() })

export function codePrepare(toolbox: Toolbox): Agent {
  return {
    name: 'code.prepare',
    title: 'Prepare',
    description:
      'Makes a Git repository of the checkout, with its state as the first commit: works for plain directories, detached heads and trees with changes, which it names. Refuses an empty tree.',
    capabilities: ['git', 'code'],
    workerClass: 'sandbox',
    produces: [],
    run: context => attempt(context, () => prepare(context, toolbox)),
  }
}

async function prepare(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const source = sourceOf(context)
  const record = await context.journal('git', 'Make a repository to work in', async () => {
    const { repository, base, files } = await makeRepository(context, toolbox, source)
    return { output: { base, files }, treeHash: repository }
  })
  if (record.treeHash === null) throw new OrreryError('INTERNAL', 'the repository was recorded without its tree')
  const { base, files } = Made.parse(record.output)
  const notes = notesOn(await summaryOf(context))
  context.output([`${files} files to work on`, ...notes].join('\n').concat('\n'))
  return { ok: true, output: { ...source, repository: record.treeHash, base, files, notes }, artifacts: [] }
}

async function summaryOf(context: TaskContext): Promise<RepositorySummary | null> {
  const ref = (await context.artifacts()).findLast(({ kind }) => kind === 'RepositorySummary')
  const parsed = ref && RepositorySummary.safeParse(parseJson(await context.blobs.get(ref.hash)))
  return parsed?.success ? parsed.data : null
}

/** What whoever asked for the work should know of where it begins. */
function notesOn(summary: RepositorySummary | null): string[] {
  if (summary === null) return []
  const { commit, branch, notChecked } = summary
  const notes = notChecked
    .filter(({ what }) => /changed files?|changes that are not committed|submodules|files$/.test(what))
    .map(({ what, why }) => `${what}: ${why}`)
  if (commit === null) notes.push('there is no commit: the work begins at the files as they lie there')
  else if (branch === null) notes.push(`no branch is checked out: the work begins at ${commit.slice(0, 12)}`)
  return notes.slice(0, 20)
}
