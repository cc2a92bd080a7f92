/**
 * Where the process begins and ends. A fault of the configuration is said before anything is loaded or started; Postgres
 * and Redis start while the rest is loaded.
 */
import { OrreryError } from '../domain/errors.ts'
import { readConfig } from './config.ts'
import { startServers } from './servers.ts'
import { createLog, type Log } from './telemetry.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel, readable: process.stdout.isTTY === true })
  // What nobody awaited must not end the process: it is told of, and what it was part of is tried again or reported there.
  process.on('unhandledRejection', error => log.error({ err: error }, 'unhandled rejection'))
  const servers = startServers(config, log)
  let stop = () => servers.stop()
  onSignal(log, () => stop())
  try {
    const { run } = await import('./run.ts')
    stop = await run(config, servers, log)
  } catch (error) {
    await servers.stop()
    throw error
  }
}

/** The first signal stops in order, the second at once. */
function onSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false
  const hear = (signal: NodeJS.Signals) => {
    if (stopping) {
      process.stdout.write('Stopped at once. The next start takes up what is unfinished.\n')
      process.exit(130)
    }
    stopping = true
    process.stdout.write(`\n${signal}: finishing what runs. Once more stops at once.\n`)
    stop().then(
      () => process.exit(0),
      error => {
        log.error({ err: error }, 'could not stop in order')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', hear).on('SIGTERM', hear)
}

main().catch(error => {
  // Faults that the reader can mend are said in words; others with all there is.
  process.stderr.write(`${error instanceof OrreryError ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
})
