/** A change as it is shown: files with their lines, the unified diff, and the artifact that holds both. */
import type { ArtifactDraft } from '../../domain/artifact.ts'
import type { TaskContext } from '../../domain/ports.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { CodePatch, PatchFile } from '../../domain/work.ts'

export type Patch = {
  base: string
  /** null while it is not committed. */
  commit: string | null
  files: readonly PatchFile[]
  /** The diff as a blob, and as text, cut to `shownLength` where it is longer. */
  hash: string
  bytes: number
  diff: string
}

/** Characters of a diff that are carried around as text. */
const shownLength = 512 * 1024

export async function patchOf(
  context: Pick<TaskContext, 'blobs'>,
  diff: Uint8Array,
  facts: Pick<Patch, 'base' | 'commit' | 'files'>,
): Promise<Patch> {
  const { hash, size } = await context.blobs.put(diff)
  return { ...facts, hash, bytes: size, diff: new TextDecoder().decode(diff.subarray(0, shownLength)) }
}

export type PatchArtifact = {
  title: string
  patch: Patch & { commit: string }
  commits: CodePatch['commits']
  simulated: boolean
  branch?: string | null
  published?: string | null
}

/** The CodePatch artifact of a committed change. Its text is left out where it was cut or could rewrite a screen. */
export function codePatch({ title, patch, commits, simulated, branch, published }: PatchArtifact): ArtifactDraft {
  const whole = patch.bytes <= shownLength && cleanText(patch.diff) === patch.diff
  const body: CodePatch = {
    base: patch.base,
    commit: patch.commit,
    branch: branch ?? null,
    published: published ?? null,
    files: [...patch.files],
    added: sum(patch.files, 'added'),
    removed: sum(patch.files, 'removed'),
    commits,
    diff: { hash: patch.hash, bytes: patch.bytes, text: whole ? patch.diff : null },
    simulated,
  }
  return {
    kind: 'CodePatch',
    title: simulated ? `${title} (simulated)` : title,
    mediaType: 'application/json',
    body: JSON.stringify(body),
  }
}

const sum = (files: readonly PatchFile[], of: 'added' | 'removed'): number =>
  files.reduce((total, file) => total + (file[of] ?? 0), 0)
