/** What a resolver is given: the system's parts, who asks, and what that one may see. */
import type { Sql } from '../db/connect.ts'
import type { Feed } from '../db/feed.ts'
import type { Forks } from '../db/fork.ts'
import type { Idempotency } from '../db/idempotency.ts'
import type { Keys } from '../db/keys.ts'
import type { Handle } from '../db/store.ts'
import { forTenant, type TenantReads } from '../db/tenancy.ts'
import type { Agent } from '../domain/ports.ts'
import type { Actor } from '../domain/run/events.ts'
import type { Workflow } from '../domain/workflow.ts'
import type { Bell } from '../queues/bell.ts'
import type { Followers } from '../queues/followers.ts'
import type { LiveOutput } from '../queues/live-output.ts'
import type { Assistant } from './assistant/assistant.ts'
import type { Principal } from './auth/principal.ts'
import type { Health } from './health.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { ModelParts } from './models.ts'

/** The parts that the API stands on. Made in `deps.ts`, or by a test. */
export type Services = {
  readonly sql: Sql
  readonly handle: Handle
  readonly forks: Forks
  readonly followers: Followers
  /** For what is written without an event. */
  readonly bell: Pick<Bell, 'ringOf'>
  readonly liveOutput: LiveOutput
  readonly feed: Feed
  readonly idempotency: Idempotency
  /** Makes and revokes the keys of organisations. */
  readonly keys: Pick<Keys, 'createOnce' | 'revoke'>
  readonly workflows: ReadonlyMap<string, Workflow>
  readonly agents: ReadonlyMap<string, Agent>
  readonly health: Health
  /** Models and who serves them. */
  readonly models: ModelParts
  /** Understands sentences as runs, and answers questions about projects. */
  readonly assistant: Assistant
  /** Milliseconds after which a stream with nothing to say says so. */
  readonly heartbeatMs: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export type Context = {
  readonly services: Services
  readonly principal: Principal
  /** Follows the request through everything that it causes. */
  readonly correlationId: string
  readonly reads: TenantReads
  readonly load: Loaders
}

/** One for each operation and, of a subscription, for each of its results: its loaders remember what they loaded. */
export function createContext(services: Services, principal: Principal, correlationId: string): Context {
  const reads = forTenant(services.sql, principal.organisationId)
  return { services, principal, correlationId, reads, load: createLoaders(reads) }
}

/** The same for the next result of a subscription: what was loaded for the last one may have changed since. */
export const renewed = (context: Context): Context => ({ ...context, load: createLoaders(context.reads) })

/** Who the events that this request causes are by. */
export const actorOf = ({ principal }: Context): Actor => ({
  kind: principal.kind,
  id: principal.publicId,
  name: principal.name,
})
