/** Questions, money and simulation from the command line, against the whole API. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { toGlobalId, uuidOf } from '../domain/ids.ts'
import { budgetQuestion } from '../queues/model-questions.ts'
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

const patience = { timeout: 10_000, interval: 20 }
const orrery = (...args: string[]): Promise<Spoken> => speak(args, { env, cwd: directory })

/** A run of which every task waits for a go, and its question. */
async function startManual(): Promise<{ runId: string; approvalId: string }> {
  const runId = (await orrery('run', 'simple', '--repo', '.', '--manual', '--detach')).stdout.trim()
  const [asked] = JSON.parse((await orrery('approvals', '--run', runId, '--json')).stdout)
  return { runId, approvalId: asked.approvalId }
}

const stateOf = (runId: string) => on.services.handle.load(uuidOf('Run', runId))

describe('a run', () => {
  test('is told whether models are simulated, what it may spend, and what matters', async () => {
    const preferring = ['--simulate', '--budget', '2.50', '--prefer', 'quality=0.7,cost=0.2,latency=0.1']
    const { stdout } = await orrery('run', 'simple', '--repo', '.', '--detach', ...preferring)
    expect(await stateOf(stdout.trim())).toMatchObject({
      simulated: true,
      manual: false,
      budgetMicros: 2_500_000,
      preference: { quality: 0.7, cost: 0.2, latency: 0.1 },
    })
    expect((await orrery('show', stdout.trim())).stdout).toMatch(/cost +\$0\.00 of \$2\.50, simulated\n/)
  })

  test.each([
    [['--budget', 'much'], 'It must be dollars, such as 5 or 0.25.'],
    [['--prefer', 'speed=1'], 'It must be weights from 0 to 1'],
    [['--objective', ' '], 'the objective is empty.'],
    [['--objective', 'x'], 'simple has no variable objective'],
  ])('%j is refused: %s', async (args, message) => {
    const { exitCode, stderr } = await orrery('run', 'simple', '--repo', '.', ...args)
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(message) })
  })

  test('reads its objective from what is piped in', async () => {
    const stdin = new PassThrough()
    stdin.end('Mend it.\n')
    const { stderr } = await speak(['run', 'simple', '--repo', '.', '-o', '-'], { env, cwd: directory, stdin })
    expect(stderr).toContain('--var objective=Mend it.: simple has no variable objective')
  })
})

describe('a question', () => {
  test('is listed, shown with its run, and answered', async () => {
    const { runId, approvalId } = await startManual()
    expect((await orrery('approvals', '--run', runId)).stdout).toMatch(
      new RegExp(`^APPROVAL +STATUS +KIND +TITLE .*\\n${approvalId}  open +go +Go: First `),
    )
    const shown = (await orrery('show', runId)).stdout
    expect(shown).toMatch(/First +asks a person: Go: First\n/)
    expect(shown).toContain(`? Go: First\n    This run goes on step by step.\n`)
    expect(shown).toContain(`    orrery approve ${approvalId}\n`)
    expect(await orrery('approve', approvalId)).toEqual({ exitCode: 0, stdout: '', stderr: 'Answered: Go: First\n' })
    expect((await stateOf(runId))?.tasks[0]?.status).toBe('READY')
  })

  test('is denied with a reason, by the id of its run', async () => {
    const { runId } = await startManual()
    const { exitCode, stdout } = await orrery('approve', runId, '--deny', '--reason', 'not today', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ANSWERED', answer: { approve: false, reason: 'not today' } })
    expect((await stateOf(runId))?.tasks[0]?.error?.message).toBe('owner said no: not today')
    expect(await orrery('approve', runId)).toMatchObject({
      exitCode: 1,
      stderr: `orrery: ${runId} asks nobody anything.\n`,
    })
  })

  test('that somebody answered takes no second answer, and says whose counts', async () => {
    const { approvalId } = await startManual()
    await orrery('approve', approvalId)
    const late = await orrery('approve', approvalId, '--deny')
    expect(late.exitCode).toBe(1)
    expect(late.stderr).toMatch(/owner answered this at .* UTC, with {"approve":true}; your answer has no effect\.\n$/)
    const [listed] = JSON.parse((await orrery('approvals', '--all', '--limit', '1', '--json')).stdout)
    expect(listed).toMatchObject({ approvalId, status: 'ANSWERED', answeredBy: 'owner' })
  })

  test.each([
    [['apr_x'], '"apr_x" is not an id such as apr_'],
    [['apr_01990000000070008000000000000001'], 'there is no approval apr_01990000000070008000000000000001.'],
  ])('%j is none', async (args, message) => {
    const { exitCode, stderr } = await orrery('approve', ...args)
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(message) })
  })

  test('takes only what its form asks for', async () => {
    const { approvalId } = await startManual()
    expect(await orrery('approve', approvalId, '--answer', 'colour=red')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('colour: is not asked for (approve, reason are)'),
    })
    expect((await orrery('approve', approvalId, '--answer', 'approve')).stderr).toContain('write it as name=value')
  })
})

/** A run whose first task has used up a budget of two dollars, and its question. */
async function startBreached(): Promise<{ runId: string; approvalId: string }> {
  const runId = (await orrery('run', 'simple', '--repo', '.', '--detach')).stdout.trim()
  const uuid = uuidOf('Run', runId)
  const approvalId = randomUUID()
  const by = { actor: { kind: 'agent' as const, id: 'w', name: 'w' } }
  const breach = { kind: 'run' as const, id: uuid, limitMicros: 2_000_000, spentMicros: 2_000_000, reservedMicros: 0 }
  const { handle } = on.services
  await handle.handle(uuid, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
  const question = budgetQuestion(breach, 1_000)
  await handle.handle(uuid, { type: 'RequestApproval', taskIndex: 0, epoch: 1, call: 0, approvalId, question }, by)
  return { runId, approvalId: toGlobalId('Approval', approvalId) }
}

describe('a budget that is used up', () => {
  test('is raised in dollars, as the question itself says', async () => {
    const { runId, approvalId } = await startBreached()
    const told = (await orrery('show', runId)).stdout
    expect(told).toContain(`orrery approve ${approvalId} --raise 4\n`)
    expect(told).toContain(`orrery approve ${approvalId} --answer choice=stop\n`)
    expect((await orrery('approve', approvalId)).stderr).toContain(`orrery approve ${approvalId} --raise 4\n`)
    expect(await orrery('approve', approvalId, '--raise', '2')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('--raise: must be more than $2.00.'),
    })
    const { exitCode, stdout } = await orrery('approve', approvalId, '--raise', '2.50', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout).answer).toEqual({ choice: 'raise', limitMicros: 2_500_000 })
  })

  test('is what --raise is for, and nothing else', async () => {
    const { approvalId } = await startManual()
    expect((await orrery('approve', approvalId, '--raise', '5')).stderr).toContain('is not about a budget')
    expect((await orrery('approve', approvalId, '--raise', '5', '--deny')).stderr).toContain('cannot be used with')
  })
})

describe('whoever follows a run', () => {
  test('is asked on a terminal, and the run goes on', async () => {
    const { runId, approvalId } = await startManual()
    const stdin = Object.assign(new PassThrough(), { isTTY: true })
    const terminal = { columns: 80, rows: 24 }
    const following = speak(['watch', runId], { env, cwd: directory, terminal, stdin })
    await vi.waitFor(() => expect(stdin.listenerCount('data')).toBeGreaterThan(0), patience)
    stdin.write('n\n')
    stdin.write('not now\n')
    const { exitCode, stderr } = await following
    expect(exitCode).toBe(5)
    expect(stderr).toContain('? Go: First\n    This run goes on step by step.\n  Approve? [y/n] ')
    expect(stderr).toContain('Answered.')
    const [asked] = JSON.parse((await orrery('approvals', '--run', runId, '--all', '--json')).stdout)
    expect(asked).toMatchObject({ approvalId, answer: { approve: false, reason: 'not now' } })
  })

  test('is told when somebody else was faster', async () => {
    const { runId, approvalId } = await startManual()
    const stdin = Object.assign(new PassThrough(), { isTTY: true })
    const terminal = { columns: 80, rows: 24 }
    const following = speak(['watch', runId], { env, cwd: directory, terminal, stdin })
    await vi.waitFor(() => expect(stdin.listenerCount('data')).toBeGreaterThan(0), patience)
    await orrery('approve', approvalId, '--deny')
    const { exitCode, stderr } = await following
    expect({ exitCode, stderr }).toEqual({
      exitCode: 5,
      stderr: expect.stringContaining('owner answered this before.'),
    })
  })

  test('without a terminal is told how to answer, and goes on waiting', async () => {
    const { runId, approvalId } = await startManual()
    const following = orrery('watch', runId)
    await vi.waitFor(() => expect(on.services.followers.state().consumers).toBeGreaterThan(0), patience)
    await orrery('approve', approvalId, '--deny')
    const { exitCode, stderr } = await following
    expect(exitCode).toBe(5)
    expect(stderr).toContain('First: asks a person: Go: First\n')
  })

  test('leaves with 7 where it does not want to wait', async () => {
    const { runId, approvalId } = await startManual()
    const { exitCode, stderr } = await orrery('watch', runId, '--no-wait')
    expect(exitCode).toBe(7)
    expect(stderr).toContain(`  Answer with:\n    orrery approve ${approvalId}\n`)
  })
})

describe('money', () => {
  test('a budget is set, shown, and lifted', async () => {
    const runId = (await orrery('run', 'simple', '--repo', '.', '--detach')).stdout.trim()
    expect((await orrery('budget')).stdout).toMatch(/ {2}limit +none of its own\n {2}spent +\$0\.00\n/)
    const { stdout, stderr } = await orrery('budget', '--run', runId, '--set', '1.25')
    expect(stderr).toMatch(/^The budget of Simple: .* is set\.\n$/)
    expect(stdout).toMatch(/run\n {2}limit +\$1\.25\n {2}spent +\$0\.00\n {2}left +\$1\.25\n/)
    expect(JSON.parse((await orrery('budget', '--run', runId, '--set', 'none', '--json')).stdout)).toMatchObject({
      scope: 'RUN',
      subjectId: runId,
      limitMicros: null,
      spentMicros: 0,
    })
    expect((await orrery('budget', '--project', 'nope')).stderr).toContain('there is no project "nope".')
  })

  test('providers are listed with their models, and that none is set up is said', async () => {
    const { exitCode, stdout, stderr } = await orrery('providers')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^PROVIDER +MODEL +STATUS +BREAKER +IN FLIGHT +QUEUED +CALLS +COST\n/)
    expect(stdout).toMatch(/\nsimulated +simulated\/.* closed .*\$0\.00\n/)
    expect(stderr).toContain('--simulate runs without one')
    const [first] = JSON.parse((await orrery('providers', '--json')).stdout)
    expect(first.models[0]).toMatchObject({ spentMicros: 0, breaker: 'CLOSED' })
  })
})
