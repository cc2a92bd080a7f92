/** Forks as people make them: command line and server in processes of their own, the team at work on a real repository. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../db/testing.ts'
import { type TestRedis, testRedis } from '../../queues/testing.ts'
import { inCheckout } from '../../setup/checkout.mjs'

const patience = 300_000
const home = mkdtempSync(join(tmpdir(), 'orrery-forks-'))
let database: TestDatabase
let redis: TestRedis | null
let server: ChildProcess

const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const { PATH, HOME } = process.env
  return { PATH, HOME, ORRERY_DATA: join(home, 'data'), ...more }
}

/** `orrery` in a process of its own; what it wrote to stdout. Throws what it wrote where it did not end well. */
async function orrery(...args: string[]): Promise<string> {
  const options = { cwd: home, env: environment(), timeout: patience }
  const child = spawn(process.execPath, [inCheckout('cli', 'orrery.mjs'), ...args], options)
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const exitCode = await new Promise(resolve => child.once('close', resolve))
  if (exitCode !== 0) throw new Error(`orrery ${args.join(' ')} ended with ${exitCode}: ${err}${out}`)
  return out
}

beforeAll(async () => {
  database = await testDatabase()
  redis = await testRedis().catch(() => null)
  server = spawn(process.execPath, ['--import', 'tsx', inCheckout('server', 'main.ts')], {
    cwd: inCheckout(),
    env: environment({ PORT: '0', DATABASE_URL: database.url, ...(redis === null ? {} : { REDIS_URL: redis.url }) }),
  })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream?.setEncoding('utf8').on('data', text => (said += text))
  await vi.waitFor(() => expect(said).toMatch(/Ready after .* at http/), { timeout: 60_000, interval: 100 })
}, 90_000)

afterAll(async () => {
  const closed = new Promise(resolve => server.once('close', resolve))
  server.kill('SIGTERM')
  const timer = setTimeout(() => server.kill('SIGKILL'), 15_000)
  await closed
  clearTimeout(timer)
  await redis?.release()
  await database.drop()
  rmSync(home, { recursive: true, force: true })
})

const git = (repo: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@example.com', '-C', repo, ...args])
    .toString()
    .trim()

/** A shop with a fault at a border, and tests that miss it. */
function repository(name: string): string {
  const repo = mkdtempSync(join(home, name))
  const files = {
    'package.json': '{ "name": "parcels", "private": true, "type": "module", "scripts": { "test": "node --test" } }\n',
    'src/postage.js':
      '/** Cents for a parcel of so many grams; from a kilogram on it is a heavy one. */\nexport function postage(grams) {\n  if (grams > 1000) return 950\n  return 450\n}\n',
    'test/postage.test.js':
      "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\nimport { postage } from '../src/postage.js'\n\ntest('a small parcel', () => assert.equal(postage(200), 450))\n",
  }
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(repo, path)), { recursive: true })
    writeFileSync(join(repo, path), body)
  }
  git(repo, 'init', '-q', '--initial-branch=main')
  git(repo, 'add', '.')
  git(repo, 'commit', '-qm', 'Charge parcels by weight')
  return repo
}

const objective =
  'A parcel of exactly a kilogram is charged as a light one: `postage(1000)` should be 950, and is 450. See src/postage.js.'
const given = (repo: string) => [
  ...['run', 'fix-bug', '--repo', repo, '--objective', objective, '--simulate', '--var', 'publish=auto'],
]

type Told = { seq: number; type: string; data: Record<string, unknown>; runId: string }
const eventsOf = async (runId: string): Promise<Told[]> =>
  (await orrery('export', runId))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

/** What a run and a fork of it have in common, told without saying of which. */
const withoutRun = (events: readonly Told[]) => events.map(({ runId: _, ...event }) => event)
const branches = (repo: string) =>
  git(repo, 'for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads/orrery')
const effects = (events: readonly Told[]) =>
  events.filter(one => one.type === 'ModelCallStarted' || one.type === 'ToolCallStarted').length

test('a mended fault, forked in the middle of the mending, is mended once more from there', {
  timeout: patience,
}, async () => {
  const repo = repository('ended')
  const { runId } = JSON.parse(await orrery(...given(repo), '--detach', '--json'))
  await orrery('watch', runId, '--quiet')
  const before = await eventsOf(runId)
  const written = branches(repo)
  const fix = before.find(one => one.type === 'TaskPlanned' && one.data.key === 'fix')?.data.taskIndex
  const calls = before.filter(one => one.type === 'ToolCallFinished' && one.data.taskIndex === fix)
  const at = calls[2]?.seq ?? 0
  expect(at).toBeGreaterThan(0)

  const [told] = (await orrery('fork', runId, '--at', String(at), '--jsonl', '--title', 'Again')).split('\n')
  const fork = JSON.parse(told ?? '') as { runId: string }
  const after = await eventsOf(fork.runId)
  expect(withoutRun(after.slice(0, at))).toEqual(withoutRun(before.slice(0, at)))
  expect(after[at]).toMatchObject({ type: 'RunForked', data: { atSeq: at, restarted: [], journals: [] } })
  expect(after.at(-1)?.type).toBe('RunSucceeded')
  // What was recorded by then was not done again: the fork made as many calls as the run made after that moment.
  expect(effects(after.slice(at))).toBe(effects(before.slice(at)))
  expect(await eventsOf(runId)).toEqual(before)

  const all = branches(repo).split('\n')
  expect(all).toHaveLength(2)
  expect(all).toContain(written)
  for (const line of all) expect(git(repo, 'show', `${line.split(' ')[0]}:src/postage.js`)).toContain('>= 1000')
  expect(await orrery('replay', runId)).toContain('identical')
  expect(await orrery('replay', fork.runId)).toContain('identical')
})

test('a run at work, forked with other words for a role, comes to its end twice', { timeout: patience }, async () => {
  const repo = repository('at-work')
  const { runId } = JSON.parse(await orrery(...given(repo), '--detach', '--json'))
  await vi.waitFor(
    async () =>
      expect((await eventsOf(runId)).filter(one => one.type === 'ModelCallFinished').length).toBeGreaterThan(1),
    { timeout: 120_000, interval: 250 },
  )
  writeFileSync(join(home, 'words.txt'), 'Change as few lines as you can.')
  const words = ['--prompt', 'debugger=@words.txt', '--without-tool', 'fetch']
  const [told] = (await orrery('fork', runId, ...words, '--jsonl')).split('\n')
  const fork = JSON.parse(told ?? '') as { runId: string; forkedFrom: { seq: number } }
  await orrery('watch', runId, '--quiet')
  const [first, second] = await Promise.all([eventsOf(runId), eventsOf(fork.runId)])
  const { seq } = fork.forkedFrom
  expect(withoutRun(second.slice(0, seq))).toEqual(withoutRun(first.slice(0, seq)))
  expect([first.at(-1)?.type, second.at(-1)?.type]).toEqual(['RunSucceeded', 'RunSucceeded'])

  const promptOf = (events: readonly Told[], role: string) => {
    const task = events.find(one => one.type === 'TaskPlanned' && one.data.uses === role)?.data.taskIndex
    const call = events.findLast(one => one.type === 'ModelCallStarted' && one.data.taskIndex === task)
    return String(call?.data.promptHash).slice(0, 16)
  }
  expect(promptOf(second, 'debugger')).not.toBe(promptOf(first, 'debugger'))
  expect(promptOf(second, 'reviewer')).toBe(promptOf(first, 'reviewer'))
  expect(branches(repo).split('\n')).toHaveLength(2)
  expect(await orrery('replay', fork.runId)).toContain('identical')
})
