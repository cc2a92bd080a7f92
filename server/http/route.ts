/** One address that this server answers: how it is called, and who may ask. */
import type { Principal } from '../auth/principal.ts'

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
