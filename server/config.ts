/** From the environment to one typed object, before anything starts. */
import { resolve } from 'node:path'
import { OrreryError } from '../domain/errors.ts'
import { type Values, type Variable, variables, variablesOfOthers } from './variables.ts'

/** All durations are milliseconds. Frozen. */
export type Config = ReturnType<typeof arrange>

/** @throws OrreryError BAD_INPUT that names every fault at once, and how to mend each. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { values, faults } = readValues(env)
  faults.push(...faultsBetween(values), ...unknownNames(env))
  if (faults.length > 0) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
    throw new OrreryError(
      'BAD_INPUT',
      [`The configuration has ${count}:`, ...faults.map(each => `  ${each}`)].join('\n'),
    )
  }
  return Object.freeze(arrange(values as Values))
}

/** A variable that is set to nothing counts as absent, as in a compose file. */
function readValues(env: Readonly<Record<string, string | undefined>>): { values: Partial<Values>; faults: string[] } {
  const values: Record<string, unknown> = {}
  const faults: string[] = []
  for (const [name, { schema, expected, fallback, secret }] of Object.entries<Variable<unknown>>(variables)) {
    const text = env[name]?.trim() || fallback
    const read = text === null ? { success: true, data: null } : schema.safeParse(text)
    if (read.success) values[name] = read.data
    else faults.push(`${name} is ${secret ? 'set' : JSON.stringify(text)}, but must be ${expected}.`)
  }
  return { values: values as Partial<Values>, faults }
}

function faultsBetween(values: Partial<Values>): string[] {
  const { ORRERY_HEARTBEAT_MS: heartbeat, ORRERY_LEASE_MS: lease } = values
  const { ORRERY_SEARCH_URL: search, ORRERY_SEARCH_KEY: key } = values
  const keyless = search === null && typeof key === 'string'
  const faults = keyless ? ['ORRERY_SEARCH_KEY is set, but there is no ORRERY_SEARCH_URL that it is for.'] : []
  if (heartbeat === undefined || lease === undefined || heartbeat * 3 <= lease) return faults
  return [
    ...faults,
    `ORRERY_HEARTBEAT_MS is ${heartbeat}, but must be at most a third of ORRERY_LEASE_MS (${lease}): two lost heartbeats must not lose a task.`,
  ]
}

function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = [...Object.keys(variables), ...variablesOfOthers]
  return Object.keys(env)
    .filter(name => name.startsWith('ORRERY_') && !known.includes(name))
    .map(name => `${name} is not known. Did you mean ${nearest(name, known)}? Otherwise unset it.`)
}

/** The shape that the rest of the server sees. */
function arrange(values: Values) {
  const { PORT: port, HOST: host } = values
  const publicUrl = values.ORRERY_URL?.replace(/\/+$/, '') ?? null
  return {
    role: values.ORRERY_ROLE,
    logLevel: values.ORRERY_LOG_LEVEL,
    /** Absolute. */
    dataDir: resolve(values.ORRERY_DATA),
    /** null: embedded. */
    databaseUrl: values.DATABASE_URL,
    databasePool: values.ORRERY_DATABASE_POOL,
    /** null: found, fetched, or done without. */
    redisUrl: values.REDIS_URL,
    http: {
      port,
      host,
      /** null: made of the host and the port that is really listened on. */
      publicUrl,
      /** Besides its own. */
      allowedOrigins: values.ORRERY_ALLOWED_ORIGINS ?? [],
      allowedHosts: values.ORRERY_ALLOWED_HOSTS ?? [],
      bodyBytes: values.ORRERY_BODY_BYTES,
      executionMs: values.ORRERY_EXECUTION_MS,
      costPerMinute: values.ORRERY_COST_PER_MINUTE,
      subscriptionsPerSocket: values.ORRERY_SUBSCRIPTIONS_PER_SOCKET,
      socketsPerKey: values.ORRERY_SOCKETS_PER_KEY,
      /** null: only a key opens the metrics. */
      metricsToken: values.ORRERY_METRICS_TOKEN,
      streamHeartbeatMs: values.ORRERY_STREAM_HEARTBEAT_MS,
    },
    worker: {
      concurrency: values.ORRERY_WORKER_CONCURRENCY,
      sandboxConcurrency: values.ORRERY_SANDBOX_CONCURRENCY,
      projectConcurrency: values.ORRERY_PROJECT_CONCURRENCY,
      leaseMs: values.ORRERY_LEASE_MS,
      heartbeatMs: values.ORRERY_HEARTBEAT_MS,
      pollMs: values.ORRERY_POLL_MS,
      drainMs: values.ORRERY_DRAIN_MS,
    },
    /** `host` or `host:port`, lower-case. */
    gitHosts: values.ORRERY_GIT_HOSTS,
    /** `user:token` by host, for pushes. */
    gitCredentials: values.ORRERY_GIT_CREDENTIALS ?? new Map<string, string>(),
    /** What agents may reach besides. */
    network: {
      fetchHosts: values.ORRERY_FETCH_HOSTS ?? [],
      /** null: there is no search. */
      search:
        values.ORRERY_SEARCH_URL === null ? null : { url: values.ORRERY_SEARCH_URL, key: values.ORRERY_SEARCH_KEY },
    },
  }
}

/** The known name with the fewest letters to change. */
function nearest(name: string, known: readonly string[]): string {
  const byDistance = known.map(each => ({ each, distance: editDistance(name, each) }))
  return byDistance.reduce((best, next) => (next.distance < best.distance ? next : best)).each
}

/** Levenshtein, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
