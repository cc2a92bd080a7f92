/** Every address that this server answers, and to whom. */
import type { Principal } from '../auth/principal.ts'
import type { Context } from '../context.ts'
import type { Health } from '../health.ts'
import type { Metrics } from '../telemetry.ts'
import { problem, wantsHtml } from './answers.ts'
import { artifactAnswer } from './artifacts.ts'
import type { ClientFiles } from './client-files.ts'
import type { Playground } from './playground.ts'
import { createProbes } from './probes.ts'
import type { SignIn } from './sign-in.ts'

/** What a route knows of the one who asks. */
export type Caller = { principal: Principal; correlationId: string }

/** Looks who asks, where an answer to everybody says more to some; null for a stranger. */
export type Identify = () => Promise<Caller | null>

export type Route = {
  /** For the metrics: a name for all addresses of its kind. */
  name: string
  methods: readonly string[]
  /** Answers by whatever name it is called: probes and scrapers have addresses of their own for this server. */
  anyName?: true
} & (
  | { access: 'everybody'; answer: (request: Request, url: URL, identify: Identify) => Promise<Response> }
  | { access: 'known'; answer: (request: Request, url: URL, caller: Caller) => Promise<Response> }
)

export type RoutesDeps = {
  graphql: (request: Request, context: () => Context) => Promise<Response>
  contextFor: (principal: Principal, correlationId: string) => Context
  health: Health
  metrics: Metrics
  /** Opens the metrics, besides any key; null where there is none. */
  metricsToken: string | null
  signIn: SignIn
  playground: Playground
  client: ClientFiles
}

export function createRoutes(deps: RoutesDeps): (path: string) => Route {
  const { graphql, contextFor, signIn, playground, client } = deps

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
    ...createProbes(deps),
    '/graphql': api,
    '/sign-in': signingIn,
    '/sign-out': signingOut,
  }
  return path => exact[path] ?? (path.startsWith('/artifacts/') ? artifact : page)
}

const isJson = (request: Request): boolean =>
  /^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? '')
