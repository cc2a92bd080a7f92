/** `orrery fork` against the whole API: the test does the tasks. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { uuidOf } from '../domain/ids.ts'
import { isRunEnded } from '../domain/run/state.ts'
import { type TestApp, testApp } from '../server/testing.ts'
import { speak } from './testing.ts'

let on: TestApp
let env: Record<string, string>
const cwd = mkdtempSync(join(tmpdir(), 'orrery-fork-'))
beforeAll(async () => {
  on = await testApp()
  env = { ORRERY_URL: (await on.listen()).url, ORRERY_KEY: on.key }
})
afterAll(() => on.close())

const orrery = (...args: string[]) => speak(args, { env, cwd })
const by = { actor: { kind: 'agent' as const, id: 'worker', name: 'worker' } }
const start = async () => (await orrery('run', 'simple', '--repo', '/', '--detach')).stdout.trim()
const load = (runId: string) => on.services.handle.load(uuidOf('Run', runId))

/** Does the tasks that are there to do, until the run ends. */
async function carryOut(runId: string): Promise<void> {
  const id = uuidOf('Run', runId)
  for (;;) {
    const run = await on.services.handle.load(id)
    const task = run?.tasks.find(one => one.status === 'READY')
    if (run === null || isRunEnded(run.status) || task === undefined) return
    const at = { taskIndex: task.index, epoch: task.epoch + 1 }
    await on.services.handle.handle(id, { type: 'ClaimTask', ...at, worker: 'worker' }, by)
    await on.services.handle.handle(id, { type: 'FinishTask', ...at, output: { items: [] }, artifacts: [] }, by)
  }
}

test('detached, tells the id of the fork, and where it begins', async () => {
  const runId = await start()
  const said = await orrery('fork', runId, '--at', '4', '--detach', '--reason', 'to see')
  expect(said.exitCode).toBe(0)
  const forkId = said.stdout.trim()
  expect(forkId).toMatch(/^run_[0-9a-f]{32}$/)
  expect(said.stderr).toContain(`${forkId}  begins after event 4 of ${runId}`)
  expect(await load(forkId)).toMatchObject({ forkedFrom: { runId: uuidOf('Run', runId), seq: 4 } })
  expect((await orrery('show', forkId)).stdout).toMatch(new RegExp(`fork of +${runId}, after event 4`))
  expect(JSON.parse((await orrery('show', forkId, '--json')).stdout).forkedFrom).toEqual({ runId, seq: 4 })
})

test('carries what is to be different, words from files too', async () => {
  const runId = await start()
  writeFileSync(join(cwd, 'words.txt'), 'Be brief.')
  const { stdout } = await orrery(
    ...['fork', runId, '--detach', '--json', '--var', 'depth=4', '--title', 'Other', '--budget', '2.5'],
    ...['--without-tool', 'shell', '--without-tool', 'fetch', '--prefer', 'cost=1'],
  )
  const { runId: forkId, forkedFrom } = JSON.parse(stdout)
  expect(forkedFrom.runId).toBe(runId)
  expect(await load(forkId)).toMatchObject({
    title: 'Other',
    variables: { repo: '/', depth: 4 },
    budgetMicros: 2_500_000,
    preference: { quality: 0, cost: 1, latency: 0 },
    adjustments: { withoutTools: ['shell', 'fetch'] },
  })
  const refused = await orrery('fork', runId, '--prompt', 'nobody=@words.txt', '--allow-model', 'no/model')
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr).toMatch(/no role "nobody".*no model "no\/model"/s)
})

test('followed, ends as the fork does', async () => {
  const runId = await start()
  await carryOut(runId)
  const following = orrery('fork', runId, '--at', '4', '--follow', '--jsonl')
  const forkId = await vi.waitFor(
    async () => {
      const [row] = await on.sql<{ id: string }[]>`
        select id from runs where forked_from_run_id = ${uuidOf('Run', runId)}`
      if (row === undefined) throw new Error('not yet')
      return `run_${row.id.replaceAll('-', '')}`
    },
    { timeout: 30_000 },
  )
  await carryOut(forkId)
  const { exitCode, stdout, stderr } = await following
  expect(exitCode).toBe(0)
  const [head, ...events] = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(head).toMatchObject({ runId: forkId, forkedFrom: { runId, seq: 4 } })
  expect(events.map(event => event.seq)).toEqual(events.map((_, index) => index + 1))
  expect(events[4]).toMatchObject({ type: 'RunForked' })
  expect(stderr).toContain('forked after event 4')
})

test.each([
  ['a run without anything left', (id: string) => [id], /nothing is left to do.*earlier event/s],
  ['an event that is not there', (id: string) => [id, '--at', '999'], /atSeq: must be 1 …/],
  ['a run that is none', () => ['run_00000000000000000000000000000000', '--at', '1'], /there is no run/],
  ['a prompt without a role', (id: string) => [id, '--at', '4', '--prompt', 'words'], /write it as role=words/],
  ['a file that is not there', (id: string) => [id, '--at', '4', '--prompt', 'a=@nothing.txt'], /cannot be read/],
  ['a variable that is none', (id: string) => [id, '--at', '4', '--var', 'nope=1'], /has no variable nope/],
])('refuses %s', async (_, args, message) => {
  const runId = await start()
  await carryOut(runId)
  const { exitCode, stderr } = await orrery('fork', ...args(runId))
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(message)
})
