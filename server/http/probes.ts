/**
 * What machines ask that look after this one: whether it lives, whether it is ready, and its numbers. They call it by names
 * of their own, often without a key; what is said without one tells nothing of what is worked on here.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Health, HealthReport } from '../health.ts'
import type { Metrics } from '../telemetry.ts'
import { json, unauthenticated } from './answers.ts'
import type { Route } from './route.ts'

export type ProbesDeps = {
  health: Health
  metrics: Metrics
  /** Opens the metrics, besides any key; null where there is none. */
  metricsToken: string | null
}

const methods = ['GET', 'HEAD']

export function createProbes({ health, metrics, metricsToken }: ProbesDeps): Readonly<Record<string, Route>> {
  const live: Route = {
    name: 'live',
    methods,
    anyName: true,
    access: 'everybody',
    answer: async () => json(200, { status: 'live' }),
  }

  const ready: Route = {
    name: 'ready',
    methods,
    anyName: true,
    access: 'everybody',
    answer: async (_request, _url, identify) => {
      const report = await health.check()
      // Without Postgres nobody can be told from a stranger, and a probe must not wait for it.
      if (report.status === 'DOWN') return json(503, brief(report))
      return json(200, (await identify()) === null ? brief(report) : report)
    },
  }

  const opens = metricsToken === null ? () => false : sameAs(`Bearer ${metricsToken}`)
  const numbers: Route = {
    name: 'metrics',
    methods,
    anyName: true,
    access: 'everybody',
    answer: async (request, _url, identify) => {
      // The token first: the numbers are wanted most while Postgres, and with it every key, is away.
      if (!opens(request.headers.get('authorization') ?? '') && (await identify()) === null)
        return unauthenticated('The metrics take a key, or the token that ORRERY_METRICS_TOKEN sets, as a Bearer.')
      return new Response(await metrics.text(), {
        headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
      })
    },
  }

  return { '/health/live': live, '/health/ready': ready, '/metrics': numbers }
}

/** What a stranger may know: what fails, not why. */
const brief = ({ status, checks }: HealthReport) => ({
  status,
  failing: checks.filter(check => check.status !== 'OK').map(({ name }) => name),
})

/** Takes the same time for every other text. */
function sameAs(expected: string): (given: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const known = digest(expected)
  return given => timingSafeEqual(digest(given), known)
}
