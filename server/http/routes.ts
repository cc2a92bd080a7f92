/** Every address that this server answers, and to whom. */
import type { Principal } from '../auth/principal.ts'
import type { Context } from '../context.ts'
import type { Health } from '../health.ts'
import type { Metrics } from '../telemetry.ts'
import { json, problem, wantsHtml } from './answers.ts'
import { artifactAnswer } from './artifacts.ts'
import type { ClientFiles } from './client-files.ts'
import type { Playground } from './playground.ts'
import type { SignIn } from './sign-in.ts'

/** What a route knows of the one who asks. */
export type Caller = { principal: Principal; correlationId: string }

export type Route = {
  /** For the metrics: a name for all addresses of its kind. */
  name: string
  methods: readonly string[]
} & (
  | { access: 'everybody'; answer: (request: Request, url: URL) => Promise<Response> }
  | { access: 'known'; answer: (request: Request, url: URL, caller: Caller) => Promise<Response> }
)

export type RoutesDeps = {
  graphql: (request: Request, context: () => Context) => Promise<Response>
  contextFor: (principal: Principal, correlationId: string) => Context
  health: Health
  metrics: Metrics
  signIn: SignIn
  playground: Playground
  client: ClientFiles
}

export function createRoutes(deps: RoutesDeps): (path: string) => Route {
  const { graphql, contextFor, health, metrics, signIn, playground, client } = deps

  const live: Route = {
    name: 'live',
    methods: ['GET', 'HEAD'],
    access: 'everybody',
    answer: async () => json(200, { status: 'live' }),
  }
  const signingIn: Route = { name: 'sign-in', methods: ['GET', 'POST'], access: 'everybody', answer: signIn.answer }
  const signingOut: Route = { name: 'sign-out', methods: ['POST'], access: 'everybody', answer: signIn.signOut }

  const api: Route = {
    name: 'graphql',
    methods: ['GET', 'POST'],
    access: 'known',
    answer: async (request, url, { principal, correlationId }) => {
      if (wantsHtml(request) && !url.searchParams.has('query')) return playground.page(request)
      if (request.method === 'POST' && !isJson(request))
        return problem(415, 'BAD_INPUT', 'Send the operation as application/json.')
      return graphql(request, () => contextFor(principal, correlationId))
    },
  }

  const ready: Route = {
    name: 'ready',
    methods: ['GET', 'HEAD'],
    access: 'known',
    answer: async () => {
      const report = await health.check()
      return json(report.status === 'DOWN' ? 503 : 200, report)
    },
  }

  const numbers: Route = {
    name: 'metrics',
    methods: ['GET', 'HEAD'],
    access: 'known',
    answer: async () =>
      new Response(await metrics.text(), {
        headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
      }),
  }

  const artifact: Route = {
    name: 'artifact',
    methods: ['GET', 'HEAD'],
    access: 'known',
    answer: (_, url, { principal, correlationId }) =>
      artifactAnswer(contextFor(principal, correlationId).reads, url.pathname.slice('/artifacts/'.length)),
  }

  const page: Route = {
    name: 'page',
    methods: ['GET', 'HEAD'],
    access: 'known',
    answer: async (request, url) =>
      client.answer(request, url.pathname) ?? problem(404, 'NOT_FOUND', 'There is nothing here.'),
  }

  const exact: Readonly<Record<string, Route>> = {
    '/health/live': live,
    '/health/ready': ready,
    '/metrics': numbers,
    '/graphql': api,
    '/sign-in': signingIn,
    '/sign-out': signingOut,
  }
  return path => exact[path] ?? (path.startsWith('/artifacts/') ? artifact : page)
}

const isJson = (request: Request): boolean =>
  /^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? '')
