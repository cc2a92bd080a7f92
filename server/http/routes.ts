/** Every address that this server answers, and to whom. */
import type { Principal } from '../auth/principal.ts'
import type { Context } from '../context.ts'
import { problem, wantsHtml } from './answers.ts'
import { archiveAnswer } from './artifact-archive.ts'
import { artifactAnswer } from './artifacts.ts'
import { bodyAnswer } from './bodies.ts'
import type { ClientFiles } from './client-files.ts'
import { diffAnswer } from './diffs.ts'
import type { Playground } from './playground.ts'
import { createProbes, type ProbesDeps } from './probes.ts'
import type { Route } from './route.ts'
import type { SignIn } from './sign-in.ts'

export type RoutesDeps = ProbesDeps & {
  graphql: (request: Request, context: () => Context) => Promise<Response>
  contextFor: (principal: Principal, correlationId: string) => Context
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
    answer: async (_, url, { principal, correlationId }) => {
      const { reads } = contextFor(principal, correlationId)
      const [id = '', part] = url.pathname.slice('/artifacts/'.length).split('/')
      if (part === 'diff') return diffAnswer(reads, id, url.searchParams.get('file'))
      if (part !== undefined) return problem(404, 'NOT_FOUND', 'There is nothing here.')
      return id.startsWith('run_') ? archiveAnswer(reads, id, url.searchParams) : artifactAnswer(reads, id)
    },
  }

  const body: Route = {
    name: 'body',
    methods: ['GET', 'HEAD'],
    access: 'known',
    answer: (request, url, { principal, correlationId }) =>
      bodyAnswer(contextFor(principal, correlationId).reads, request.method, url.pathname.slice('/bodies/'.length)),
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
  return path => exact[path] ?? (path.startsWith('/artifacts/') ? artifact : path.startsWith('/bodies/') ? body : page)
}

const isJson = (request: Request): boolean =>
  /^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? '')
