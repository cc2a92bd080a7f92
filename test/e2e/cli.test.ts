/** The command line as people use it: its own process, against a server's own process, on a real repository. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../db/testing.ts'
import { type TestRedis, testRedis } from '../../queues/testing.ts'
import { inCheckout } from '../../setup/checkout.mjs'

const data = mkdtempSync(join(tmpdir(), 'orrery-e2e-'))
const repository = inCheckout('examples', 'python-inventory')
let database: TestDatabase
let redis: TestRedis | null
let server: ChildProcess | null = null

type Ended = { exitCode: number | null; stdout: string; stderr: string }

const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const { PATH, HOME } = process.env
  return { PATH, HOME, ORRERY_DATA: data, ...more }
}

/** `orrery` in a process of its own, ended after a minute at the latest. */
function begin(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [inCheckout('cli', 'orrery.mjs'), ...args], {
    cwd: inCheckout('examples'),
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  const ended = new Promise<Ended>(resolve => child.once('close', exitCode => resolve({ exitCode, ...said })))
  return { child, said, ended }
}

const orrery = (...args: string[]): Promise<Ended> => begin(args).ended

async function startServer(): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', inCheckout('server', 'main.ts')], {
    cwd: inCheckout(),
    env: environment({ PORT: '0', DATABASE_URL: database.url, ...(redis === null ? {} : { REDIS_URL: redis.url }) }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  server = child
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (said += text))
  await vi.waitFor(
    () => {
      if (child.exitCode !== null) throw new Error(`the server ended: ${said}`)
      expect(said).toMatch(/Ready after .* at http/)
    },
    { timeout: 50_000, interval: 100 },
  )
}

async function stopServer(): Promise<void> {
  const child = server
  server = null
  if (child === null || child.exitCode !== null) return
  const closed = new Promise(resolve => child.once('close', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await closed
  clearTimeout(timer)
}

beforeAll(async () => {
  database = await testDatabase()
  redis = await testRedis().catch(() => null)
})
afterAll(async () => {
  await stopServer()
  await redis?.release()
  await database.drop()
  rmSync(data, { recursive: true, force: true })
})

test('help is there at once, without a server', async () => {
  const began = performance.now()
  const { exitCode, stdout } = await orrery('--help')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('orrery run repository-audit --repo . --follow')
  // 0.3 s on an idle machine; a machine that tests is not idle.
  expect(performance.now() - began).toBeLessThan(3_000)
})

test('the doctor tries the sandbox out, and ends as it finds it', async () => {
  const { exitCode, stdout } = await orrery('doctor', '--json')
  const { sandbox, toolchains } = JSON.parse(stdout)
  expect(sandbox.checks.length).toBeGreaterThan(3)
  expect(exitCode).toBe(sandbox.available ? 0 : 1)
  if (sandbox.available)
    expect(toolchains).toContainEqual(expect.objectContaining({ name: 'Node', version: process.versions.node }))
  else expect(sandbox.mend).not.toBe('')
})

test('without a server, a run says how to start one', async () => {
  const { exitCode, stderr } = await orrery('run', 'repository-audit', '--repo', '.')
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^orrery: no server was ever started here.*\n {2}Start it with `npm start`/)
})

describe('with a server', () => {
  beforeAll(startServer, 60_000)

  test('everything is found in order', async () => {
    const { exitCode, stdout } = await orrery('check')
    expect(stdout).not.toContain('✖')
    expect(exitCode).toBe(0)
  })

  test('an audit is followed to its end, its report read and its events exported', { timeout: 120_000 }, async () => {
    const { exitCode, stdout, stderr } = await orrery(
      'run',
      'repository-audit',
      '--repo',
      'python-inventory',
      '--follow',
    )
    expect(stderr).toMatch(/^(run_[0-9a-f]{32}) {2}http:\/\/127\.0\.0\.1:\d+\/runs\/\1\n/)
    expect(stderr).toContain('Check out: started')
    expect(stdout).toMatch(/^✔ Repository audit: python-inventory succeeded in /)
    expect(stdout).toMatch(/ {2}findings {4}[1-9]\d* errors? · \d+ warnings? · /)
    expect(exitCode).toBe(0)

    const [, artifact = ''] = /orrery artifacts get (art_\S+)/.exec(stdout) ?? []
    expect((await orrery('artifacts', 'get', artifact)).stdout).toMatch(/^# /)

    const [runId = ''] = stderr.split(' ')
    const events = (await orrery('export', runId)).stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(events.map(event => event.seq)).toEqual(events.map((_, index) => index + 1))
    expect(events[0].data.variables.repo).toBe(repository)
    expect(events.at(-1).type).toBe('RunSucceeded')
  })

  test('Ctrl-C detaches, and the run goes on until it is cancelled', { timeout: 120_000 }, async () => {
    const running = begin(['run', 'repository-audit', '--repo', 'javascript-shop'])
    await vi.waitFor(() => expect(running.said.stderr).toContain('Check out: started'), {
      timeout: 30_000,
      interval: 20,
    })
    running.child.kill('SIGINT')
    const { exitCode, stderr } = await running.ended
    expect(exitCode).toBe(130)
    const [, runId = ''] = /Detached; the run goes on\. Attach again:\n {2}orrery watch (run_\S+)\n$/.exec(stderr) ?? []
    expect(JSON.parse((await orrery('show', runId, '--json')).stdout).status).toBe('RUNNING')

    const watching = begin(['watch', runId])
    expect((await orrery('cancel', runId, '--reason', 'seen enough')).exitCode).toBe(0)
    const watched = await watching.ended
    expect(watched.exitCode).toBe(2)
    expect(watched.stdout).toMatch(/^× Repository audit: javascript-shop was cancelled in /)
  })

  test('a wrong key is told from no server', async () => {
    const { url } = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8'))
    expect((await begin(['list'], { ORRERY_URL: url, ORRERY_KEY: 'orr_wrong' }).ended).exitCode).toBe(4)
    await stopServer()
    const { exitCode, stderr } = await orrery('list')
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`no Orrery server answers at ${url} (ECONNREFUSED)`)
  })
})
