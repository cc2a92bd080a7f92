/**
 * Where the process begins and ends. A fault of the configuration is said before anything is loaded or started; Postgres
 * and Redis start while the rest is loaded.
 */
import { OrreryError } from '../domain/errors.ts'
import { readConfig } from './config.ts'
import { startServers } from './servers.ts'
import { createStopping } from './stopping.ts'
import { createLog } from './telemetry.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel, readable: process.stdout.isTTY === true })
  // What nobody awaited must not end the process: it is told of, and what it was part of is tried again or reported there.
  process.on('unhandledRejection', error => log.error({ err: error }, 'unhandled rejection'))
  const servers = startServers(config, log)
  let stop = () => servers.stop()
  const hear = createStopping({
    stop: () => stop(),
    say: text => void process.stdout.write(text),
    exit: code => process.exit(code),
    report: error => log.error({ err: error }, 'could not stop in order'),
    now: () => performance.now(),
  })
  process.on('SIGINT', hear).on('SIGTERM', hear)
  try {
    const { run } = await import('./run.ts')
    stop = await run(config, servers, log)
  } catch (error) {
    await servers.stop()
    throw error
  }
}

main().catch(error => {
  // Faults that the reader can mend are said in words; others with all there is.
  process.stderr.write(`${error instanceof OrreryError ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
})
