/** The API and the page, as one function from requests to answers. Does not listen: `listen.ts` does, and tests need not. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'
import { createServerAdapter } from '@whatwg-node/server'
import type { Keys } from '../db/keys.ts'
import { createAuthenticate } from './auth/authenticate.ts'
import type { Principal } from './auth/principal.ts'
import { createBudget } from './budget.ts'
import { createContext, type Services } from './context.ts'
import { createDocuments } from './documents.ts'
import { createMask } from './errors.ts'
import { createExecution } from './execution.ts'
import { readClientFiles } from './http/client-files.ts'
import { createGate } from './http/gate.ts'
import { createGuard, type GuardOptions } from './http/guard.ts'
import { createPlayground } from './http/playground.ts'
import { createRoutes } from './http/routes.ts'
import { createSignIn } from './http/sign-in.ts'
import { createFanOut } from './live/fan-out.ts'
import { createSchema } from './schema/schema.ts'
import { createSockets, type Sockets } from './sockets.ts'
import { createMetrics, type Log } from './telemetry.ts'
import { createGraphQLOverHttp } from './yoga.ts'

export type AppOptions = GuardOptions & {
  /** Largest body of a request. */
  bodyBytes: number
  /** Longest execution of an operation. */
  executionMs: number
  /** Fields that one key may ask for in a minute. */
  costPerMinute: number
  subscriptionsPerSocket: number
  socketsPerKey: number
  /** The built web client: `web/dist`. */
  clientDirectory: string
  /** Whether the numbers of the whole process are among the metrics. */
  processMetrics: boolean
  /** Opens the metrics, besides any key. */
  metricsToken?: string | null
}

export type AppDeps = { services: Services; keys: Keys; log: Log; options: AppOptions }

export interface App {
  /** Never throws. */
  fetch(request: Request): Promise<Response>
  readonly listener: RequestListener
  /** For the `upgrade` of a Node server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Says goodbye to all sockets. */
  close(): Promise<void>
}

export function createApp({ services, keys, log, options }: AppDeps): App {
  const schema = createSchema()
  const metrics = createMetrics({ ofProcess: options.processMetrics })
  const report = (error: unknown, reference: string) => {
    metrics.masked.inc()
    log.error({ err: error, reference }, 'unexpected error')
  }
  const mask = createMask(report)
  const guard = createGuard(options)
  const authenticate = createAuthenticate(keys)
  const contextFor = (principal: Principal, correlationId: string = randomUUID()) =>
    createContext(services, principal, correlationId)
  const execution = createExecution({
    schema,
    mask,
    budget: createBudget(options.costPerMinute, services.now),
    executionMs: options.executionMs,
    onDone: (kind, outcome) => metrics.operations.inc({ kind, outcome }),
  })
  const documents = createDocuments(schema, mask)
  const fanOut = createFanOut({
    followers: services.followers,
    failed: error => ({ errors: [mask(error)] }),
    onDelivered: messages => metrics.delivered.inc(messages),
  })
  const sockets = createSockets({
    ...options,
    execution,
    fanOut,
    authenticate,
    contextFor,
    documents,
    stillValid: keys.stillValid,
    report: error => report(error, 'socket'),
  })
  metrics.watch('orrery_sockets', 'WebSockets that are open.', () => sockets.state().sockets)
  metrics.watch('orrery_subscriptions', 'Operations under way on WebSockets.', () => sockets.state().subscriptions)
  metrics.watch('orrery_followed_runs', 'Runs that are followed.', () => services.followers.state().runs)
  metrics.watch(
    'orrery_watchers_together',
    'Watchers that share one reading of their run.',
    () => fanOut.state().together,
  )

  const yoga = createGraphQLOverHttp({ execution, documents, mask, bodyBytes: options.bodyBytes })
  const signIn = createSignIn(keys, options.publicUrl?.startsWith('https:') ?? false)
  const fetch = createGate({
    guard,
    authenticate,
    metrics,
    report,
    routeOf: createRoutes({
      contextFor,
      metrics,
      metricsToken: options.metricsToken ?? null,
      signIn,
      health: services.health,
      graphql: async (request, operationContext) => yoga.fetch(request, { operationContext }),
      playground: createPlayground(),
      client: readClientFiles(options.clientDirectory),
    }),
  })
  return {
    fetch,
    listener: createServerAdapter(fetch),
    upgrade: upgrader(guard, sockets),
    close: () => sockets.close(),
  }
}

/** WebSockets are opened at `/graphql` only, and by pages of ours or by programs. */
const upgrader =
  (guard: ReturnType<typeof createGuard>, sockets: Sockets) =>
  (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host = null, origin = null } = request.headers as { host?: string; origin?: string }
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const refusal =
      path === '/graphql' ? guard.refusal({ host, origin: origin?.toLowerCase() ?? null }) : 'There is no socket here.'
    if (refusal === null) return sockets.upgrade(request, socket, head)
    socket.on('error', () => {})
    socket.end(
      `HTTP/1.1 ${path === '/graphql' ? '403 Forbidden' : '404 Not Found'}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
    )
  }
