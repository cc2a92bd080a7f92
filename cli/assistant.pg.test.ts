/** Runs from sentences, and talks about a project, from the command line against the whole API. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ProposalRow } from '../db/rows.ts'
import { forTenant } from '../db/tenancy.ts'
import type { ProposedRun } from '../domain/conversation.ts'
import { toGlobalId, uuidOf, uuidv7 } from '../domain/ids.ts'
import { calls, type Script, says, scriptedGateway } from '../server/assistant/testing.ts'
import { type TestApp, testApp } from '../server/testing.ts'
import { main } from './main.ts'
import { recorder, speak } from './testing.ts'

let on: TestApp
let env: Record<string, string>
/** What the model says; every test brings its own. */
let script: Script
const directory = mkdtempSync(join(tmpdir(), 'orrery-cli-'))
beforeAll(async () => {
  on = await testApp({ gateway: scriptedGateway((request, call) => script(request, call)) })
  env = { ORRERY_URL: (await on.listen()).url, ORRERY_KEY: on.key }
})
afterAll(() => on.close())

const orrery = (...args: string[]) => speak(args, { env, cwd: directory })
const simple = { workflow: 'simple', title: 'Look at it', reason: 'It fits.', confidence: 0.9 }
const proposes =
  (more: object = {}) =>
  () =>
    says(JSON.stringify({ ...simple, ...more }))
const runs = async () =>
  (await on.send<{ runs: { totalCount: number } }>('{ runs { totalCount } }')).data.runs.totalCount
const stateOf = (runId: string) => on.services.handle.load(uuidOf('Run', runId))
const startSimple = async () => (await orrery('run', 'simple', '--repo', '.', '--detach')).stdout.trim()
const cancelNewest = async () => {
  const [newest] = JSON.parse((await orrery('list', '--limit', '1', '--json')).stdout)
  await orrery('cancel', newest.runId)
  return newest.runId as string
}

/** Somebody at a terminal: types an answer once its question is on the screen. */
function atTerminal(...args: string[]) {
  const size = { columns: 100, rows: 24 }
  const [stdout, stderr] = [recorder(size), recorder(size)]
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const exitCode = main(args, {
    stdout: stdout.stream as never,
    stderr: stderr.stream as never,
    env: { ...env },
    cwd: () => directory,
    stdin,
  })
  const sees = (text: string) => vi.waitFor(() => expect(stderr.text()).toContain(text), { timeout: 10_000 })
  return {
    exitCode,
    stdout: stdout.text,
    stderr: stderr.text,
    sees,
    async types(question: string, line: string) {
      await sees(question)
      stdin.write(`${line}\n`)
    },
    leaves: () => stdin.end(),
  }
}

describe('auto', () => {
  test('without a terminal it shows the proposal, says how to start it, and starts nothing', async () => {
    script = proposes()
    const before = await runs()
    const { exitCode, stdout, stderr } = await orrery('auto', 'Look at this', '--repo', '.')
    expect(exitCode).toBe(7)
    expect(stdout).toContain('? Look at it\n    workflow  simple\n')
    expect(stdout).toContain(`    with      repo=${directory}\n`)
    expect(stdout).toMatch(/ {4}costs {5}.+\n {4}why {7}It fits\.\n {4}by {8}.+, 90 % sure\n$/)
    expect(stderr).toMatch(/^Nothing is started yet\. Start it with:\n {2}orrery auto prp_[0-9a-f]{32} --yes\n$/)
    expect(await runs()).toBe(before)
  })

  test('what was shown can be started later, once, and is followed', async () => {
    script = proposes()
    const shown = JSON.parse((await orrery('auto', 'Look at this', '--repo', '.', '--json')).stdout)
    expect(shown).toMatchObject({ ...simple, variables: { repo: directory }, estimate: { runs: 0 }, questions: [] })
    script = () => new Error('nobody is to be asked again')
    const following = orrery('auto', shown.proposalId, '--yes')
    await vi.waitFor(async () => expect((await stateOf(await newest()))?.title).toBe('Look at it'), { timeout: 10_000 })
    const runId = await cancelNewest()
    const { exitCode, stderr } = await following
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`${runId}  ${env.ORRERY_URL}/runs/${runId}\n`)
    const before = await runs()
    expect((await orrery('auto', shown.proposalId, '--yes', '--json')).exitCode).toBe(2)
    expect(await runs()).toBe(before)
  })

  test('what it leaves open has to be said', async () => {
    script = proposes({ variables: [{ name: 'depth', value: '9' }] })
    const before = await runs()
    const { exitCode, stdout, stderr } = await orrery('auto', 'Look deep')
    expect(exitCode).toBe(7)
    expect(stdout).toMatch(/ {4}asks {6}repo: Where it is\n {4}asks {6}depth: How deep \(.*\)\n$/)
    const [, id = ''] = /(prp_[0-9a-f]{32}) --yes --var 'repo=…'\n$/.exec(stderr) ?? []
    const refused = await orrery('auto', id, '--yes')
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot be started yet:\n  repo: ') })
    expect((await orrery('auto', id, '--yes', '--var', 'depth=deep')).stderr).toContain('depth must be a whole number')
    expect(await runs()).toBe(before)
  })

  test('at a terminal it asks for what is open, then for the go, and starts', async () => {
    script = proposes()
    const at = atTerminal('auto', 'Look at this')
    await at.types('repo: Where it is: ', '.')
    const before = await runs()
    await at.types('Start it? [y/n] ', 'y')
    await vi.waitFor(async () => expect(await runs()).toBe(before + 1), { timeout: 10_000 })
    const run = await stateOf(await cancelNewest())
    expect(run).toMatchObject({ title: 'Look at it', variables: { repo: directory, depth: 2 } })
    expect(await at.exitCode).toBe(2)
  })

  test.each([
    ['n\n', 2, 'Nothing was started.'],
    ['', 7, 'Start it? [y/n] \nNothing is started yet. Start it with:\n  orrery auto prp_'],
  ])('at a terminal %j starts nothing', async (typed, expected, told) => {
    script = proposes()
    const before = await runs()
    const at = atTerminal('auto', 'Look at this', '--repo', '.')
    await at.sees('Start it? [y/n] ')
    if (typed !== '') await at.types('Start it', typed.trim())
    at.leaves()
    expect(await at.exitCode).toBe(expected)
    expect(at.stderr()).toContain(told)
    expect(await runs()).toBe(before)
  })

  test.each([
    [['auto', ' '], 'must be 1 … 32,000 characters long'],
    [['auto', 'x', '--project', 'nope'], 'there is no project "nope".'],
    [['auto', `prp_${'0'.repeat(32)}`], 'there is no proposal prp_'],
    [
      ['auto', 'x', '--project', 'a', '--repo', '.'],
      "option '--project <slug or id>' cannot be used with option '--repo",
    ],
  ])('%j is refused: %s', async (args, message) => {
    script = proposes()
    expect(await orrery(...args)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) })
  })

  test('a thought that takes its time is watched', async () => {
    script = proposes()
    const { proposalId } = JSON.parse((await orrery('auto', 'Look at this', '--repo', '.', '--json')).stdout)
    const { proposals } = forTenant(on.sql, on.organisationId)
    const [known] = await proposals.byIds([uuidOf('Proposal', proposalId)])
    const id = uuidv7(Date.now(), randomBytes(10))
    const { projectId, by, proposed } = known as ProposalRow
    await proposals.create({ id, projectId, text: 'Think', simulated: false, by })
    const watch = vi.spyOn(on.services.followers, 'watch')
    const asking = orrery('auto', toGlobalId('Proposal', id), '--json')
    await vi.waitFor(() => expect(watch).toHaveBeenCalledOnce(), { timeout: 20_000 })
    await proposals.settle(id, { proposed: proposed as ProposedRun })
    on.services.bell.ringOf(`proposal:${id}`)
    const { exitCode, stdout } = await asking
    expect(exitCode).toBe(7)
    expect(JSON.parse(stdout)).toMatchObject(simple)
    watch.mockRestore()
  })

  test('what the model fails with is told', async () => {
    script = () => new Error('down')
    const { exitCode, stderr } = await orrery('auto', 'Look at this', '--repo', '.', '--yes')
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(/^orrery: .+\n/) })
  })

  async function newest(): Promise<string> {
    const [run] = JSON.parse((await orrery('list', '--limit', '1', '--json')).stdout)
    return run.runId
  }
})

describe('chat', () => {
  const isAnswered = (request: Parameters<Script>[0]) => JSON.stringify(request.messages.at(-1)).includes('tool-result')
  /** Proposes to pause a run, and then says why. */
  const pausing =
    (runId: string): Script =>
    request =>
      isAnswered(request) ? says('I would pause it.') : calls('propose_pause_run', { runId, reason: 'asked' })
  const piped = (text: string, ...more: string[]) => {
    const stdin = new PassThrough()
    stdin.end(text)
    return speak(['chat', ...more], { env, cwd: directory, stdin })
  }

  test('answers each line that is piped in, with the events that it rests on', async () => {
    const runId = await startSimple()
    script = () => says(`It has begun [${runId}#1], and more [${runId}#999].`)
    const { exitCode, stdout, stderr } = await piped('How is it?\n\nAnd now?\n')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const answer = new RegExp(
      `It has begun \\[1\\], and more \\[${runId}#999\\]\\.\\n  \\[1\\] RunStarted, event 1 of .*  ${runId}\\n  \\S+, \\$\\S+\\n`,
      'g',
    )
    expect(stdout.match(answer)).toHaveLength(2)
    expect(stdout.replace(answer, '')).toBe('')
  })

  test('does nothing that nobody is there to confirm', async () => {
    const runId = await startSimple()
    script = pausing(runId)
    const { exitCode, stdout, stderr } = await piped(`Pause ${runId}\n`)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^I would pause it\.\n.*\n\? Pause .*\n$/)
    expect(stderr).toBe('Nothing is done: it takes a person at a terminal to confirm.\n')
    expect((await stateOf(runId))?.status).not.toBe('PAUSED')
  })

  test('at a terminal asks for each command, does it after a yes, and ends with the input', async () => {
    const runId = await startSimple()
    script = pausing(runId)
    const at = atTerminal('chat')
    await at.types('> ', `Pause ${runId}`)
    await at.types('Do it? [y/n] ', 'n')
    await at.sees('Nothing was done.')
    expect((await stateOf(runId))?.status).not.toBe('PAUSED')
    await at.types('Nothing was done.\n> ', `Pause ${runId}, please`)
    await vi.waitFor(() => expect(at.stderr().match(/Do it\?/g)).toHaveLength(2), { timeout: 10_000 })
    await at.types('Do it', 'y')
    await at.sees(`Done.  orrery watch ${runId}`)
    expect((await stateOf(runId))?.status).toBe('PAUSED')
    at.leaves()
    expect(await at.exitCode).toBe(0)
  })

  test('what is refused after a yes is told, and the talk goes on', async () => {
    const runId = await startSimple()
    script = request => (isAnswered(request) ? says('Shall I?') : calls('propose_retry_task', { runId, taskIndex: 77 }))
    const at = atTerminal('chat')
    await at.types('> ', 'Again')
    await at.types('Do it? [y/n] ', 'y')
    await at.sees('has no task 77')
    await vi.waitFor(() => expect(at.stderr().match(/> /g)).toHaveLength(2), { timeout: 10_000 })
    at.leaves()
    expect(await at.exitCode).toBe(0)
    expect(at.stderr()).not.toContain('Done.')
  })

  test('a model that is away is told of; in a pipe it ends with 1', async () => {
    script = () => new Error('down')
    const { exitCode, stderr } = await piped('Hello\n')
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(/^There is no answer: .+\n/) })
  })

  test('ends with Ctrl-C', async () => {
    script = () => says('Hello.')
    const at = atTerminal('chat')
    await at.sees('> ')
    process.emit('SIGINT')
    expect(await at.exitCode).toBe(0)
  })

  test('needs something to read, and a project that is there', async () => {
    expect(await orrery('chat')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('nothing to read') })
    expect(await piped('x\n', '--project', 'nope')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('there is no project "nope".'),
    })
  })
})
