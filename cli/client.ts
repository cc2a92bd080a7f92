/** Queries, mutations and downloads over HTTP. */

import { setTimeout as sleep } from 'node:timers/promises'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql/language/printer.js'
import type { Connection } from './connection.ts'
import { CliError, exitCodeOfRefusal, exitCodes } from './exit.ts'

export type Client = {
  readonly url: string
  /** The data of an answer without errors. Throws CliError. */
  query<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data>
  /** The bytes of `art_…`. Throws CliError. */
  artifact(id: string): Promise<ReadableStream<Uint8Array>>
  /** What `run_…` has made, as a zip; `kind`: only of this kind. Throws CliError. */
  archive(id: string, kind: string | null): Promise<ReadableStream<Uint8Array>>
}

type GraphQLAnswer = {
  data?: unknown
  errors?: { message: string; extensions?: { code?: string; hint?: string } }[]
}

const answerMs = 30_000
/** Waits before the second and third try of what failed on its way. Every mutation may be said twice. */
const retryAfterMs = [250, 1_500]

export function createClient({ url, key }: Connection, fetcher: typeof fetch = fetch): Client {
  const request = async (path: string, init: RequestInit): Promise<Response> => {
    for (let tries = 0; ; tries++) {
      const pause = retryAfterMs[tries]
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(new DOMException('no answer', 'TimeoutError')), answerMs).unref()
      try {
        const response = await fetcher(`${url}${path}`, {
          ...init,
          headers: { ...init.headers, authorization: `Bearer ${key}` },
          redirect: 'error',
          signal: late.signal,
        })
        if (response.status < 502 || response.status > 504 || pause === undefined) return response
      } catch (error) {
        if (pause === undefined || !isBroken(error)) throw unreachable(url, error)
      } finally {
        // A download that has begun may be long.
        if (init.method === 'GET') clearTimeout(timer)
      }
      await sleep(pause)
    }
  }

  const download = async (path: string, missing: CliError): Promise<ReadableStream<Uint8Array>> => {
    const response = await request(path, { method: 'GET' })
    if (response.status === 404) throw missing
    if (!response.ok || response.body === null) throw refusedWith(url, response.status)
    return response.body as ReadableStream<Uint8Array>
  }

  return {
    url,
    async query<Data, Variables extends Record<string, unknown>>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
    ) {
      const response = await request('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query: print(document), variables }),
      })
      const answer = await readAnswer(url, response)
      const [error] = answer.errors ?? []
      if (error !== undefined)
        throw refusal(error.extensions?.code ?? 'INTERNAL', error.message, error.extensions?.hint)
      return answer.data as Data
    },

    artifact: id =>
      download(
        `/artifacts/${id}`,
        new CliError(`there is no artifact ${id}.`, {
          code: 'NOT_FOUND',
          hint: 'orrery artifacts list shows those of a run.',
        }),
      ),

    archive: (id, kind) =>
      download(
        `/artifacts/${id}${kind === null ? '' : `?kind=${encodeURIComponent(kind)}`}`,
        refusal('NOT_FOUND', `there is no run ${id}`),
      ),
  }
}

async function readAnswer(url: string, response: Response): Promise<GraphQLAnswer> {
  const text = await response.text()
  try {
    const answer = JSON.parse(text) as GraphQLAnswer
    if (answer !== null && typeof answer === 'object' && ('data' in answer || 'errors' in answer)) return answer
  } catch {
    // Not from Orrery, or from something before it.
  }
  throw refusedWith(url, response.status)
}

function refusedWith(url: string, status: number): CliError {
  if (status === 401 || status === 403) return refusal('UNAUTHENTICATED', '')
  return new CliError(`${url} answers with status ${status}, and not as Orrery does.`, {
    hint: 'See whether ORRERY_URL leads to the right server.',
  })
}

/** What the server said no with. */
export function refusal(code: string, message: string, hint = ''): CliError {
  if (code === tooLong.code) return new CliError(tooLong.message, tooLong)
  const exitCode = exitCodeOfRefusal(code)
  if (exitCode === exitCodes.authentication)
    return new CliError(message || 'the server does not accept this key.', {
      code,
      exitCode,
      hint:
        hint ||
        'Set ORRERY_KEY to a valid key, or read it anew from credentials.json in the data directory of the server.',
    })
  return new CliError(/[.!?…]$/.test(message) ? message : `${message}.`, {
    code,
    exitCode,
    hint: hint || hintFor(code, message),
  })
}

/** The server's library says it in its own words. */
const tooLong = {
  code: 'REQUEST_ENTITY_TOO_LARGE',
  message: 'what was sent is longer than the server takes in one request.',
  hint: 'An objective has at most 32,000 characters: put the rest into a file of the repository, and name it.',
}

/** What the server cannot know: how the command line would go on. */
const hintFor = (code: string, message: string): string =>
  code === 'NOT_FOUND' && message.startsWith('there is no run ') ? 'orrery list shows those there are.' : ''

export function unreachable(url: string, error: unknown): CliError {
  const { name } = error as Error
  const why = name === 'TimeoutError' ? `no answer within ${answerMs / 1_000} s` : reasonOf(error)
  return new CliError(`no Orrery server answers at ${url} (${why}).`, {
    code: 'UNREACHABLE',
    hint: 'Start it with `npm start` in the directory of Orrery, or say where it is with ORRERY_URL and ORRERY_KEY.',
    cause: error,
  })
}

/** The connection broke on the way; nobody there at all is another matter. */
const isBroken = (error: unknown): boolean => ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(reasonOf(error))

/** `ECONNREFUSED` … as Node calls it: fetch hides it in the cause, and several addresses in an AggregateError. */
function reasonOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException
    if (typeof code === 'string') return code
    if (at instanceof AggregateError && at.errors.length > 0) return reasonOf(at.errors[0])
  }
  return (error as Error).message
}
