/** Postgres and Redis: those that the configuration names, or our own. They start while the rest of the program is loaded. */
import type { Config } from './config.ts'
import { startPostgres } from './embedded/postgres.ts'
import { startRedis } from './embedded/redis.ts'
import type { Log } from './telemetry.ts'

type Server = { readonly url: string; stop(): Promise<void> }

export type Servers = {
  /** Rejects where it cannot be started. */
  readonly postgres: Promise<Server>
  /** Null where this machine has none. */
  readonly redis: Promise<Server | null>
  /** Stops those that were started here, unless other processes use them. */
  stop(): Promise<void>
}

export function startServers({ databaseUrl, redisUrl, dataDir, role }: Config, log: Log): Servers {
  const options = { dataDir, log: quiet(log) }
  const postgres = databaseUrl === null ? startPostgres(options) : given(databaseUrl)
  const redis = redisUrl === null ? startRedis(options).catch(orNone(role, log)) : given(redisUrl)
  // Whoever waits for them is told of a failure; nobody may be waiting yet.
  const both = [postgres, redis].map(server => server.catch(() => null))
  return {
    postgres,
    redis,
    async stop() {
      await Promise.all(both.map(async server => (await server)?.stop()))
    },
  }
}

const given = async (url: string): Promise<Server> => ({ url, stop: async () => {} })

/** One process can do without a Redis that does not start; several cannot. */
const orNone = (role: Config['role'], log: Log) => (error: unknown) => {
  if (role !== 'all') throw error
  log.warn(error instanceof Error ? error.message : String(error))
  return null
}

/** What they say while all is well is for those who want to know. */
const quiet = (log: Log) => ({ info: (text: string) => log.debug(text), warn: (text: string) => log.warn(text) })
