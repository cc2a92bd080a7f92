/** `orrery replay` against the whole API: the test does the tasks, as their agents do or otherwise. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromGlobalId } from '../domain/ids.ts'
import type { Json } from '../domain/json.ts'
import { type TestApp, testApp } from '../server/testing.ts'
import { speak } from './testing.ts'

let on: TestApp
let env: Record<string, string>
beforeAll(async () => {
  on = await testApp()
  env = { ORRERY_URL: (await on.listen()).url, ORRERY_KEY: on.key }
})
afterAll(() => on.close())

const orrery = (...args: string[]) => speak(args, { env })

/** A run whose first task ended with this output; its agent would return null. */
async function run(output: Json): Promise<string> {
  const { stdout } = await orrery('run', 'simple', '--repo', '/', '--detach')
  const id = stdout.trim()
  const { uuid } = fromGlobalId(id)
  const by = { actor: { kind: 'agent' as const, id: 'worker', name: 'worker' } }
  const at = { taskIndex: 0, epoch: 1 }
  await on.services.handle.handle(uuid, { type: 'ClaimTask', ...at, worker: 'worker' }, by)
  await on.services.handle.handle(uuid, { type: 'FinishTask', ...at, output, artifacts: [] }, by)
  return id
}

test('says that a run is identical, in words and as JSON', async () => {
  const id = await run(null)
  const said = await orrery('replay', id)
  expect(said.exitCode).toBe(0)
  expect(said.stdout).toMatch(new RegExp(`^${id}  identical  \\d+ events, 3 commands, 1 claims, 0 prompts`))
  const { stdout } = await orrery('replay', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ runId: id, identical: true, divergence: null, unchecked: [] })
})

test('names the first event that does not come about again, and ends with 1', async () => {
  const id = await run({ other: 1 })
  const said = await orrery('replay', id)
  expect(said.exitCode).toBe(1)
  expect(said.stdout).toContain(`${id}  diverges`)
  expect(said.stdout).toMatch(/seq \d+ \(first\): of its output, it is \{"other":1\} and would be null/)
  const { stdout, exitCode } = await orrery('replay', id, '--jsonl')
  const found = JSON.parse(stdout) as { divergence: { seq: number; task: { key: string } } }
  expect(exitCode).toBe(1)
  expect(found).toMatchObject({ identical: false, divergence: { kind: 'RESULT', task: { key: 'first' }, got: null } })
})

test('with --all-open looks at every run that has not ended, and at no other', async () => {
  const ended = await run({ other: 2 })
  await orrery('cancel', ended)
  const { stdout, stderr, exitCode } = await orrery('replay', '--all-open')
  expect(exitCode).toBe(1)
  expect(stdout).not.toContain(ended)
  expect(stderr).toContain('Open runs: 2, of which not identical: 1.')
  expect(JSON.parse((await orrery('replay', '--all-open', '--json')).stdout)).toHaveLength(2)
  for (const line of stdout.split('\n').filter(one => one.includes('diverges')))
    await orrery('cancel', line.split(' ')[0] ?? '')
  expect((await orrery('replay', '--all-open')).exitCode).toBe(0)
})

test('tells what is wrong with the words, and that a run of somebody else is none', async () => {
  const both = await orrery('replay', await run(null), '--all-open')
  expect(both).toMatchObject({ exitCode: 1, stdout: '' })
  expect(both.stderr).toContain('leave out the id')
  const organisationId = randomUUID()
  await on.sql`insert into organisations (id, name) values (${organisationId}, 'Others')`
  const stranger = await on.keys.create({ organisationId, name: 'stranger', expiresAt: null })
  const id = await run(null)
  const denied = await speak(['replay', id], { env: { ...env, ORRERY_KEY: stranger } })
  expect(denied.exitCode).toBe(1)
  expect(denied.stderr).toContain('there is no run')
})
