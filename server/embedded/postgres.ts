/** A Postgres for a machine that has none: its own data directory, port and password, on loopback only. */
import { execFile, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { type Account, serviceAccount } from '../../setup/account.mjs'
import { commandOf } from '../../setup/processes.mjs'
import { toolPath } from '../../setup/tools.mjs'
import { type Connection, claimConnection, readConnection } from './connection.ts'
import { homeFor, makePrivate, writePrivate } from './home.ts'
import { tail, truncateLog } from './server-log.ts'
import { type Kind, type Log, type Service, supervise } from './supervise.ts'

export type PostgresOptions = {
  /** Usually `$ORRERY_DATA`; everything lies in its `postgres` directory. */
  dataDir: string
  log: Log
  /** false, for tests: nothing is synced to disk, and data that do not open are made anew. */
  durable?: boolean
}

export type EmbeddedPostgres = Service & {
  /** `postgres://orrery:…@127.0.0.1:…/orrery`; the same for as long as this process lives. */
  readonly url: string
}

const user = 'orrery'

/**
 * Starts the embedded Postgres, or joins it where another process of ours runs it already.
 * @throws Error that says what to do, where it cannot run.
 */
export async function startPostgres({ dataDir, log, durable = true }: PostgresOptions): Promise<EmbeddedPostgres> {
  const directory = join(resolve(dataDir), 'postgres')
  const kind = postgresKind(directory, durable)
  const service = await supervise(kind, log).catch(error => {
    const data = join(homeFor(directory, serviceAccount()), 'data')
    if (durable || !existsSync(data) || kind.find() !== null) throw error
    log.warn(`${error.message}\nThe data in ${data} are disposable and are made anew.`)
    rmSync(data, { recursive: true, force: true })
    return supervise(kind, log)
  })
  const url = urlOf(readConnection(join(directory, 'connection.json')), user)
  return { ...service, url }
}

function postgresKind(directory: string, durable: boolean): Kind {
  const account = serviceAccount()
  const home = homeFor(directory, account)
  const data = join(home, 'data')
  const file = join(directory, 'connection.json')
  const serverLog = join(directory, 'server.log')
  return {
    name: 'Postgres',
    directory,
    find: () => findPostmaster(data),
    prepare: async () => {
      const connection = await claimConnection(file)
      if (!existsSync(data)) await createCluster({ data, home, account, connection })
    },
    launch: async () => {
      const connection = readConnection(file)
      if (!connection) throw new Error(`${file} is missing. Put it back, or delete ${data} to begin anew.`)
      if (findPostmaster(data) === null) rmSync(join(data, 'postmaster.pid'), { force: true })
      truncateLog(serverLog)
      const output = openSync(serverLog, 'a')
      try {
        return spawn(program('postgres'), ['-D', data, ...settings(connection.port, durable)], {
          ...asAccount(account),
          detached: true,
          stdio: ['ignore', output, output],
        })
      } finally {
        closeSync(output)
      }
    },
    answers: async () => readStatus(data) === 'ready' && ensureDatabase(urlOf(readConnection(file), 'postgres')),
    lastWords: () => tail(serverLog),
    patienceMs: 60_000,
    // SIGINT ends the sessions and writes a checkpoint; SIGQUIT leaves the rest to the recovery of the next start.
    farewell: [
      { signal: 'SIGINT', ms: 10_000 },
      { signal: 'SIGQUIT', ms: 5_000 },
    ],
  }
}

/** `-k ''` makes no Unix socket: its path has a length limit, and /tmp would be everybody's. */
function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '2GB' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

type Cluster = { data: string; home: string; account: Account | null; connection: Connection }

/** Made beside and then renamed, so that an interrupted start never leaves half a cluster in place. */
async function createCluster({ data, home, account, connection }: Cluster): Promise<void> {
  const draft = join(home, 'data.new')
  const passwordFile = join(home, 'password.new')
  // An initdb whose starter was killed may still be writing there.
  rmSync(draft, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  makePrivate(draft, account)
  try {
    writePrivate(passwordFile, connection.password, account)
    const options = ['-D', draft, '-U', user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8']
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    await promisify(execFile)(program('initdb'), [...options, ...locale, '--no-instructions'], asAccount(account))
  } catch (error) {
    throw explained(error)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, data)
}

/** Containers are often run under a number that has no name. */
function explained(error: unknown): unknown {
  if (!String(error).includes('could not look up effective user ID')) return error
  const mend = 'Give it one (`useradd`), run as a user who has one, or set DATABASE_URL to a Postgres of your own.'
  return new Error(`User ${process.getuid?.()} has no entry in /etc/passwd, and Postgres needs one. ${mend}`, {
    cause: error,
  })
}

/** An empty environment: a PGDATA or PGPORT of the user's shell is not for this server. */
const asAccount = (account: Account | null) => ({
  cwd: '/',
  env: {},
  ...(account ? { uid: account.uid, gid: account.gid } : {}),
})

function program(name: 'postgres' | 'initdb'): string {
  const path = toolPath(name)
  if (path) return path
  throw new Error(
    `The embedded Postgres has no \`${name}\` here. Run \`npm run setup\`, or set DATABASE_URL to a Postgres of your own.`,
  )
}

/** The first line of postmaster.pid is its process; a number that was given to another program since does not count. */
function findPostmaster(data: string): number | null {
  const pid = Number(pidFile(data)[0])
  return pid > 0 && commandOf(pid).includes(`-D ${data} `) ? pid : null
}

/** Its eighth line says `starting`, `ready` or `stopping`. */
const readStatus = (data: string): string => pidFile(data)[7]?.trim() ?? ''

const pidFile = (data: string): string[] => {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

const urlOf = (connection: Connection | null, database: string): string =>
  `postgres://${user}:${connection?.password}@127.0.0.1:${connection?.port}/${database}`

/** @returns false where it does not take connections yet. */
async function ensureDatabase(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, idle_timeout: 1, onnotice: () => {} })
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${user}`
    if (!found) await sql.unsafe(`create database ${user}`)
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}
