/** Bytes of artifacts. They come out of sandboxes and repositories: a browser must neither run nor guess them. */
import type { TenantReads } from '../../db/tenancy.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { problem } from './answers.ts'

/** Media types that are shown as what they are; all else is bytes. */
const shown = /^(text\/(plain|markdown|csv)|application\/(json|sarif\+json|gzip|x-tar|zip))$/

/** The artifact of that global id, streamed. */
export async function artifactAnswer(reads: TenantReads, id: string): Promise<Response> {
  const uuid = artifactUuid(id)
  const [artifact] = uuid === null ? [] : await reads.artifacts.byIds([uuid])
  if (artifact === undefined) return problem(404, 'NOT_FOUND', 'There is no such artifact.')
  const body = reads.artifacts.body(artifact.hash)
  // The first piece tells whether the bytes are there, before anything is promised.
  const first = artifact.size === 0 ? { done: true, value: undefined } : await body.next()
  const type = artifact.mediaType.split(';')[0]?.trim().toLowerCase() ?? ''
  return new Response(streamOf(first.value ?? null, body), {
    headers: {
      'content-type': shown.test(type) ? `${type}; charset=utf-8` : 'application/octet-stream',
      'content-length': String(artifact.size),
      'content-disposition': disposition(artifact.title, type),
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${artifact.hash}"`,
    },
  })
}

function artifactUuid(id: string): string | null {
  try {
    return uuidOf('Artifact', id)
  } catch (error) {
    if (error instanceof OrreryError) return null
    throw error
  }
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

const extensions: Readonly<Record<string, string>> = {
  'text/markdown': '.md',
  'text/plain': '.txt',
  'text/csv': '.csv',
  'application/json': '.json',
  'application/sarif+json': '.sarif',
  'application/gzip': '.gz',
  'application/x-tar': '.tar',
  'application/zip': '.zip',
}

/** Always a download, under a name that no file system minds. */
function disposition(title: string, type: string): string {
  const name =
    title
      .replace(/[^\p{Letter}\p{Number} ._-]+/gu, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 100) || 'artifact'
  const extension = extensions[type] ?? ''
  const full = name.toLowerCase().endsWith(extension) ? name : name + extension
  const plain = full.replace(/[^\x20-\x7e]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(full)}`
}
