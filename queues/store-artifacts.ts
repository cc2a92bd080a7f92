/** Artifacts on their way from an agent into the store: parsed before they are believed, stored before they are cited. */
import { randomBytes } from 'node:crypto'
import { type ArtifactDraft, artifactKinds } from '../domain/artifact.ts'
import { OrreryError } from '../domain/errors.ts'
import { uuidv7 } from '../domain/ids.ts'
import type { Json } from '../domain/json.ts'
import type { BlobStore } from '../domain/ports.ts'
import { scoreOf } from '../domain/quality.ts'
import type { StoredArtifact } from '../domain/run/commands.ts'

/** Throws TASK_FAILED where a body does not look as its kind demands; nothing is stored then. */
export async function storeArtifacts(
  blobs: BlobStore,
  drafts: readonly ArtifactDraft[],
  { simulated = false }: { simulated?: boolean } = {},
): Promise<StoredArtifact[]> {
  const checked = drafts.map(checkedBody)
  const stored = checked.map(async ({ bytes, parsed }, index): Promise<StoredArtifact> => {
    const { kind, title, mediaType } = drafts[index] as ArtifactDraft
    const { hash, size } = await blobs.put(bytes)
    const artifactId = uuidv7(Date.now(), randomBytes(10))
    const score = parsed === null ? null : scoreOf(kind, parsed)
    return {
      artifactId,
      kind,
      title: title.slice(0, 4_000),
      mediaType: mediaType.slice(0, 200),
      size,
      hash,
      ...(simulated || saysSimulated(parsed) ? { simulated: true } : {}),
      ...(score === null ? {} : { score: score.score, scoreParts: score.parts.slice(0, 20) as unknown as Json }),
    }
  })
  return Promise.all(stored)
}

/** What a tool makes of the work of a simulated model says so itself. */
const saysSimulated = (parsed: unknown): boolean =>
  typeof parsed === 'object' && parsed !== null && 'simulated' in parsed && parsed.simulated === true

/** The bytes to keep, and what they say: of a kind with a schema only what the schema knows. */
function checkedBody({ kind, title, body }: ArtifactDraft): { bytes: Uint8Array; parsed: unknown } {
  const schema = artifactKinds[kind]
  if (schema === null) return { bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body, parsed: null }
  const parsed = schema.safeParse(parseJson(body))
  if (parsed.success) return { bytes: new TextEncoder().encode(JSON.stringify(parsed.data)), parsed: parsed.data }
  const faults = parsed.error.issues.slice(0, 10).map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new OrreryError('TASK_FAILED', `“${title}” is no well-formed ${kind}: ${faults.join('; ')}`)
}

function parseJson(body: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
