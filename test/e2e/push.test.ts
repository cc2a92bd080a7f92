/** A workflow whose result is pushed: it waits for a person, and only after a yes is anything on the remote. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { gitServer } from '../../agents/roles/testing-git-sandbox.ts'
import type { Json } from '../../domain/json.ts'
import type { Run } from '../../domain/run/state.ts'
import { createWorkflowRig, type Ended, git, patience } from './workflow-rig.ts'

const { home, repository, carryOut, close, remove } = createWorkflowRig()
let server: ChildProcess
let host = ''
beforeAll(async () => {
  const env = { PATH: process.env.PATH, GIT_ROOT: home, PORT: '0' }
  server = spawn(process.execPath, [gitServer], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const [said] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  host = `127.0.0.1:${/\d+/.exec(said.toString())?.[0]}`
})
afterEach(close)
afterAll(() => {
  server?.kill()
  remove()
})

type Pushed = Ended & {
  /** Of the remote, all its branches with their commits. */
  branches(): string[]
  /** What they were while the person was asked, and who was at work then. */
  asked: { branches: string[]; push: string | undefined; atWork: number; title: string | undefined }[]
}

/** A refactoring, which needs no model; its branch goes to the remote alone. */
async function pushed(name: string, answer: Json): Promise<Pushed> {
  const repo = repository(name)
  const remote = join(home, `${name}.git`)
  rmSync(remote, { recursive: true, force: true })
  git(home, 'clone', '--quiet', '--bare', repo, remote)
  git(remote, 'config', 'http.receivepack', 'true')
  const branches = () => git(remote, 'for-each-ref', '--format=%(refname:short) %(objectname)').split('\n')
  const asked: Pushed['asked'] = []
  const look = ({ tasks, approvals }: Run): Json => {
    const push = tasks.find(({ key }) => key === 'push')?.status
    const atWork = tasks.filter(({ status }) => status === 'CLAIMED').length
    asked.push({ branches: branches(), push, atWork, title: approvals.find(({ status }) => status === 'OPEN')?.title })
    return answer
  }
  const variables = { repo, publish: 'never', transformations: ['no-var'], remote: `http://${host}/${name}.git` }
  const ended = await carryOut('refactor', variables, { gitHosts: [host], answer: look })
  return { ...ended, branches, asked }
}

const pushes = ({ events }: Ended) =>
  events.filter(event => event.type === 'ToolCallStarted' && event.data.tool === 'push').length
const outputOf = ({ run }: Ended) => run.tasks.find(({ key }) => key === 'push')?.output

test('after a yes its branch is there, pushed once', { timeout: patience }, async () => {
  const done = await pushed('shop', { approve: true })
  expect([done.run.status, ...done.failures]).toEqual(['SUCCEEDED'])
  const [main = ''] = done.asked[0]?.branches ?? []
  const title = expect.stringMatching(/^Push the branch orrery\/refactor-\w+ to 127\.0\.0\.1:\d+\/shop\.git\?$/)
  // While nobody has answered, nothing is there and no worker is held.
  expect(done.asked).toEqual([{ branches: [main], push: 'WAITING', atWork: 0, title }])
  expect(main).toMatch(/^main /)
  const output = outputOf(done) as { branch: string; commit: string }
  expect(output).toMatchObject({ pushed: true, replaced: null, why: null })
  expect(done.branches()).toEqual([main, `${output.branch} ${output.commit}`])
  const remote = join(home, 'shop.git')
  expect(git(remote, 'show', `${output.branch}:src/names.js`)).toMatch(/let all = \[\]/)
  expect(git(remote, 'merge-base', 'main', output.branch)).toBe(main.split(' ')[1])
  expect(pushes(done)).toBe(1)
})

test('after a no nothing is there, and the run says who did not want it', { timeout: patience }, async () => {
  const done = await pushed('denied', { approve: false, reason: 'Not before Monday.' })
  expect([done.run.status, ...done.failures]).toEqual(['SUCCEEDED'])
  expect(done.asked).toHaveLength(1)
  expect(done.branches()).toEqual(done.asked[0]?.branches)
  expect(outputOf(done)).toMatchObject({ pushed: false, why: 'Not before Monday.' })
  expect(pushes(done)).toBe(0)
  const answered = done.events.find(({ type }) => type === 'ApprovalAnswered')
  expect(answered?.actor.kind).toBe('person')
})
