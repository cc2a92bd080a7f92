/** From a checkout to a branch of somebody's repository, with real repositories and the real sandbox. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Json } from '../../domain/json.ts'
import type { Agent } from '../../domain/ports.ts'
import { branchName } from '../code/branch-name.ts'
import { type CodeRun, createCodeRun, type TaskOptions } from '../code/testing.ts'
import { CodeSource } from '../code/trunk.ts'
import { openCode } from '../code/workspace.ts'
import { testSandbox } from '../sandbox/testing.ts'
import { createToolbox } from '../sandboxed/toolbox.ts'
import { codeBegin } from './code-begin.ts'
import { codePrepare } from './code-prepare.ts'
import { codePublish } from './code-publish.ts'
import { gitCheckout } from './git-checkout.ts'
import { commitAll, inGit, removeTemporary, repository } from './testing-repositories.ts'

vi.setConfig({ testTimeout: 60_000 })
const sandbox = testSandbox()
const toolbox = createToolbox()
const yes = { outcome: 'answered' as const, answer: { approve: true }, by: 'somebody' }
const no = { outcome: 'answered' as const, answer: { approve: false, reason: 'too large' }, by: 'somebody' }

beforeAll(() => sandbox.check())
afterAll(removeTemporary)

let next = 0
async function perform(run: CodeRun, agent: Agent, input: Json, options: TaskOptions = {}) {
  const context = run.task(next++, { ...options, input })
  const result = await agent.run(context)
  await run.keep(result.artifacts ?? [])
  return result
}

/** Checks a repository out, prepares it, and makes a change of the script on its trunk. */
async function changed(repo: string, script: string, ref: string | null = null) {
  const run = createCodeRun(sandbox)
  const checkout = await perform(run, gitCheckout(toolbox, []), { repo, ref })
  if (!checkout.ok) throw new Error(checkout.failure.message)
  const prepared = await perform(run, codePrepare(toolbox), { source: checkout.output })
  if (!prepared.ok) return { run, prepared, source: null }
  const source = CodeSource.parse(prepared.output)
  const code = await openCode(run.task(next++), toolbox, source)
  await code.step('shell', script, async workspace => {
    const { exitCode } = await workspace.exec({ argv: ['bash', '-c', script], cwd: '/work/repo' })
    return { output: { exitCode } }
  })
  await code.merge('Change it', { 'Orrery-Model': 'nobody/none' })
  await code.close()
  return { run, prepared, source: source as Json }
}

const files = { 'src/a.txt': 'a\n', 'b.txt': 'b\n', '.gitattributes': '*.txt filter=evil\n' }

/** Whose every program says that it was run. */
function hostile(): string {
  const repo = repository(files)
  const evil = join(repo, '.git/hooks/evil')
  mkdirSync(join(repo, '.git/hooks'), { recursive: true })
  for (const hook of ['evil', 'reference-transaction', 'post-checkout', 'pre-receive', 'update', 'post-update']) {
    writeFileSync(join(repo, '.git/hooks', hook), `#!/bin/sh\ntouch ${repo}/SPRUNG\n`)
    chmodSync(join(repo, '.git/hooks', hook), 0o755)
  }
  for (const name of [
    'core.fsmonitor',
    'filter.evil.clean',
    'filter.evil.smudge',
    'uploadpack.packObjectsHook',
    'diff.external',
  ])
    inGit(repo, 'config', name, evil)
  return repo
}

/** Without what its configuration names. */
const quietly = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'filter.evil.clean=',
  '-c',
  'diff.external=',
]
const git = (repo: string, ...args: string[]) => inGit(repo, ...quietly, ...args).trim()

describe('a change', () => {
  it('becomes a branch on the commit that was checked out, and nothing else of the repository changes', async () => {
    const repo = hostile()
    writeFileSync(join(repo, 'b.txt'), 'changed by somebody\n')
    const before = { head: git(repo, 'rev-parse', 'HEAD'), status: git(repo, 'status', '--short') }
    const { run, source, prepared } = await changed(
      repo,
      'echo c > src/c.txt; rm src/a.txt; mkdir src/a.txt; echo d > src/a.txt/d',
    )
    expect(prepared).toMatchObject({ ok: true, output: { notes: [expect.stringContaining('changed file')] } })
    const input = { repo, source, workflow: 'fix-bug', publish: 'auto' }
    const result = await perform(run, codePublish(toolbox), input)
    expect(result).toMatchObject({
      ok: true,
      output: { published: true, branch: 'orrery/fix-bug-runtest', base: before.head, files: 3 },
    })
    expect(git(repo, 'log', '--format=%s', 'orrery/fix-bug-runtest')).toBe('Change it\nBegin')
    expect(git(repo, 'log', '-1', '--format=%an %(trailers:key=Orrery-Run,valueonly)', 'orrery/fix-bug-runtest')).toBe(
      'Orrery run_test',
    )
    expect(git(repo, 'ls-tree', '-r', '--name-only', 'orrery/fix-bug-runtest').split('\n')).toEqual([
      '.gitattributes',
      'b.txt',
      'src/a.txt/d',
      'src/c.txt',
    ])
    expect(git(repo, 'fsck', '--strict', '--no-dangling')).toBe('')
    expect({ head: git(repo, 'rev-parse', 'HEAD'), status: git(repo, 'status', '--short') }).toEqual(before)
    expect(existsSync(join(repo, 'SPRUNG'))).toBe(false)
    const artifact = result.ok ? JSON.parse(String(result.artifacts[0]?.body)) : {}
    expect(artifact).toMatchObject({ branch: 'orrery/fix-bug-runtest', base: before.head, added: 2, removed: 1 })
    const patch = join(repo, '.git/patch')
    writeFileSync(patch, artifact.diff.text)
    expect(git(repo, 'apply', '--check', '--cached', patch)).toBe('')
    // Said twice, by another worker.
    expect(await perform(run, codePublish(toolbox), input)).toMatchObject({ ok: true, output: { published: true } })
  })

  it('waits for an approval that shows it, and is kept as a patch where there is none', async () => {
    const repo = repository(files)
    const { run, source } = await changed(repo, 'echo b2 >> b.txt')
    const input = { repo, source, workflow: 'fix-bug' }
    await expect(perform(run, codePublish(toolbox), input)).rejects.toMatchObject({ name: 'Suspended' })
    expect(run.questions[0]).toMatchObject({
      kind: 'push',
      title: 'Write the branch orrery/fix-bug-runtest?',
      subject: 'publish',
    })
    expect(run.questions[0]?.body).toContain('- b.txt (modified, +1 −0)')
    expect(git(repo, 'branch', '--list', 'orrery/*')).toBe('')
    expect(await perform(run, codePublish(toolbox), input, { answer: no })).toMatchObject({
      ok: true,
      output: { published: false, branch: null, why: 'too large' },
      artifacts: [{ kind: 'CodePatch' }],
    })
    expect(git(repo, 'branch', '--list', 'orrery/*')).toBe('')
    expect(await perform(run, codePublish(toolbox), input, { answer: yes })).toMatchObject({
      output: { published: true },
    })
    expect(git(repo, 'show', 'orrery/fix-bug-runtest:b.txt')).toBe('b\nb2')
  })

  it('of a part of a repository stands in that part', async () => {
    const repo = repository({ 'part/x.txt': 'x\n', 'other.txt': 'o\n' })
    const { run, source } = await changed(join(repo, 'part'), 'echo y > y.txt')
    const result = await perform(run, codePublish(toolbox), {
      repo: join(repo, 'part'),
      source,
      publish: 'auto',
      branch: 'feature/part',
    })
    expect(result).toMatchObject({ ok: true, output: { published: true } })
    expect(git(repo, 'ls-tree', '-r', '--name-only', 'feature/part').split('\n')).toEqual([
      'other.txt',
      'part/x.txt',
      'part/y.txt',
    ])
  })

  it('of a plain directory, or of a detached head, says where it began', async () => {
    const plain = await changed(repository(files, { git: false }), 'echo b2 >> b.txt')
    expect(plain.prepared).toMatchObject({
      ok: true,
      output: { notes: [expect.stringContaining('there is no commit')] },
    })
    const told = await perform(plain.run, codePublish(toolbox), {
      repo: '/nowhere',
      source: plain.source,
      publish: 'auto',
    })
    expect(told).toMatchObject({
      ok: true,
      output: { published: false, why: 'the work began at no commit of a repository' },
    })
    const detached = repository(files)
    git(detached, 'checkout', '--quiet', '--detach')
    commitAll(detached, 'Beside all branches')
    expect((await changed(detached, 'echo x > x')).prepared).toMatchObject({
      output: { notes: [expect.stringContaining('no branch is checked out')] },
    })
  })
})

it('a new project comes whole, as an archive', async () => {
  const run = createCodeRun(sandbox)
  const begun = await perform(run, codeBegin(toolbox), { structure: 'data-pipeline' })
  const prepared = await perform(run, codePrepare(toolbox), { source: begun.ok ? begun.output : null })
  const source = CodeSource.parse(prepared.ok ? prepared.output : null)
  const code = await openCode(run.task(next++), toolbox, source)
  await code.step('shell', 'Write', async workspace => {
    await workspace.exec({ argv: ['bash', '-c', 'echo mine > mine.txt'], cwd: '/work/repo' })
    return { output: {} }
  })
  await code.merge('Write mine.txt')
  await code.close()
  const published = await perform(run, codePublish(toolbox), { source: prepared.ok ? prepared.output : null })
  expect(published).toMatchObject({
    ok: true,
    output: { published: false, why: 'the work began at no commit of a repository' },
    artifacts: [{ kind: 'CodePatch' }, { kind: 'Archive', title: 'Project', mediaType: 'application/x-tar' }],
  })
  const place = repository({}, { git: false })
  const tar = published.ok ? (published.artifacts[1]?.body ?? '') : ''
  execFileSync('tar', ['-x', '-C', place], { input: tar })
  expect(readFileSync(join(place, 'project/mine.txt'), 'utf8')).toBe('mine\n')
  expect(existsSync(join(place, 'project/package.json'))).toBe(true)
  expect(existsSync(join(place, 'project/.git'))).toBe(false)
})

describe('a branch', () => {
  const publish = async (repo: string, branch: string, script = 'echo x > x.txt') => {
    const { run, source } = await changed(repo, script)
    return perform(run, codePublish(toolbox), { repo, source, branch, publish: 'auto' })
  }

  it.each(['main', 'master', 'release/1.0', 'HEAD', 'Develop'])('%s is protected', name =>
    expect(() => branchName(name, 'x', 'r')).toThrow('protected'),
  )
  it.each(['../x', 'a b', '-x', 'x.lock', 'a//b', 'x/', 'a..b', 'refs/heads/x\n', '', 'a/.b'])('%j is no name', name =>
    expect(() => branchName(name, 'x', 'r')).toThrow(/is not a name|protected/),
  )

  it('that is checked out, or that somebody else made, is not touched', async () => {
    const repo = repository(files)
    git(repo, 'checkout', '--quiet', '-b', 'mine')
    expect(await publish(repo, 'mine')).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('checked out') },
    })
    writeFileSync(join(repo, 'mine.txt'), 'm')
    commitAll(repo, 'Mine')
    git(repo, 'checkout', '--quiet', 'main')
    git(repo, 'pack-refs', '--all')
    const before = git(repo, 'rev-parse', 'mine')
    expect(await publish(repo, 'mine')).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('did not make it') },
    })
    expect(git(repo, 'rev-parse', 'mine')).toBe(before)
  })

  it('whose place leads elsewhere by a link is refused', async () => {
    const repo = repository(files)
    const elsewhere = repository({ x: 'x' }, { git: false })
    symlinkSync(elsewhere, join(repo, '.git/refs/heads/orrery'))
    expect(await publish(repo, 'orrery/x')).toMatchObject({ ok: false, failure: { code: 'BAD_INPUT' } })
    expect(existsSync(join(elsewhere, 'x.lock'))).toBe(false)
    expect(readFileSync(join(elsewhere, 'x'), 'utf8')).toBe('x')
  })

  it('that is being changed by somebody else is left alone', async () => {
    const repo = repository(files)
    mkdirSync(join(repo, '.git/refs/heads/orrery'))
    writeFileSync(join(repo, '.git/refs/heads/orrery/x.lock'), '')
    expect(await publish(repo, 'orrery/x')).toMatchObject({ ok: false, failure: { code: 'CONFLICT', retryable: true } })
  })

  it('is not made of nothing', async () => {
    expect(await publish(repository(files), 'orrery/x', 'true')).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('nothing was changed') },
    })
  })
})
