/** What the tests of embedded servers share: directories, a log that is kept, and a process that can be killed. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { inCheckout } from '../../setup/checkout.mjs'
import { signal, waitForEnd } from '../../setup/processes.mjs'

/** A directory of the mode; gone after the test. */
export function temporaryDirectory(mode = 0o755): string {
  const directory = mkdtempSync(join(tmpdir(), 'orrery-embedded-'))
  chmodSync(directory, mode)
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

export type KeptLog = { info(text: string): void; warn(text: string): void; readonly lines: string[] }

export function keptLog(): KeptLog {
  const lines: string[] = []
  return { lines, info: text => lines.push(text), warn: text => lines.push(text) }
}

export type Holder = {
  /** Of the process that started the server. */
  pid: number
  /** Of the server. */
  url: string
  serverPid: number
  /** kill -9, and its end. */
  kill(): Promise<void>
}

/** Another process that starts the server and holds it until it is killed. */
export async function holder(service: 'postgres' | 'redis', dataDir: string): Promise<Holder> {
  const [file, start] = service === 'postgres' ? ['postgres.ts', 'startPostgres'] : ['redis.ts', 'startRedis']
  const script = `
    import { ${start} } from './server/embedded/${file}'
    const service = await ${start}({ dataDir: ${JSON.stringify(dataDir)}, log: { info() {}, warn() {} } })
    console.log(JSON.stringify({ url: service.url, serverPid: service.state().pid }))
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: inCheckout(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = child.pid ?? -1
  const kill = async () => {
    signal(pid, 'SIGKILL')
    await waitForEnd(pid, 5_000)
  }
  onTestFinished(kill)
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', chunk => resolve(String(chunk)))
    child.once('exit', code => reject(new Error(`The holder ended with ${code}.`)))
  })
  return { pid, kill, ...JSON.parse(line) }
}
