/** Bytes of artifacts. They come out of sandboxes and repositories: a browser must neither run nor guess them. */
import type { TenantReads } from '../../db/tenancy.ts'
import { problem } from './answers.ts'
import { bareType, disposition, fileName } from './file-name.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** Media types that are shown as what they are; all else is bytes. */
const shown = /^(text\/(plain|markdown|csv)|application\/(json|sarif\+json|gzip|x-tar|zip))$/

/** The artifact of that global id, streamed. */
export async function artifactAnswer(reads: TenantReads, id: string): Promise<Response> {
  const uuid = uuidOrNull('Artifact', id)
  const [artifact] = uuid === null ? [] : await reads.artifacts.byIds([uuid])
  if (artifact === undefined) return problem(404, 'NOT_FOUND', 'There is no such artifact.')
  const body = reads.artifacts.body(artifact.hash)
  // The first piece tells whether the bytes are there, before anything is promised.
  const first = artifact.size === 0 ? { done: true, value: undefined } : await body.next()
  const type = bareType(artifact.mediaType)
  return new Response(streamOf(first.value ?? null, body), {
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

function streamOf(first: Uint8Array | null, rest: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  let held = first
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = held === null ? await rest.next() : { done: false, value: held }
      held = null
      if (done || value === undefined) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    cancel: () => void rest.return(undefined),
  })
}
