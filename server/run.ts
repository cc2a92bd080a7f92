/** What a process does: the half or halves that its role asks for, until it is told to stop. */
import { fileURLToPath } from 'node:url'
import { type App, createApp } from './app.ts'
import { ensureOwner } from './auth/owner.ts'
import type { Config } from './config.ts'
import { createDeps, type Deps } from './deps.ts'
import { createEngine, type Engine } from './engine.ts'
import { type Listening, listen } from './listen.ts'
import type { Servers } from './servers.ts'
import type { Log } from './telemetry.ts'
import { version } from './version.ts'

/** A sign-in link that nobody used is of no use after this. */
const linkMs = 3_600_000
/** What answers are given to be finished once nothing more is to come. */
const answersMs = 2_000

type Door = { app: App; listening: Listening }

/** Begins everything. @returns how to end it in order. Throws what kept it from beginning; nothing goes on then. */
export async function run(config: Config, servers: Servers, log: Log): Promise<() => Promise<void>> {
  const deps = await createDeps(config, servers, log)
  try {
    const engine = config.role === 'api' ? null : createEngine(deps, config, log)
    const door = config.role === 'worker' ? null : await openDoor(deps, config, log)
    say(`Orrery ${version} · ${deps.summary.join(' · ')}`)
    if (door === null) say(`Worker ready after ${seconds()} s`)
    else await welcome(deps, config, door.listening.url)
    // Requests are answered meanwhile: trying the sandbox out takes a second or two.
    engine?.start().catch(error => log.error({ err: error }, 'the worker could not start'))
    return () => shutDown({ deps, servers, engine, door })
  } catch (error) {
    await deps.close()
    throw error
  }
}

async function openDoor({ services, keys }: Deps, { http }: Config, log: Log): Promise<Door> {
  const clientDirectory = fileURLToPath(new URL('../web/dist', import.meta.url))
  const app = createApp({ services, keys, log, options: { ...http, clientDirectory, processMetrics: true } })
  return { app, listening: await listen(app, http) }
}

async function welcome({ keys, organisationId }: Deps, { http, dataDir }: Config, localUrl: string): Promise<void> {
  const url = http.publicUrl ?? localUrl
  const owner = await ensureOwner(keys, organisationId, { dataDir, url })
  const token = await keys.createLink(owner, linkMs)
  say(`Ready after ${seconds()} s at ${url}`)
  say(`Sign in, once and within an hour: ${url}/sign-in?token=${token}`)
}

type Running = { deps: Deps; servers: Servers; engine: Engine | null; door: Door | null }

async function shutDown({ deps, servers, engine, door }: Running): Promise<void> {
  const closed = door?.listening.close(answersMs)
  await engine?.drain()
  await door?.app.close()
  await closed
  await deps.close()
  await servers.stop()
}

/** For people, whatever the log is like. */
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const seconds = (): string => (performance.now() / 1_000).toFixed(1)
