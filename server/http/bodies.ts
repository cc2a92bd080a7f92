/** Bodies that are kept beside events: `/bodies/<run>/<seq>/<hash>`, for whoever may read the event that cites them. */
import type { TenantReads } from '../../db/tenancy.ts'
import { bodiesOf, type EventBody } from '../../domain/run/bodies.ts'
import { problem } from './answers.ts'
import { disposition } from './file-name.ts'
import { streamed } from './streamed.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** What a browser is told that it is. It comes out of tools and models: it is to be neither run nor guessed. */
const types: Readonly<Record<EventBody['kind'], readonly [type: string, extension: string]>> = {
  json: ['application/json; charset=utf-8', 'json'],
  text: ['text/plain; charset=utf-8', 'txt'],
  tree: ['application/x-tar', 'tar'],
}

/** `path`: what follows `/bodies/`. HEAD tells how large it is and reads none of it. */
export async function bodyAnswer(reads: TenantReads, method: string, path: string): Promise<Response> {
  const [run = '', seq = '', hash = ''] = path.split('/')
  const runId = uuidOrNull('Run', run)
  const known = runId !== null && /^[1-9]\d{0,8}$/.test(seq)
  const [event] = known ? await reads.events.byKeys([{ runId, seq: Number(seq) }]) : []
  const body = event === undefined ? undefined : bodiesOf(event).find(one => one.hash === hash)
  const size = body === undefined ? null : await reads.events.bodySize(body.hash)
  if (body === undefined || size === null) return problem(404, 'NOT_FOUND', 'No event cites such a body.')
  const [type, extension] = types[body.kind]
  const headers = {
    'content-type': type,
    'content-length': String(size),
    'content-disposition': disposition(`event-${seq}-${body.field}.${extension}`),
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cache-control': 'private, max-age=31536000, immutable',
  }
  return new Response(method === 'HEAD' ? null : await streamed(reads.artifacts.body(hash)), { headers })
}
