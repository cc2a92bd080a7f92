/** Every command against the whole API, in one process and without workers: the test does the tasks. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createBlobStore } from '../db/blobs.ts'
import type { By } from '../db/store.ts'
import { toGlobalId, uuidOf } from '../domain/ids.ts'
import type { Json } from '../domain/json.ts'
import type { StoredArtifact } from '../domain/run/commands.ts'
import { type TestApp, testApp } from '../server/testing.ts'
import { type Spoken, speak } from './testing.ts'

let on: TestApp
let env: Record<string, string>
const directory = mkdtempSync(join(tmpdir(), 'orrery-cli-'))
beforeAll(async () => {
  on = await testApp()
  env = { ORRERY_URL: (await on.listen()).url, ORRERY_KEY: on.key }
})
afterAll(() => on.close())

const orrery = (...args: string[]): Promise<Spoken> => speak(args, { env, cwd: directory })
const by: By = { actor: { kind: 'agent', id: 'worker', name: 'worker' } }
const lines = (text: string): string[] => text.trimEnd().split('\n')

async function start(...more: string[]): Promise<string> {
  const { exitCode, stdout } = await orrery('run', 'simple', '--repo', '.', '--detach', ...more)
  expect(exitCode).toBe(0)
  return stdout.trim()
}

async function claim(runId: string, taskIndex: number): Promise<number> {
  const run = await on.services.handle.load(uuidOf('Run', runId))
  const epoch = (run?.tasks[taskIndex]?.epoch ?? 0) + 1
  await on.services.handle.handle(uuidOf('Run', runId), { type: 'ClaimTask', taskIndex, epoch, worker: 'worker' }, by)
  return epoch
}

async function finish(
  runId: string,
  taskIndex: number,
  output: Json = null,
  artifacts: StoredArtifact[] = [],
): Promise<void> {
  const epoch = await claim(runId, taskIndex)
  await on.services.handle.handle(uuidOf('Run', runId), { type: 'FinishTask', taskIndex, epoch, output, artifacts }, by)
}

async function fail(runId: string, taskIndex: number): Promise<void> {
  const epoch = await claim(runId, taskIndex)
  const failure = { code: 'TASK_FAILED', message: 'it broke', hint: 'mend it', retryable: false } as const
  await on.services.handle.handle(
    uuidOf('Run', runId),
    { type: 'FailTask', taskIndex, epoch, failure, blocked: false, artifacts: [] },
    by,
  )
}

async function artifact(kind: string, body: string): Promise<StoredArtifact> {
  const { hash, size } = await createBlobStore(on.sql, on.organisationId).put(Buffer.from(body))
  return { artifactId: randomUUID(), kind, title: kind, mediaType: 'text/plain', hash, size }
}

describe('run', () => {
  test('detached, tells the id on stdout and how to go on on stderr', async () => {
    const { exitCode, stdout, stderr } = await orrery('run', 'simple', '--repo', '.', '--detach')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^run_[0-9a-f]{32}\n$/)
    expect(stderr).toBe(
      `Started. Watch it with:\n  orrery watch ${stdout}or in a browser:\n  ${env.ORRERY_URL}/runs/${stdout}`,
    )
  })

  test('makes one project for a repository, and gives the run its absolute path and its variables', async () => {
    const first = await start('--var', 'depth=3', '--title', 'Mine')
    const second = await start()
    const shown = await Promise.all(
      [first, second].map(id => orrery('show', id, '--json').then(said => JSON.parse(said.stdout))),
    )
    expect(shown[0]).toMatchObject({ title: 'Mine', variables: { repo: directory, depth: 3 } })
    expect(shown[1]).toMatchObject({ title: `Simple: ${basename(directory)}`, projectId: shown[0].projectId })
  })

  test('followed, tells what happens and ends as the run does', async () => {
    const following = orrery('run', 'simple', '--repo', '.', '--follow', '--jsonl', '--title', 'followed')
    const runId = await runTitled('followed')
    await finish(runId, 0, { items: [] })
    await finish(runId, 1)
    const { exitCode, stdout, stderr } = await following
    expect(exitCode).toBe(0)
    const [head, ...events] = lines(stdout).map(line => JSON.parse(line))
    expect(head).toEqual({ runId, page: `${env.ORRERY_URL}/runs/${runId}` })
    expect(events.map(event => event.seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.at(-1)).toMatchObject({ type: 'RunSucceeded', runId })
    expect(stderr).toMatch(/First: started\n.*First: succeeded/)
  })

  test('that fails ends with 5 and says why', async () => {
    const following = orrery('run', 'simple', '--repo', '.', '--title', 'failing')
    const runId = await runTitled('failing')
    await fail(runId, 0)
    const { exitCode, stdout, stderr } = await following
    expect(exitCode).toBe(5)
    expect(lines(stdout).slice(0, 3)).toEqual([
      expect.stringMatching(/^✖ failing failed in /),
      '  First: it broke',
      '  mend it',
    ])
    expect(stderr).toMatch(/First: failed in .*: it broke → mend it\n/)
  })

  test('that is cancelled ends with 2', async () => {
    const following = orrery('run', 'simple', '--repo', '.', '--quiet', '--json', '--title', 'cancelled')
    const runId = await runTitled('cancelled')
    expect(await orrery('cancel', runId, '--reason', 'enough')).toMatchObject({
      exitCode: 0,
      stderr: `${runId} is cancelled.\n`,
    })
    const { exitCode, stdout, stderr } = await following
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ runId, status: 'CANCELLED', audit: null })
  })

  test('on a terminal is drawn, and left standing', async () => {
    const following = speak(['run', 'simple', '--repo', '.', '--title', 'drawn'], {
      env,
      cwd: directory,
      terminal: { columns: 80, rows: 24 },
    })
    const runId = await runTitled('drawn')
    await finish(runId, 0, { items: [] })
    await finish(runId, 1)
    const { exitCode, stderr } = await following
    expect(exitCode).toBe(0)
    expect(stderr).toContain('  ✔ First ')
    expect(lines(stderr).at(-1)).toMatch(/ {2}3 of 3 tasks done · \d+ events$/)
  })

  test('is followed across a connection that is cut', async () => {
    const proxy = await createProxy(new URL(env.ORRERY_URL ?? ''))
    const following = speak(['run', 'simple', '--repo', '.', '--jsonl', '--title', 'cut'], {
      env: { ...env, ORRERY_URL: proxy.url },
      cwd: directory,
    })
    const runId = await runTitled('cut')
    await vi.waitFor(() => expect(on.services.followers.state().consumers).toBeGreaterThan(0), patience)
    proxy.cut()
    await finish(runId, 0, { items: [] })
    await finish(runId, 1)
    const { exitCode, stdout, stderr } = await following
    expect(exitCode).toBe(0)
    const seqs = lines(stdout)
      .slice(1)
      .map(line => JSON.parse(line).seq)
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    expect(stderr).toMatch(/The connection is lost.*\nThe connection is back\./)
    await proxy.close()
  })

  test.each([
    [['run', 'nope'], 'there is no workflow "nope".\n  There are: simple.'],
    [['run', 'simple'], '--repo <path or git URL> is missing: Where it is.'],
    [['run', 'simple', '--repo', './nowhere'], 'there is no directory'],
    [['run', 'simple', '--repo', '.', '--var', 'depth=9'], 'depth: Too big: expected number to be <=5'],
    [['run', 'simple', '--repo', '.', '--var', 'x=1'], 'simple has no variable x; it has repo, depth.'],
    [['run', 'simple', '--repo', '.', '--project', 'nope'], 'there is no project "nope".'],
    [['run', 'simple', '--repo', '.', '--timeout', 'soon'], 'It must be a duration such as 90s, 30m or 2h.'],
    [
      ['run', 'simple', '--repo', '.', '--follow', '--detach'],
      "option '-f, --follow' cannot be used with option '-d, --detach'",
    ],
  ])('%j is refused: %s', async (args, message) => {
    const { exitCode, stdout, stderr } = await orrery(...args)
    expect(stderr).toContain(message)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  })
})

describe('list', () => {
  test('shows runs newest first, and filters', async () => {
    const runId = await start('--title', 'Listed')
    const { stdout } = await orrery('list', '--limit', '2')
    expect(lines(stdout)[0]).toMatch(/^RUN +STATUS +TASKS +TITLE +PROJECT +STARTED +TOOK$/)
    expect(lines(stdout)[1]).toMatch(new RegExp(`^${runId}  ○ pending +0/3  Listed`))
    const found = JSON.parse((await orrery('list', '--status', 'pending', '--json')).stdout)
    expect(found[0]).toMatchObject({ runId, title: 'Listed', tasks: { total: 3 } })
    expect((await orrery('list', '--workflow', 'nope')).stderr).toBe('There are none.\n')
    expect(await orrery('list', '--status', 'done')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('pending, running'),
    })
  })
})

describe('a run that is there', () => {
  test('is shown with its tasks and artifacts, and its artifacts can be had', async () => {
    const runId = await start()
    const report = await artifact('Markdown', '# Report\n\x1b[31mred\n')
    await finish(runId, 0, { items: ['a', 'b'], findings: 2 }, [report])
    const { stdout } = await orrery('show', runId)
    expect(stdout).toMatch(/ {2}✔ First .* 2 findings\n/)
    expect(stdout).toMatch(/ {4}○ Each .* waits for a worker\n/)
    const id = toGlobalId('Artifact', report.artifactId)
    expect(stdout).toMatch(new RegExp(`${id}  Markdown  Markdown +18 B +first`))
    expect((await orrery('artifacts', 'list', runId, '--kind', 'Sarif')).stderr).toBe('There are none.\n')

    expect((await orrery('artifacts', 'get', id)).stdout).toBe('# Report\nred\n')
    expect((await orrery('artifacts', 'get', runId)).stdout).toBe('# Report\nred\n')
    const file = join(directory, 'report.md')
    expect((await orrery('artifacts', 'get', id, '-o', file)).stdout).toBe('')
    expect(readFileSync(file, 'utf8')).toBe('# Report\n\x1b[31mred\n')
    expect(await orrery('artifacts', 'get', runId, '--kind', 'Sarif')).toMatchObject({
      exitCode: 1,
      stderr: `orrery: ${runId} has no artifact of kind Sarif.\n  It has Markdown.\n`,
    })
  })

  test('hands over all that it has made as one archive', async () => {
    const runId = await start()
    const artifacts = [await artifact('Markdown', '# Report'), await artifact('File', 'a line that is only here')]
    await finish(runId, 0, { items: [] }, artifacts)
    const file = join(directory, 'all.zip')
    expect(await orrery('artifacts', 'get', runId, '--all', '-o', file)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `What ${runId} has made is in ${file}\n`,
    })
    const archive = readFileSync(file, 'latin1')
    expect(archive.startsWith('PK\x03\x04')).toBe(true)
    for (const part of ['# Report', 'a line that is only here', 'File.txt']) expect(archive).toContain(part)
    const { stdout } = await orrery('artifacts', 'get', runId, '--all', '--kind', 'Markdown')
    expect(stdout).toContain('# Report')
    expect(stdout).not.toContain('a line that is only here')
    const nobody = toGlobalId('Run', randomUUID())
    expect(await orrery('artifacts', 'get', nobody, '--all', '-o', file)).toMatchObject({
      exitCode: 1,
      stderr: `orrery: there is no run ${nobody}.\n  orrery list shows those there are.\n`,
    })
  })

  test('is exported whole, in order', async () => {
    const runId = await start()
    const { stdout } = await orrery('export', runId)
    const events = lines(stdout).map(line => JSON.parse(line))
    expect(events[0]).toMatchObject({ runId, seq: 1, type: 'RunStarted', actor: { kind: 'key', name: 'owner' } })
    expect(events.map(event => event.seq)).toEqual(events.map((_, index) => index + 1))
    const file = join(directory, 'events.jsonl')
    expect((await orrery('export', runId, '-o', file)).stderr).toBe(`${events.length} events of ${runId} in ${file}\n`)
    expect(readFileSync(file, 'utf8')).toBe(stdout)
  })

  test('is paused and goes on', async () => {
    const runId = await start()
    expect((await orrery('pause', runId)).stderr).toContain(`orrery resume ${runId}`)
    expect((await orrery('show', runId)).stdout).toMatch(/First .*waits: the run is paused/)
    expect(JSON.parse((await orrery('resume', runId, '--json')).stdout)).toEqual({ runId, status: 'PENDING' })
    expect((await orrery('reset', runId)).exitCode).toBe(0)
  })

  test('is done again from what failed', async () => {
    const runId = await start()
    await fail(runId, 0)
    expect(await orrery('retry', runId, 'nope')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('It has first, second, each.'),
    })
    const retrying = orrery('retry', runId)
    await untilReady(runId, 0)
    await finish(runId, 0, { items: [] })
    await finish(runId, 1)
    const { exitCode, stderr } = await retrying
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^First is done again, and what built on it\.\n/)
    expect(await orrery('retry', runId)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('no task of this run has failed'),
    })
    expect(await orrery('pause', runId)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('cannot be paused'),
    })
  })

  test('all of them are paused, and go on again', async () => {
    const runIds = [await start(), await start()]
    const paused = await orrery('pause', '--all', '--reason', 'the disk is full', '--json')
    expect(paused.exitCode).toBe(0)
    expect(JSON.parse(paused.stdout).runIds).toEqual(expect.arrayContaining(runIds))
    for (const runId of runIds) expect((await on.services.handle.load(uuidOf('Run', runId)))?.status).toBe('PAUSED')
    const { exitCode, stdout, stderr } = await orrery('resume', '--all')
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
    expect(stderr).toMatch(/^\d+ runs go on\.\n$/)
    for (const runId of runIds) expect((await on.services.handle.load(uuidOf('Run', runId)))?.status).not.toBe('PAUSED')
    expect((await orrery('resume', '--all')).stderr).toBe('0 runs go on.\n')
    expect((await orrery('pause')).stderr).toMatch(/^orrery: say which run\.\n.*--all/)
    expect(await orrery('resume', runIds[0] ?? '', '--all')).toMatchObject({ exitCode: 1 })
  })

  test.each(['show', 'watch', 'export', 'pause', 'retry'])('%s of a run that is not there says so', async command => {
    const missing = 'run_01990000000070008000000000000001'
    expect(await orrery(command, missing)).toMatchObject({
      exitCode: 1,
      stderr: `orrery: there is no run ${missing}.\n  orrery list shows those there are.\n`,
    })
    expect((await orrery(command, 'x')).stderr).toContain('"x" is not an id such as run_0199')
  })
})

test('workflows are listed with their variables', async () => {
  const { stdout } = await orrery('workflows')
  expect(stdout).toMatch(/^simple {2}Simple {2}version 1, 3 steps\n/)
  expect(stdout).toMatch(/depth {2}integer, default 2 {2}How deep\n/)
})

describe('a server that refuses', () => {
  test.each(['list', 'watch', 'show'])('a wrong key ends %s with 4', async command => {
    const { exitCode, stderr } = await speak([command], { env: { ...env, ORRERY_KEY: 'orr_wrong' }, cwd: directory })
    expect(exitCode).toBe(4)
    expect(stderr).toMatch(/^orrery: .*key/)
  })

  test('no server at all is told, and how to start one', async () => {
    const { exitCode, stderr } = await speak(['run', 'simple'], { env: { ...env, ORRERY_URL: 'http://127.0.0.1:1' } })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/no Orrery server answers at http:\/\/127\.0\.0\.1:1 .*\n {2}Start it with `npm start`/)
  })

  test('in JSON where JSON was asked for', async () => {
    const { stderr } = await orrery('run', 'nope', '--json')
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NOT_FOUND', exitCode: 1, hint: 'There are: simple.' } })
  })
})

/** The run of that title, once a command has started it. */
const runTitled = (title: string): Promise<string> =>
  vi.waitFor(async () => {
    const [row] = await on.sql<{ id: string }[]>`select id from runs where title = ${title}`
    if (row === undefined) throw new Error(`there is no run ${title} yet`)
    return toGlobalId('Run', row.id)
  }, patience)

const untilReady = (runId: string, taskIndex: number): Promise<void> =>
  vi.waitFor(async () => {
    const run = await on.services.handle.load(uuidOf('Run', runId))
    expect(run?.tasks[taskIndex]?.status).toBe('READY')
  }, patience)

const patience = { timeout: 10_000, interval: 20 }

/** Before a server, so that its connections can be cut. */
async function createProxy(target: URL) {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const one of [socket, upstream]) sockets.add(one.on('error', () => {}))
    socket.pipe(upstream).pipe(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    async close() {
      cut()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
