/**
 * What `orrery check` asks of this machine, as one JSON document on stdout: whether `npm start` would work with this
 * environment. It starts nothing. A process of its own, so that the command line need not load the server.
 */
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Redis } from 'ioredis'
import { connect } from '../db/connect.ts'
import { OrreryError } from '../domain/errors.ts'
import { toolPath } from '../setup/tools.mjs'
import { type Config, readConfig } from './config.ts'

/** `mend` is empty where it is `ok`. */
export type Finding = { name: string; ok: boolean; seen: string; mend: string }

const patienceMs = 5_000

const found = (name: string, seen: string): Finding => ({ name, ok: true, seen, mend: '' })
const missing = (name: string, seen: string, mend: string): Finding => ({ name, ok: false, seen, mend })

async function check(): Promise<Finding[]> {
  let config: Config
  try {
    config = readConfig(process.env)
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
    return error.message
      .split('\n')
      .slice(1)
      .map(fault => missing('environment', fault.trim(), 'docs/configuration.md lists every variable.'))
  }
  const environment = found('environment', `role ${config.role}, to listen on ${config.http.host}:${config.http.port}`)
  return [
    environment,
    checkData(config),
    ...(await Promise.all([checkPostgres(config), checkRedis(config)])),
    checkBubblewrap(config),
  ]
}

function checkData({ dataDir }: Config): Finding {
  try {
    accessSync(nearestExisting(dataDir), constants.W_OK)
    return found('data', existsSync(dataDir) ? dataDir : `${dataDir}, made with the first start`)
  } catch {
    return missing(
      'data',
      `${dataDir} cannot be written`,
      'Start Orrery as its owner, or choose another directory with ORRERY_DATA.',
    )
  }
}

const nearestExisting = (path: string): string =>
  existsSync(path) || path === dirname(path) ? path : nearestExisting(dirname(path))

async function checkPostgres({ databaseUrl }: Config): Promise<Finding> {
  if (databaseUrl === null) {
    return toolPath('postgres') === null
      ? missing('Postgres', 'the embedded one is not installed', 'Run npm run setup, or set DATABASE_URL.')
      : found('Postgres', 'embedded, started with the server')
  }
  const sql = connect(databaseUrl, { role: null, max: 1, applicationName: 'orrery check' })
  try {
    const [row] = await within(sql<{ version: string }[]>`select current_setting('server_version') as version`)
    return found('Postgres', `${row?.version} at ${hostOf(databaseUrl)}`)
  } catch (error) {
    return missing(
      'Postgres',
      `${hostOf(databaseUrl)}: ${(error as Error).message}`,
      'See whether it runs, and whether DATABASE_URL has the right user and password.',
    )
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function checkRedis({ redisUrl, role }: Config): Promise<Finding> {
  if (redisUrl === null) {
    if (toolPath('redis-server') !== null) return found('Redis', 'found, started with the server')
    return role === 'all'
      ? found('Redis', 'none: one process does without')
      : missing(
          'Redis',
          'none',
          'Separate API and worker processes need one: set REDIS_URL, or install redis-server 6.2 or newer.',
        )
  }
  const redis = new Redis(redisUrl, { lazyConnect: true, connectTimeout: patienceMs, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    await within(redis.connect())
    const version = /redis_version:(\S+)/.exec(await within(redis.info('server')))?.[1] ?? 'of unknown version'
    return Number.parseFloat(version) >= 6.2
      ? found('Redis', `${version} at ${hostOf(redisUrl)}`)
      : missing('Redis', `${version} at ${hostOf(redisUrl)}`, 'Use 6.2 or newer.')
  } catch (error) {
    return missing(
      'Redis',
      `${hostOf(redisUrl)}: ${(error as Error).message}`,
      'See whether it runs, and whether REDIS_URL has the right password.',
    )
  } finally {
    redis.disconnect()
  }
}

function checkBubblewrap({ role }: Config): Finding {
  const path = toolPath('bwrap')
  if (path !== null) return found('bubblewrap', path)
  return role === 'api'
    ? found('bubblewrap', 'none, and none needed in this role')
    : missing('bubblewrap', 'none', 'Install the package bubblewrap, or run npm run setup; orrery doctor tells more.')
}

/** Never the password. */
const hostOf = (url: string): string => new URL(url).host

async function within<T>(work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1_000} s`)), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

process.stdout.write(`${JSON.stringify(await check())}\n`)
