/** Bytes of artifacts. They come out of sandboxes and repositories: a browser must neither run nor guess them. */
import type { TenantReads } from '../../db/tenancy.ts'
import { problem } from './answers.ts'
import { bareType, disposition, fileName } from './file-name.ts'
import { streamed } from './streamed.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** Media types that are shown as what they are; all else is bytes. */
const shown = /^(text\/(plain|markdown|csv)|application\/(json|sarif\+json|gzip|x-tar|zip))$/

/** The artifact of that global id, streamed. */
export async function artifactAnswer(reads: TenantReads, id: string): Promise<Response> {
  const uuid = uuidOrNull('Artifact', id)
  const [artifact] = uuid === null ? [] : await reads.artifacts.byIds([uuid])
  if (artifact === undefined) return problem(404, 'NOT_FOUND', 'There is no such artifact.')
  const type = bareType(artifact.mediaType)
  return new Response(await streamed(reads.artifacts.body(artifact.hash)), {
    headers: {
      'content-type': shown.test(type) ? `${type}; charset=utf-8` : 'application/octet-stream',
      'content-length': String(artifact.size),
      'content-disposition': disposition(fileName(artifact.title, type)),
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${artifact.hash}"`,
    },
  })
}
