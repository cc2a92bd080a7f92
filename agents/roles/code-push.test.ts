/** A branch of a remote repository, pushed over Git's own protocol to Git's own server, and only after a yes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answered } from '../../domain/approval.ts'
import type { Json } from '../../domain/json.ts'
import type { Sandbox } from '../../domain/ports.ts'
import { type CodeRun, createCodeRun, type TaskOptions } from '../code/testing.ts'
import { CodeSource } from '../code/trunk.ts'
import { openCode } from '../code/workspace.ts'
import { testSandbox } from '../sandbox/testing.ts'
import { createToolbox } from '../sandboxed/toolbox.ts'
import { codePrepare } from './code-prepare.ts'
import { codePush } from './code-push.ts'
import { gitCheckout } from './git-checkout.ts'
import { gitServer, withGitServer } from './testing-git-sandbox.ts'
import { commitAll, inGit, removeTemporary, repository, temporary } from './testing-repositories.ts'

vi.setConfig({ testTimeout: 60_000 })
const sandbox = testSandbox()
const toolbox = createToolbox()
const branch = 'orrery/fix-bug-runtest'
const answered = (approve: boolean): Answered => ({ outcome: 'answered', answer: { approve }, by: 'somebody' })

let server: ChildProcess
let host = ''
let remotes = ''
let repo = ''
let run: CodeRun
let source: Json

beforeAll(async () => {
  await sandbox.check()
  remotes = temporary()
  const env = { PATH: process.env.PATH, GIT_ROOT: remotes, PORT: '0' }
  server = spawn(process.execPath, [gitServer], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const [said] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  host = `127.0.0.1:${/\d+/.exec(said.toString())?.[0]}`
  repo = repository({ 'a.txt': 'a\n' })
  ;({ run, source } = await changed(sandbox, repo))
})

/** A run that checked the repository out, and changed it. */
async function changed(sandbox: Sandbox, repo: string): Promise<{ run: CodeRun; source: Json }> {
  const run = createCodeRun(sandbox)
  const checkout = await gitCheckout(toolbox, [host]).run(run.task(0, { input: { repo, ref: null } }))
  if (!checkout.ok) throw new Error(checkout.failure.message)
  const prepared = await codePrepare(toolbox).run(run.task(1, { input: { source: checkout.output } }))
  if (!prepared.ok) throw new Error(prepared.failure.message)
  const code = await openCode(run.task(2), toolbox, CodeSource.parse(prepared.output))
  await code.step('shell', 'Change it', async workspace => {
    const { exitCode } = await workspace.exec({ argv: ['sh', '-c', 'echo b > b.txt'], cwd: '/work/repo' })
    return { output: { exitCode } }
  })
  await code.merge('Change it')
  await code.close()
  return { run, source: prepared.output }
}

beforeEach(() => {
  rmSync(join(remotes, 'shop.git'), { recursive: true, force: true })
  inGit(remotes, 'clone', '--quiet', '--bare', repo, 'shop.git')
  inGit(join(remotes, 'shop.git'), 'config', 'http.receivepack', 'true')
})
afterAll(() => {
  server?.kill()
  removeTemporary()
})

const inRemote = (...args: string[]) => inGit(join(remotes, 'shop.git'), ...args).trim()
const tip = () => inRemote('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`)

let next = 10
function push(options: TaskOptions = {}, more: { [key: string]: Json } = {}, index = next++) {
  const input = { source, repo, remote: `http://${host}/shop.git`, workflow: 'fix-bug', ...more }
  const agent = codePush({ toolbox, gitHosts: [host, 'git.example.com'], credentialsFor: () => 'robot:secret' })
  return agent.run(run.task(index, { answer: answered(true), ...options, input }))
}

describe('a branch', () => {
  it('is pushed after a yes, whole, on the commit that was checked out', async () => {
    const result = await push()
    expect(result).toMatchObject({ ok: true, output: { pushed: true, branch, replaced: null } })
    expect(inRemote('log', '--format=%s', branch)).toBe('Change it\nBegin')
    expect(inRemote('show', `${branch}:b.txt`)).toBe('b')
    expect(inRemote('fsck', '--strict', '--no-dangling')).toBe('')
    const question = run.questions.at(-1)
    expect(question).toMatchObject({ kind: 'push', title: `Push the branch ${branch} to ${host}/shop.git?` })
    expect(question?.body).toContain('- b.txt (added, +1 −0)')
    expect(JSON.stringify([question, result, run.journal(next - 1)])).not.toContain('secret')
  })

  it('of a repository that was fetched is pushed onto the commit that was fetched', async () => {
    const opened: (readonly string[])[] = []
    const served = withGitServer(sandbox, {
      ...{ root: remotes, port: Number(host.split(':')[1]) },
      opened: ({ egress = [] }) => void opened.push(egress),
    })
    const url = `http://${host}/shop.git`
    const fetched = await changed(served, url)
    const input = { source: fetched.source, repo: url, remote: url, workflow: 'fix-bug' }
    const agent = codePush({ toolbox, gitHosts: [host], credentialsFor: () => null })
    opened.length = 0
    const result = await agent.run(fetched.run.task(3, { input, answer: answered(true) }))
    expect(result.ok ? result.output : result.failure).toMatchObject({ pushed: true, branch })
    expect(inRemote('log', '--format=%s', branch)).toBe('Change it\nBegin')
    // Only where the commits are made anew is anything reached from inside.
    expect(opened).toEqual([[host]])
  })

  it('stays away without one: where nobody has answered yet, and where the answer is no', async () => {
    await expect(
      codePush({ toolbox, gitHosts: [host], credentialsFor: () => null }).run(
        run.task(next++, { input: { source, repo, remote: `http://${host}/shop.git` } }),
      ),
    ).rejects.toMatchObject({ name: 'Suspended' })
    expect(await push({ answer: answered(false) })).toMatchObject({ ok: true, output: { pushed: false } })
    expect(await push({ answer: { outcome: 'expired', answer: {}, by: '' } })).toMatchObject({
      output: { pushed: false },
    })
    expect(tip()).toBe('')
  })

  it('is pushed once, also where its worker ends before it can say so', async () => {
    const index = next++
    // Calls: begin, pack, where it stands, push.
    expect(await push({ killAfter: 3 }, {}, index)).toMatchObject({ failure: { message: 'after call 3' } })
    const pushed = tip()
    expect(pushed).not.toBe('')
    expect(await push({}, {}, index)).toMatchObject({ ok: true, output: { pushed: true, commit: pushed } })
    expect(tip()).toBe(pushed)
  })

  it('that somebody moved after the question is left as it is', async () => {
    const context = run.task(next++, {
      input: { source, repo, remote: `http://${host}/shop.git`, workflow: 'fix-bug' },
    })
    const overtaken = {
      ...context,
      ask: async () => {
        inRemote('branch', branch, 'main')
        return answered(true)
      },
    }
    const agent = codePush({ toolbox, gitHosts: [host], credentialsFor: () => null })
    expect(await agent.run(overtaken)).toMatchObject({ ok: false, failure: { code: 'CONFLICT' } })
    expect(tip()).toBe(inRemote('rev-parse', 'main'))
    // Asked anew, the person is told what would be replaced, and it is.
    expect(await push()).toMatchObject({ ok: true, output: { pushed: true, replaced: inRemote('rev-parse', 'main') } })
    expect(run.questions.at(-1)?.body).toContain('It replaces what stands there now')
  })
})

describe('what is refused', () => {
  it.each([
    ['a host that is not named', { remote: 'http://127.0.0.1:9/shop.git' }, 'FORBIDDEN'],
    ['a path', { remote: '/tmp/shop.git' }, 'BAD_INPUT'],
    ['credentials in the address', { remote: 'https://a:b@example.com/x.git' }, 'BAD_INPUT'],
    ['a protected branch', { branch: 'main' }, 'FORBIDDEN'],
    ['credentials over http', { remote: 'http://git.example.com/shop.git' }, 'BAD_INPUT'],
  ])('%s', async (_, input, code) => {
    expect(await push({}, input)).toMatchObject({ ok: false, failure: { code } })
  })

  it.each([
    ['no repository', 'nothing.git', 'NOT_FOUND'],
    ['a repository that takes none of its kind', 'private/x.git', 'FORBIDDEN'],
  ])('%s', async (_, path, code) => {
    expect(await push({}, { remote: `http://${host}/${path}` })).toMatchObject({ ok: false, failure: { code } })
  })

  it('by the remote itself', async () => {
    inRemote('config', 'transfer.hideRefs', 'refs/heads/orrery')
    expect(await push()).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN', message: expect.any(String) } })
    expect(tip()).toBe('')
  })

  it('to be sent elsewhere', async () => {
    const elsewhere = createServer((_, response) => response.writeHead(302, { location: 'http://example.com/' }).end())
    await new Promise<void>(resolve => elsewhere.listen(0, '127.0.0.1', resolve))
    const other = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    const agent = codePush({ toolbox, gitHosts: [other], credentialsFor: () => 'robot:secret' })
    const input = { source, repo, remote: `http://${other}/shop.git`, workflow: 'fix-bug' }
    const result = await agent.run(run.task(next++, { input, answer: answered(true) }))
    elsewhere.close()
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'BAD_INPUT', message: expect.stringMatching(/elsewhere/) },
    })
  })
})

it('a repository without the commit that the work began at says so', async () => {
  const other = repository({ 'c.txt': 'c\n' })
  commitAll(other)
  rmSync(join(remotes, 'shop.git'), { recursive: true })
  inGit(remotes, 'clone', '--quiet', '--bare', other, 'shop.git')
  inGit(join(remotes, 'shop.git'), 'config', 'http.receivepack', 'true')
  expect(await push()).toMatchObject({
    ok: false,
    failure: { message: expect.stringMatching(/missing|unpack|refuses/) },
  })
})
