/** Asks a person whether a change may leave the run, with what it is. */
import { isApproved, yesOrNo } from '../../domain/approval.ts'
import type { Json } from '../../domain/json.ts'
import type { TaskContext } from '../../domain/ports.ts'
import type { Patch } from './patch.ts'

export type Publication = {
  title: string
  /** What happens to the files, after their number and what they stand on. */
  lead: string
  patch: Patch
  facts: { readonly [key: string]: Json }
  /** The same question for whoever asks it again. */
  subject: string
}

/** `denied` is why not; null where it may. */
export async function mayPublish(
  context: TaskContext,
  { title, lead, patch, facts, subject }: Publication,
): Promise<{ denied: string | null }> {
  const { base, commit, files, hash: diff } = patch
  const counts = { files: files.length, added: sum(patch, 'added'), removed: sum(patch, 'removed') }
  const answered = await context.ask({
    ...{ kind: 'push', title, subject, body: describe(patch, lead), fields: yesOrNo },
    ...{ timeoutMs: null, onDeadline: 'deny', quorum: 1 },
    facts: { ...facts, commit, base, ...counts, diff },
  })
  if (isApproved(answered)) return { denied: null }
  const { reason } = answered.answer
  return { denied: typeof reason === 'string' && reason !== '' ? reason : 'it was not approved' }
}

const shownFiles = 60
const shownDiff = 4_000

function describe(patch: Patch, lead: string): string {
  const files = patch.files
    .slice(0, shownFiles)
    .map(({ path, status, added, removed }) => `- ${path} (${status}, +${added ?? '?'} −${removed ?? '?'})`)
  const more = patch.files.length > shownFiles ? [`- and ${patch.files.length - shownFiles} more`] : []
  const fence = '`'.repeat(Math.max(3, ...[...patch.diff.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  const diff = patch.diff.length > shownDiff ? `${patch.diff.slice(0, shownDiff)}\n…` : patch.diff
  return [
    `${patch.files.length === 1 ? '1 file' : `${patch.files.length} files`} on ${patch.base.slice(0, 12)}, ${lead}`,
    [...files, ...more].join('\n'),
    `${fence}diff\n${diff}\n${fence}`,
  ].join('\n\n')
}

const sum = ({ files }: Patch, of: 'added' | 'removed'): number =>
  files.reduce((total, file) => total + (file[of] ?? 0), 0)
