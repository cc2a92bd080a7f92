/** Repositories that are broken, huge, empty or in the way: each comes to a clear end, and other tasks go on. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AnalysisReport, AuditReport, EnvReport, RepositorySummary, TestReport } from '../../domain/artifact.ts'
import { testSandbox } from '../sandbox/testing.ts'
import { type AuditOptions, audit, createTestRun } from './testing.ts'
import { removeTemporary, repository, temporary } from './testing-repositories.ts'

vi.setConfig({ testTimeout: 120_000 })
const sandbox = testSandbox()
beforeAll(() => sandbox.check())
afterAll(removeTemporary, 120_000)

async function audited(repo: string, options: AuditOptions = {}) {
  const run = createTestRun(sandbox)
  const last = await audit(run, repo, options)
  const newest = async <T>(kind: string) => (await run.json<T>(kind)).at(-1) as T
  return {
    run,
    last,
    summary: await newest<RepositorySummary>('RepositorySummary'),
    environment: await newest<EnvReport>('EnvReport'),
    tests: await newest<TestReport>('TestReport'),
    analyses: await run.json<AnalysisReport>('AnalysisReport'),
    report: await newest<AuditReport>('AuditReport'),
    failed: run.tasks.filter(task => !task.result.ok),
  }
}

describe('what is no repository', () => {
  const refusal = async (repo: string) => {
    const { result } = await createTestRun(sandbox).perform('git.checkout', { repo })
    return result.ok ? null : { code: result.failure.code, message: result.failure.message }
  }

  it('a path that does not exist', async () => {
    expect(await refusal('/nowhere/at-all')).toEqual({
      code: 'NOT_FOUND',
      message: 'there is no "/nowhere/at-all" where the server runs',
    })
  })

  it('a file', async () => {
    expect(await refusal(import.meta.filename)).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('is not a directory'),
    })
  })

  it('an empty directory', async () => {
    expect(await refusal(temporary())).toEqual({
      code: 'BAD_INPUT',
      message: 'the directory is empty: there is nothing to audit',
    })
  })

  it('a repository without a commit and without a file', async () => {
    expect(await refusal(repository({}, { commit: false }))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('to audit'),
    })
  })

  it('a ref that is not there', async () => {
    const { result } = await createTestRun(sandbox).perform('git.checkout', {
      repo: repository({ a: 'a' }),
      ref: 'no-such-branch',
    })
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'NOT_FOUND', message: 'there is no no-such-branch in the repository' },
    })
  })

  it('the running system', async () => {
    expect(await refusal('/proc/1')).toMatchObject({ code: 'BAD_INPUT' })
    expect(await refusal('/')).toMatchObject({ code: 'BAD_INPUT' })
  })
})

describe('what a checkout does not find', () => {
  it('a history: a plain tree is audited, and that is said', async () => {
    const { summary } = await audited(
      repository({ 'a.py': 'x = 1\n', 'node_modules/b/index.js': '' }, { git: false }),
      { analyzers: [] },
    )
    expect(summary).toMatchObject({ commit: null, commits: 0, files: 1 })
    expect(summary.notChecked).toContainEqual(
      expect.objectContaining({ what: 'the history', why: 'it is no Git repository' }),
    )
  })

  it('commits: files that are in none are audited all the same', async () => {
    const { summary } = await audited(repository({ 'a.py': 'x = 1\n' }, { commit: false }), { analyzers: [] })
    expect(summary).toMatchObject({ commit: null, files: 1 })
    expect(summary.notChecked[0]?.why).toBe('the repository has no commit yet')
  })

  it('changes that are not committed: they are not audited, and that is said', async () => {
    const repo = repository({ 'a.py': 'x = 1\n' })
    writeFileSync(join(repo, 'a.py'), 'x = 2  # changed\n')
    expect((await audited(repo, { analyzers: [] })).summary.notChecked[0]?.what).toBe('1 changed file')
  })
})

describe('a repository of odd content', () => {
  it('binary files only: nothing suits, and that is said', async () => {
    const { environment, report, failed } = await audited(
      repository({ 'a.bin': Buffer.alloc(3_000), 'b.dat': Buffer.from([0, 1, 2]) }),
    )
    expect(failed).toEqual([])
    expect(environment).toMatchObject({ analyzers: [], testRunners: [] })
    expect(report.repository).toMatchObject({ files: 2, binaryFiles: 2, languages: [] })
    expect(report.notChecked.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['secrets', 'duplicates', 'tests']),
    )
  })

  it('a broken package.json is a finding, and the rest goes on', async () => {
    const { report, failed } = await audited(
      repository({ 'package.json': '{\n  "name": "x",\n  oops\n}\n', 'a.js': 'if (x = 1) y()\n' }),
    )
    expect(failed).toEqual([])
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'broken-manifest', file: 'package.json', line: 3, severity: 'error' }),
    )
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: 'no-cond-assign', file: 'a.js' }))
    expect(report.notChecked.map(({ what }) => what)).toContain('dependencies')
  })

  it('no test command', async () => {
    const manifest = { name: 'x', scripts: { test: 'echo "Error: no test specified" && exit 1' } }
    const { environment, report } = await audited(
      repository({ 'package.json': JSON.stringify(manifest), 'index.js': 'export {}\n' }),
      { analyzers: [] },
    )
    expect(environment.testRunners).toEqual([])
    expect(report.tests).toEqual([])
    expect(report.notChecked).toContainEqual(
      expect.objectContaining({ what: 'tests', why: expect.stringContaining('no test command') }),
    )
  })

  it('50,000 files', async () => {
    const repo = temporary()
    for (let directory = 0; directory < 100; directory++) {
      mkdirSync(join(repo, `d${directory}`))
      for (let file = 0; file < 500; file++)
        writeFileSync(join(repo, `d${directory}`, `f${file}.js`), `export const a${file} = ${file}\n`)
    }
    const run = createTestRun(sandbox)
    const checkout = await run.perform('git.checkout', { repo })
    expect(checkout.result).toMatchObject({ ok: true, output: { files: 50_000 } })
    const source = checkout.result.ok ? checkout.result.output : null
    for (const agent of ['env.doctor', 'analyzer.secrets', 'analyzer.duplicates']) {
      expect((await run.perform(agent, { source })).result).toMatchObject({ ok: true })
    }
    const [report] = await run.json<AnalysisReport>('AnalysisReport')
    expect(report?.notChecked[0]?.what).toBe('30000 more files')
  }, 400_000)
})

describe('tests that misbehave', () => {
  const withTest = (text: string) =>
    repository({ 'package.json': '{"scripts":{"test":"node --test"}}', 'a.test.mjs': text })

  it('tests that hang are ended at their limit, and those before count', async () => {
    const text = `import { test } from 'node:test'\ntest('good', () => {})\ntest('hangs', () => new Promise(() => setInterval(() => {}, 1000)))\n`
    const { tests, failed, report } = await audited(withTest(text), { timeoutSeconds: 4, analyzers: [] })
    expect(failed).toEqual([])
    expect(tests).toMatchObject({ ran: true, outcome: 'timed-out' })
    expect(tests.notChecked).toContainEqual(
      expect.objectContaining({ what: 'the tests that had not ended', why: 'it used up its time' }),
    )
    expect(report.tests[0]?.outcome).toBe('timed-out')
  })

  it('tests that print 1 GiB are read to their end, and the output is cut', async () => {
    const text = `import { writeSync } from 'node:fs'\nimport { test } from 'node:test'\nconst piece = Buffer.alloc(1 << 20, 120)\ntest('loud', () => { for (let i = 0; i < 1024; i++) for (let at = 0; at < piece.length;) try { at += writeSync(2, piece, at) } catch (error) { if (error.code !== 'EAGAIN') throw error } })\n`
    const repo = repository({ 'package.json': '{"scripts":{"test":"node loud.test.mjs"}}', 'loud.test.mjs': text })
    const { tests, failed, run } = await audited(repo, { timeoutSeconds: 100, analyzers: [] })
    expect(failed).toEqual([])
    expect(tests).toMatchObject({ ran: true, outcome: 'passed' })
    expect(tests.notChecked).toContainEqual(
      expect.objectContaining({
        what: 'all of the output',
        why: expect.stringMatching(/^107374\d{4} bytes were written/),
      }),
    )
    expect(run.tasks.find(({ agent }) => agent === 'test.runner')?.output.length).toBeLessThan(200_000)
  })

  it('tests whose packages are missing are not run, and that is no failure of theirs', async () => {
    const { tests, report } = await audited(withTest(`import 'left-pad'\n`), { analyzers: [] })
    expect(tests).toMatchObject({
      ran: false,
      outcome: 'not-run',
      notChecked: [expect.objectContaining({ why: 'they need left-pad, which is not installed' })],
    })
    expect(report.findings.filter(({ rule }) => rule === 'test-failed')).toEqual([])
  })

  it('a runner that is not installed', async () => {
    const { tests } = await audited(
      repository({ 'package.json': '{"scripts":{"test":"jest"}}', 'a.test.js': 'test("x", () => {})\n' }),
      { analyzers: [] },
    )
    expect(tests).toMatchObject({
      ran: false,
      outcome: 'not-run',
      notChecked: [expect.objectContaining({ why: 'jest is not installed' })],
    })
  })
})
