/** Answers that are none of GraphQL's. */
import type { ErrorCode } from '../../domain/errors.ts'

/** On every answer: nothing is guessed, framed, embedded or told to the next site. Our own forms must keep their origin. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  })

/** In the shape of a GraphQL error, so that a client reads one shape everywhere. */
export const problem = (
  status: number,
  code: ErrorCode,
  message: string,
  headers: Record<string, string> = {},
): Response => json(status, { errors: [{ message, extensions: { code } }] }, headers)

export const unauthenticated = (message: string): Response =>
  problem(401, 'UNAUTHENTICATED', message, { 'www-authenticate': 'Bearer' })

export const html = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  })

export const wantsHtml = (request: Request): boolean =>
  request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html')
