/** A whole installation of its own, in many processes, of which each may be killed: Postgres, Redis, two APIs, three workers. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect, type Sql } from '../../db/connect.ts'
import { createKeys } from '../../db/keys.ts'
import { migrate } from '../../db/migrate.ts'
import { startPostgres } from '../../server/embedded/postgres.ts'
import { startRedis } from '../../server/embedded/redis.ts'
import type { ApiProcessOptions } from './api-process.ts'
import { createCounters } from './team.ts'
import type { WorkerProcessOptions } from './worker-process.ts'

/** Short, so that a test need not wait long for what a dead worker held. */
export const leaseMs = 2_500

export type Member = { name: string; child: ChildProcess; kill(signal?: NodeJS.Signals): Promise<void> }

export type Cluster = {
  readonly sql: Sql
  readonly organisationId: string
  readonly projectId: string
  readonly key: string
  readonly redisUrl: string
  readonly databaseUrl: string
  /** Of the APIs, as they are now or will be when they are back. */
  readonly ports: readonly number[]
  /** Members that run, by name: `worker-0` … `api-1`. */
  readonly members: ReadonlyMap<string, Member>
  /** Starts the member again where it does not run; with `crash` it ends itself at a named point. */
  start(name: string, crash?: { at: string; nth: number } | null): Promise<void>
  kill(name: string, signal?: NodeJS.Signals): Promise<void>
  /** kill -9; their supervisor brings them back. */
  killPostgres(): void
  killRedis(): void
  /** What members wrote to stderr, newest last. */
  complaints(): string
  close(): Promise<void>
}

export type ClusterOptions = {
  workers: number
  apis: number
  stepMs?: number
  /** Milliseconds that a lease lasts; `leaseMs` unless told. */
  leaseMs?: number
  /** The file that configures the models of the workers. */
  models?: string
}

export async function createCluster(options: ClusterOptions): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'orrery-chaos-'))
  // The account that Postgres runs under must be able to enter it.
  chmodSync(dataDir, 0o755)
  const log = { info: () => {}, warn: () => {} }
  const postgres = await startPostgres({ dataDir, log })
  const redis = await startRedis({ dataDir, log })
  if (redis === null)
    throw new Error('The fault tests need Redis. Install redis-server (6.2 or newer) and run them again.')
  await migrate(postgres.url)
  const owner = connect(postgres.url, { role: null, max: 1 })
  await createCounters(owner)
  await owner.end()

  const sql = connect(postgres.url, { max: 6 })
  const pepper = randomBytes(32)
  const keys = createKeys(sql, pepper)
  const organisationId = await keys.organisation('Chaos')
  const key = await keys.create({ organisationId, name: 'owner', expiresAt: null })
  const projectId = randomUUID()
  await sql`insert into projects (id, organisation_id, slug, name) values (${projectId}, ${organisationId}, 'chaos', 'Chaos')`

  const ports = await Promise.all(Array.from({ length: options.apis }, freePort))
  const members = new Map<string, Member>()
  const complaints: string[] = []
  const common = { organisationId, database: postgres.url, redis: redis.url }

  const launch = (name: string, crash: { at: string; nth: number } | null): ChildProcess => {
    const [role, number] = name.split('-')
    // An id of its own for every start, as the product gives it.
    const worker = {
      ...common,
      id: `${name}-${randomBytes(3).toString('hex')}`,
      leaseMs: options.leaseMs ?? leaseMs,
      stepMs: options.stepMs ?? 30,
      models: options.models ?? null,
      crash,
    } as WorkerProcessOptions
    const api = {
      ...common,
      port: ports[Number(number)] ?? 0,
      pepper: pepper.toString('hex'),
      crash,
    } as ApiProcessOptions
    const entry = fileURLToPath(new URL(`./${role}-process.ts`, import.meta.url))
    return spawn(process.execPath, ['--import', 'tsx', entry], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CHAOS_WORKER: JSON.stringify(worker), CHAOS_API: JSON.stringify(api) },
    })
  }

  const start: Cluster['start'] = async (name, crash = null) => {
    if (members.has(name)) return
    const child = launch(name, crash)
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
    const member: Member = {
      name,
      child,
      async kill(signal = 'SIGKILL') {
        child.kill(signal)
        if (signal === 'SIGKILL') await ended
      },
    }
    members.set(name, member)
    void ended.then(() => members.get(name) === member && members.delete(name))
    child.stderr?.on('data', (text: Buffer) => complaints.push(`${name}: ${text.toString().trim()}`))
    // A crash may come before it is ready: that is a crash, and no failure of the start.
    await Promise.race([new Promise<void>(resolve => child.stdout?.once('data', () => resolve())), ended])
  }

  const names = [
    ...Array.from({ length: options.workers }, (_, index) => `worker-${index}`),
    ...Array.from({ length: options.apis }, (_, index) => `api-${index}`),
  ]
  await Promise.all(names.map(name => start(name)))

  const killService = (pid: number | null) => {
    if (pid !== null) process.kill(pid, 'SIGKILL')
  }
  return {
    sql,
    organisationId,
    projectId,
    key,
    ports,
    members,
    start,
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    kill: async (name, signal) => members.get(name)?.kill(signal),
    killPostgres: () => killService(postgres.state().pid),
    killRedis: () => killService(redis.state().pid),
    complaints: () => complaints.slice(-40).join('\n'),
    async close() {
      await Promise.all([...members.values()].map(member => member.kill()))
      await sql.end({ timeout: 1 })
      await Promise.all([postgres.stop(), redis.stop()])
      await sleep(50)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
