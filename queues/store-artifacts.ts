/** Artifacts on their way from an agent into the store: parsed before they are believed, stored before they are cited. */
import { randomBytes } from 'node:crypto'
import { type ArtifactDraft, artifactKinds } from '../domain/artifact.ts'
import { OrreryError } from '../domain/errors.ts'
import { uuidv7 } from '../domain/ids.ts'
import type { BlobStore } from '../domain/ports.ts'
import type { StoredArtifact } from '../domain/run/commands.ts'

/** Throws TASK_FAILED where a body does not look as its kind demands; nothing is stored then. */
export async function storeArtifacts(blobs: BlobStore, drafts: readonly ArtifactDraft[]): Promise<StoredArtifact[]> {
  const bodies = drafts.map(checkedBody)
  const stored = bodies.map(async (body, index): Promise<StoredArtifact> => {
    const { kind, title, mediaType } = drafts[index] as ArtifactDraft
    const { hash, size } = await blobs.put(body)
    const artifactId = uuidv7(Date.now(), randomBytes(10))
    return { artifactId, kind, title: title.slice(0, 4_000), mediaType: mediaType.slice(0, 200), size, hash }
  })
  return Promise.all(stored)
}

/** The bytes to keep: of a kind with a schema only what the schema knows. */
function checkedBody({ kind, title, body }: ArtifactDraft): Uint8Array {
  const schema = artifactKinds[kind]
  if (schema === null) return typeof body === 'string' ? new TextEncoder().encode(body) : body
  const parsed = schema.safeParse(parseJson(body))
  if (parsed.success) return new TextEncoder().encode(JSON.stringify(parsed.data))
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
