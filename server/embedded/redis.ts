/** A Redis for a machine that runs none: a program that setup found or fetched, with its own port and password, on loopback only. */
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { type Account, serviceAccount } from '../../setup/account.mjs'
import { commandOf } from '../../setup/processes.mjs'
import { toolPath } from '../../setup/tools.mjs'
import { type Connection, claimConnection, readConnection } from './connection.ts'
import { homeFor, makePrivate, writePrivate } from './home.ts'
import { tail, truncateLog } from './server-log.ts'
import { type Kind, type Log, type Service, supervise } from './supervise.ts'

export type RedisOptions = {
  /** Usually `$ORRERY_DATA`; everything lies in its `redis` directory. */
  dataDir: string
  log: Log
  /** false, for tests: nothing is written to disk. */
  durable?: boolean
}

export type EmbeddedRedis = Service & {
  /** `redis://:…@127.0.0.1:…`; the same for as long as this process lives. */
  readonly url: string
}

/**
 * Starts the embedded Redis, or joins it where another process of ours runs it already.
 * @returns null where the machine has no Redis that could be started.
 * @throws Error with the server's own words, where it has one that does not start.
 */
export async function startRedis({ dataDir, log, durable = true }: RedisOptions): Promise<EmbeddedRedis | null> {
  const program = toolPath('redis-server')
  if (!program) return null
  const directory = join(resolve(dataDir), 'redis')
  const service = await supervise(redisKind(program, directory, durable), log)
  const connection = readConnection(join(directory, 'connection.json'))
  return { ...service, url: `redis://:${connection?.password}@127.0.0.1:${connection?.port}` }
}

function redisKind(program: string, directory: string, durable: boolean): Kind {
  const account = serviceAccount()
  const data = join(homeFor(directory, account), 'data')
  const file = join(directory, 'connection.json')
  const serverLog = join(directory, 'server.log')
  return {
    name: 'Redis',
    directory,
    find: () => findRedis(data, readConnection(file)),
    prepare: async () => {
      await claimConnection(file)
      makePrivate(data, account)
    },
    launch: async () => {
      const connection = readConnection(file)
      if (!connection) throw new Error(`${file} is missing. Delete ${directory} to begin anew.`)
      const configuration = join(data, 'redis.conf')
      writePrivate(configuration, settings(data, connection, durable), account)
      truncateLog(serverLog)
      const output = openSync(serverLog, 'a')
      try {
        return spawn(program, [configuration], {
          ...asAccount(account),
          detached: true,
          stdio: ['ignore', output, output],
        })
      } finally {
        closeSync(output)
      }
    },
    answers: async () => pings(readConnection(file)),
    lastWords: () => tail(serverLog),
    patienceMs: 60_000,
    farewell: [{ signal: 'SIGTERM', ms: 10_000 }],
  }
}

/** BullMQ needs `noeviction`; a job that is evicted is one that nobody runs. */
function settings(data: string, { port, password }: Connection, durable: boolean): string {
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${data}"`,
    `pidfile "${join(data, 'redis.pid')}"`,
    'daemonize no',
    'save ""',
    'maxmemory-policy noeviction',
    ...(durable ? ['appendonly yes', 'appendfsync everysec'] : ['appendonly no', 'databases 4096']),
  ]
  return `${lines.join('\n')}\n`
}

const asAccount = (account: Account | null) => ({
  cwd: '/',
  env: { PATH: '/usr/bin:/bin' },
  ...(account ? { uid: account.uid, gid: account.gid } : {}),
})

/** Redis shows its address as its command line, so a number that was given to another program since does not count. */
function findRedis(data: string, connection: Connection | null): number | null {
  const pid = Number(readPid(join(data, 'redis.pid')))
  return connection && pid > 0 && commandOf(pid).includes(`127.0.0.1:${connection.port}`) ? pid : null
}

const readPid = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

/** One AUTH and one PING by hand: `LOADING` while it reads its file is not an answer yet. */
const pings = (connection: Connection | null): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port: connection?.port ?? 0, timeout: 1_000 })
    let heard = ''
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket
      .once('error', () => end(false))
      .once('timeout', () => end(false))
      .once('close', () => end(false))
    socket.once('connect', () => socket.write(`AUTH ${connection?.password}\r\nPING\r\n`))
    socket.on('data', chunk => {
      heard += chunk
      if (heard.includes('+PONG')) end(true)
      else if (heard.includes('-')) end(false)
    })
  })
