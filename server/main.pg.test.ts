/** The process as people start it: `node server/main.ts` with an environment, watched from outside. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../db/testing.ts'
import { testRedis } from '../queues/testing.ts'
import { inCheckout } from '../setup/checkout.mjs'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

type Started = { child: ChildProcess; out: () => string; exit: Promise<number | null> }

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', inCheckout('server', 'main.ts')], {
    cwd: inCheckout(),
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (out += chunk))
  const exit = new Promise<number | null>(resolve => child.once('exit', resolve))
  closing.push(async () => {
    child.kill('SIGKILL')
    await exit
  })
  return { child, out: () => out, exit }
}

/** The address and the sign-in link, once they were said. */
async function ready(started: Started): Promise<{ url: string; link: string }> {
  await expect.poll(started.out, { timeout: 40_000, interval: 20 }).toMatch(/Sign in.*token=\S+\n/)
  const [, url = ''] = /Ready after \S+ s at (\S+)/.exec(started.out()) ?? []
  const [link = ''] = /http\S+\/sign-in\?token=\S+/.exec(started.out()) ?? []
  return { url, link }
}

function dataDir(): string {
  const directory = mkdtempSync(join(tmpdir(), 'orrery-main-'))
  chmodSync(directory, 0o755)
  closing.push(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Servers that the tests have anyway, so that a start is short. */
async function borrowed(): Promise<Record<string, string>> {
  const [database, redis] = [await testDatabase(), await testRedis()]
  closing.push(
    () => database.drop(),
    () => redis.release(),
  )
  return { DATABASE_URL: database.url, REDIS_URL: redis.url, ORRERY_DATA: dataDir() }
}

const credentialsIn = (env: Record<string, string>) =>
  JSON.parse(readFileSync(join(env.ORRERY_DATA ?? '', 'credentials.json'), 'utf8')) as { url: string; key: string }

const ask = async (url: string, key: string, query: string) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as { data: Record<string, never> }
}

describe('a start that cannot work', { timeout: 60_000 }, () => {
  test('names every fault of the configuration, and starts nothing', async () => {
    const directory = join(dataDir(), 'data')
    const started = start({ PORT: 'http', ORRERY_ROLE: 'king', ORRERY_DATA: directory })
    expect(await started.exit).toBe(1)
    expect(started.out()).toMatch(/PORT.*ORRERY_ROLE/s)
    expect(started.out()).not.toMatch(/ at .*:\d+:\d+/)
    expect(existsSync(directory)).toBe(false)
  })

  test('says that the port is taken, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    closing.push(() => other.close())
    await new Promise(resolve => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const started = start({ ...(await borrowed()), PORT: String(port) })
    expect(await started.exit).toBe(1)
    expect(started.out()).toContain(`Port ${port} of 127.0.0.1 is taken`)
  })
})

describe('a process', { timeout: 90_000 }, () => {
  test('says where it is, lets its owner in by key and by link, and ends in order', async () => {
    const env = await borrowed()
    const started = start(env)
    const { url, link } = await ready(started)
    const credentials = credentialsIn(env)
    expect(credentials.url).toBe(url)
    expect(statSync(join(env.ORRERY_DATA ?? '', 'credentials.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(env.ORRERY_DATA ?? '', 'pepper')).mode & 0o777).toBe(0o600)
    expect(await ask(url, credentials.key, '{ viewer { name } workflows { name } }')).toMatchObject({
      data: { viewer: { name: 'owner' }, workflows: expect.arrayContaining([{ name: 'repository-audit' }]) },
    })
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303)
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401)
    expect((await fetch(`${url}/health/live`)).status).toBe(200)
    started.child.kill('SIGTERM')
    expect(await started.exit).toBe(0)
    expect(started.out()).toContain('SIGTERM')
  })

  test('that was killed is followed by one with the same owner, which goes on', async () => {
    const env = await borrowed()
    const first = start(env)
    const { url } = await ready(first)
    const { key } = credentialsIn(env)
    await ask(url, key, 'mutation { createProject(input: { name: "kept" }) { __typename } }')
    first.child.kill('SIGKILL')
    await first.exit
    const second = await ready(start(env))
    expect(credentialsIn(env)).toEqual({ url: second.url, key })
    expect(await ask(second.url, key, '{ projects { nodes { slug } } }')).toMatchObject({
      data: { projects: { nodes: [{ slug: 'kept' }] } },
    })
  })

  test('of role worker does the work of one of role api', async () => {
    const env = await borrowed()
    const api = start({ ...env, ORRERY_ROLE: 'api' })
    const { url } = await ready(api)
    const { key } = credentialsIn(env)
    const health = async () =>
      (await ask(url, key, '{ health { checks { name status } } }')).data as unknown as {
        health: { checks: { name: string; status: string }[] }
      }
    expect((await health()).health.checks).toContainEqual({ name: 'worker', status: 'DEGRADED' })
    const worker = start({ ...env, ORRERY_ROLE: 'worker' })
    await expect
      .poll(async () => (await health()).health.checks, { timeout: 40_000 })
      .toContainEqual({ name: 'worker', status: 'OK' })
    const drained = await ask(
      url,
      key,
      'mutation { drainWorkers(input: {}) { ... on DrainWorkersPayload { workers { draining } } } }',
    )
    expect(drained).toMatchObject({ data: { drainWorkers: { workers: [{ draining: true }] } } })
    for (const one of [worker, api]) {
      one.child.kill('SIGINT')
      expect(await one.exit).toBe(0)
    }
  })

  test('brings its own Postgres and Redis where there is none, and takes them with it', async () => {
    const env = { ORRERY_DATA: dataDir() }
    const first = start(env)
    const { url } = await ready(first)
    expect(first.out()).toContain('Postgres: embedded')
    expect((await ask(url, credentialsIn(env).key, '{ viewer { name } }')).data).toBeTruthy()
    first.child.kill('SIGINT')
    expect(await first.exit).toBe(0)
    const second = start(env)
    await ready(second)
    // Who is ended without a word is followed by one that finds what was left.
    second.child.kill('SIGKILL')
    await second.exit
    const third = start(env)
    await ready(third)
    third.child.kill('SIGINT')
    expect(await third.exit).toBe(0)
  })
})
