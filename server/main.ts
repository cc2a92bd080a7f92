/** The process: starts what its role asks for, says where it can be reached, and stops in order. */
import { fileURLToPath } from 'node:url'
import { OrreryError } from '../domain/errors.ts'
import { type App, createApp } from './app.ts'
import { ensureOwner } from './auth/owner.ts'
import { type Config, readConfig } from './config.ts'
import { createDeps, type Deps } from './deps.ts'
import { createEngine, type Engine } from './engine.ts'
import { type Listening, listen } from './listen.ts'
import { createLog, type Log } from './telemetry.ts'
import { version } from './version.ts'

/** A sign-in link that nobody used is of no use after this. */
const linkMs = 3_600_000
/** What answers are given to be finished once nothing more is to come. */
const answersMs = 2_000

type Door = { app: App; listening: Listening }

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel, readable: process.stdout.isTTY === true })
  const deps = await createDeps(config, log)
  // What nobody awaited must not end the process: it is told of, and what it was part of is tried again or reported there.
  process.on('unhandledRejection', error => log.error({ err: error }, 'unhandled rejection'))
  try {
    await run(deps, config, log)
  } catch (error) {
    await deps.close()
    throw error
  }
}

async function run(deps: Deps, config: Config, log: Log): Promise<void> {
  const engine = config.role === 'api' ? null : createEngine(deps, config, log)
  const door = config.role === 'worker' ? null : await openDoor(deps, config, log)
  const stop = onceStopping(log, () => shutDown(deps, engine, door))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
  say(`Orrery ${version} · ${deps.summary.join(' · ')}`)
  if (door === null) say(`Worker ready after ${seconds()} s`)
  else await welcome(deps, config, door.listening.url)
  await engine?.start()
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

async function shutDown(deps: Deps, engine: Engine | null, door: Door | null): Promise<void> {
  const closed = door?.listening.close(answersMs)
  await engine?.drain()
  await door?.app.close()
  await closed
  await deps.close()
}

/** The first signal stops in order, the second at once. */
function onceStopping(log: Log, shutDownAll: () => Promise<void>): (signal: NodeJS.Signals) => void {
  let stopping = false
  return signal => {
    if (stopping) {
      log.warn('Stopped at once. The next start takes up what is unfinished.')
      process.exit(130)
    }
    stopping = true
    say(`\n${signal}: finishing what runs. Once more stops at once.`)
    shutDownAll().then(
      () => process.exit(0),
      error => {
        log.error({ err: error }, 'could not stop in order')
        process.exit(1)
      },
    )
  }
}

/** For people, whatever the log is like. */
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const seconds = (): string => (performance.now() / 1_000).toFixed(1)

main().catch(error => {
  // Faults that the reader can mend are said in words; others with all there is.
  process.stderr.write(`${error instanceof OrreryError ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
})
