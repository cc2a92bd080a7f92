/** The lines of a change to the code, of all its files or of one: what is too long to be read at once is read file by file. */
import type { TenantReads } from '../../db/tenancy.ts'
import { CodePatch } from '../../domain/work.ts'
import { problem } from './answers.ts'
import { diffPart, headOf } from './diff-part.ts'
import { disposition, plainName } from './file-name.ts'
import { streamed } from './streamed.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** Of one file, more is not sent to be read: nobody reads it, and a page that shows it does nothing else. */
const mostOfFile = 2 * 1024 * 1024
/** A change that says more than this about itself is none of ours. */
const mostOfBody = 16 * 1024 * 1024

/** The diff of the change of that global id; of one `file` only where one is named. */
export async function diffAnswer(reads: TenantReads, id: string, file: string | null): Promise<Response> {
  const uuid = uuidOrNull('Artifact', id)
  const [artifact] = uuid === null ? [] : await reads.artifacts.byIds([uuid])
  if (artifact?.kind !== 'CodePatch' || artifact.size > mostOfBody)
    return problem(404, 'NOT_FOUND', 'There is no such change.')
  const body = new TextDecoder().decode(await reads.blobs.get(artifact.hash))
  const { files, diff } = CodePatch.parse(JSON.parse(body))
  const pieces = reads.artifacts.body(diff.hash)
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'content-disposition': disposition(`${plainName(artifact.title, 'change')}.diff`),
    'cache-control': 'private, max-age=31536000, immutable',
  }
  if (file === null)
    return new Response(await streamed(pieces), { headers: { ...headers, 'content-length': String(diff.bytes) } })
  const named = files.find(({ path }) => path === file)
  const part = named === undefined ? null : await diffPart(pieces, headOf(named), mostOfFile)
  if (part === null) return problem(404, 'NOT_FOUND', 'The change does not touch this file.')
  if ('tooLarge' in part)
    return problem(413, 'LIMIT_REACHED', 'What changed in this file is more than 2 MiB: too long to be read on a page.')
  return new Response(new Uint8Array(part.bytes), { headers })
}
