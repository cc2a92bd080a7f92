/** What happens to every request before and after its route: who may come in, what went wrong, how long it took. */
import { randomUUID } from 'node:crypto'
import { isTemporary } from '../../db/connect.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Authenticate } from '../auth/authenticate.ts'
import type { Metrics } from '../telemetry.ts'
import { problem, safeHeaders, unauthenticated, wantsHtml } from './answers.ts'
import type { Guard } from './guard.ts'
import type { Caller, Route } from './route.ts'
import { signInPage } from './sign-in-page.ts'

export type GateDeps = {
  guard: Guard
  authenticate: Authenticate
  routeOf: (path: string) => Route
  metrics: Pick<Metrics, 'requests'>
  report: (error: unknown, reference: string) => void
}

/** @returns the server as one function, which never throws. */
export function createGate(deps: GateDeps): (request: Request) => Promise<Response> {
  const { guard, authenticate, routeOf, metrics, report } = deps

  const admit = async (request: Request, url: URL, route: Route, correlationId: string): Promise<Response> => {
    const whence = {
      host: request.headers.get('host') ?? url.host,
      origin: request.headers.get('origin')?.toLowerCase() ?? null,
    }
    const refusal = route.anyName === true ? null : guard.refusal(whence)
    if (refusal !== null) return problem(403, 'FORBIDDEN', refusal)
    const foreign = guard.foreign(whence)
    if (foreign !== null && request.method === 'OPTIONS')
      return readableBy(foreign, new Response(null, { status: 204 }))
    if (!route.methods.includes(request.method)) {
      return problem(405, 'BAD_INPUT', `This address takes ${route.methods.join(' and ')}.`, {
        allow: route.methods.join(', '),
      })
    }
    const answer = await enter(request, url, route, correlationId)
    return foreign === null ? answer : readableBy(foreign, answer)
  }

  const identify = async (request: Request, correlationId: string): Promise<Caller | null> => {
    const principal = await authenticate({
      authorization: request.headers.get('authorization'),
      cookie: request.headers.get('cookie'),
    })
    return principal === null ? null : { principal, correlationId }
  }

  const enter = async (request: Request, url: URL, route: Route, correlationId: string): Promise<Response> => {
    if (route.access === 'everybody') return route.answer(request, url, () => identify(request, correlationId))
    const caller = await identify(request, correlationId)
    if (caller !== null) return route.answer(request, url, caller)
    if (wantsHtml(request)) return signInPage({ status: 401, to: url.pathname + url.search })
    return unauthenticated('A valid key is needed: Authorization: Bearer orr_…')
  }

  return async request => {
    const began = performance.now()
    const url = new URL(request.url)
    const route = routeOf(url.pathname)
    const correlationId = givenId(request) ?? randomUUID()
    const response = await admit(request, url, route, correlationId).catch(error =>
      failed(error, correlationId, report),
    )
    metrics.requests.observe(
      { route: route.name, status: String(response.status) },
      (performance.now() - began) / 1_000,
    )
    return finished(response, { ...safeHeaders, 'x-request-id': correlationId })
  }
}

function failed(error: unknown, correlationId: string, report: GateDeps['report']): Response {
  if (isTemporary(error))
    return problem(503, 'UNAVAILABLE', 'Postgres does not answer. Try again in a moment.', { 'retry-after': '1' })
  if (error instanceof OrreryError && error.code !== 'INTERNAL')
    return problem(statusOf(error), error.code, error.message)
  report(error, correlationId)
  return problem(500, 'INTERNAL', `Something went wrong here; the log has more under ${correlationId}.`)
}

const statusOf = ({ code }: OrreryError): number => (code === 'NOT_FOUND' ? 404 : code === 'UNAVAILABLE' ? 503 : 400)

/** A caller may follow its request by an id of its own. */
const givenId = (request: Request): string | null =>
  /^[\w.-]{8,100}$/.exec(request.headers.get('x-request-id') ?? '')?.[0] ?? null

const readableBy = (origin: string, response: Response): Response =>
  finished(response, {
    'access-control-allow-origin': origin,
    'access-control-allow-headers': 'authorization, content-type, x-request-id',
    'access-control-allow-methods': 'GET, POST',
    'access-control-max-age': '600',
    vary: 'origin',
  })

/** The same answer with more headers; those that it has already stay. */
function finished(response: Response, more: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(more)) if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}
