/** `npm start`, and what becomes of all that it started when somebody ends it: npm, its shell, their group, or without a word. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { inCheckout } from '../../setup/checkout.mjs'
import { identityOf, signal } from '../../setup/processes.mjs'

const data = mkdtempSync(join(tmpdir(), 'orrery-npm-start-'))
chmodSync(data, 0o755)

const patience = { timeout: 120_000, interval: 50 }

type Started = {
  npm: ChildProcess
  pid: number
  said: () => string
  /** Of npm itself. */
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** In a group of its own, as a shell starts it. Resolves once it can be used. */
async function start(): Promise<Started> {
  const { PATH = '', HOME = '' } = process.env
  const npm = spawn('npm', ['start'], {
    cwd: inCheckout(),
    detached: true,
    env: { PATH, HOME, PORT: '0', ORRERY_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding('utf8').on('data', (more: string) => (text += more))
  const exit = new Promise<Awaited<Started['exit']>>(resolve =>
    npm.once('exit', (code, by) => resolve({ code, signal: by })),
  )
  const started = { npm, pid: npm.pid ?? 0, said: () => text, exit }
  await expect.poll(() => `${npm.exitCode}${text}`, patience).toMatch(/^null.*Sign in[^\n]*token=|^\d/s)
  expect(text).toContain('Sign in')
  return started
}

/** Everything that runs on these data: their path stands in its command line or its environment. */
function atWork(): number[] {
  const holds = (file: string) => {
    try {
      return readFileSync(file, 'latin1').includes(data)
    } catch {
      return false
    }
  }
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(name => holds(`/proc/${name}/cmdline`) || holds(`/proc/${name}/environ`))
    .map(Number)
    .filter(pid => identityOf(pid) !== null)
}

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])

const toNpm = ({ pid }: Started, name: NodeJS.Signals) => process.kill(pid, name)
const toGroup = ({ pid }: Started, name: NodeJS.Signals) => process.kill(-pid, name)
/** What npm started itself, whatever that is: a shell, or the server in its place. */
const toChild = ({ pid }: Started, name: NodeJS.Signals) => {
  const [child] = atWork().filter(one => parentOf(one) === pid)
  process.kill(child ?? 0, name)
}

afterEach(async () => {
  for (const pid of atWork()) signal(pid, 'SIGKILL')
  await expect.poll(atWork, patience).toEqual([])
}, 150_000)

describe.skipIf(!existsSync('/proc/self/environ'))('npm start', { timeout: 300_000 }, () => {
  test.each([
    ['SIGTERM', 'npm', toNpm],
    ['SIGINT', 'npm', toNpm],
    ['SIGTERM', 'what npm started', toChild],
    ['SIGTERM', 'the whole group', toGroup],
    ['SIGINT', 'the whole group, as Ctrl-C is', toGroup],
  ] as const)('ends in order, with all that it started, by a %s to %s', async (name, _, send) => {
    const started = await start()
    expect(atWork().map(commandOf).join('\n')).toMatch(/postgres/)
    send(started, name)
    const { code, signal: by } = await started.exit
    await expect.poll(() => atWork().map(commandOf), patience).toEqual([])
    expect(started.said()).toContain(`${name}: finishing what runs.`)
    expect(started.said()).not.toContain('Stopped at once')
    // npm tells a signal that it was sent itself by ending of it.
    expect([0, 130, 143, name]).toContain(by ?? code)
  })

  test('takes up what kill -9 left, and takes it along when it ends', async () => {
    const first = await start()
    const kept = atWork().filter(pid => /postgres|redis/.test(commandOf(pid)))
    toGroup(first, 'SIGKILL')
    await first.exit
    const left = () => atWork().filter(pid => kept.includes(pid))
    expect(left().length).toBeGreaterThan(0)
    const second = await start()
    const servers = atWork().filter(pid => /-D |redis-server/.test(commandOf(pid)))
    expect(servers.filter(pid => kept.includes(pid))).toEqual(servers)
    toNpm(second, 'SIGTERM')
    await second.exit
    await expect.poll(() => atWork().map(commandOf), patience).toEqual([])
  })

  test('leaves no data that cannot be removed', () => {
    rmSync(data, { recursive: true, force: true })
    expect(existsSync(data)).toBe(false)
  })
})
