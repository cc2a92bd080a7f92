/** How a finished change reaches the trunk: committed with where it came from, merged, or resolved where it conflicts. */
import type { ArtifactDraft } from '../../domain/artifact.ts'
import type { Role } from '../../domain/role.ts'
import { codePatch } from '../code/patch.ts'
import { conflictText, resolveConflict, resolverName } from '../code/resolve.ts'
import type { CodeWorkspace } from '../code/workspace.ts'
import type { Submission } from '../tools/submit.ts'
import type { ToolEnv } from '../tools/tool.ts'

export type Landed = {
  /** Paths; none where nothing was changed. */
  files: readonly string[]
  /** On the trunk; null where nothing was changed. */
  commit: string | null
  patch: ArtifactDraft | null
}

export type LandOptions = {
  env: ToolEnv
  role: Pick<Role, 'name' | 'title'>
  models: readonly string[]
}

/** The landed change, or what stands against it: the resolver of a conflict is told of the next one. Throws OrreryError CONFLICT. */
export async function land(
  code: CodeWorkspace,
  submission: Submission,
  { env, role, models }: LandOptions,
): Promise<Landed | { objection: string }> {
  const { simulated } = env.context
  const message = messageOf(submission)
  const trailers = {
    'Orrery-Agent': role.name,
    'Orrery-Model': models.join(', ') || 'none',
    ...(simulated ? { Simulated: 'true' } : {}),
  }
  await code.commit(message, trailers)
  const merged = await code.merge(undefined, trailers)
  switch (merged.outcome) {
    case 'nothing':
      return { files: [], commit: null, patch: null }
    case 'merged': {
      const commits = [{ commit: merged.commit, message: merged.message }]
      const patch = codePatch({ title: submission.title, patch: merged.patch, commits, simulated })
      return { files: merged.patch.files.map(({ path }) => path), commit: merged.commit, patch }
    }
    case 'conflict': {
      if (role.name === resolverName) return { objection: objectionTo(conflictText(merged.files, shownConflicts)) }
      return resolveConflict(env.context, { title: submission.title, files: merged.files, at: merged.trunk })
    }
  }
}

const shownConflicts = 12_000

const objectionTo = (conflicts: string): string =>
  `Others merged changes to the same lines once more. Your workspace now stands at their state, with your change merged in where it could be; these files hold both sides between <<<<<<< and >>>>>>>:
${conflicts}
Resolve them so that both changes keep their purpose, remove the markers, run the tests, and submit again.`

/** The title is the subject and the summary follows, unless it begins with the same words. */
function messageOf({ title, body }: Submission): string {
  const summary = typeof body === 'object' && body !== null && 'summary' in body ? body.summary : null
  const told = typeof summary === 'string' ? summary.trim() : ''
  const subject = title.trim()
  return told === '' || told.split('\n')[0]?.trim() === subject ? told || subject : `${subject}\n\n${told}`
}
