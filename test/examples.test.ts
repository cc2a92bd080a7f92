/** The repositories under `examples/` have known faults: an audit finds each of them, at its place. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit, createTestRun, type TestRun } from '../agents/roles/testing.ts'
import { project, testSandbox } from '../agents/sandbox/testing.ts'
import type { AuditReport, EnvReport } from '../domain/artifact.ts'

type Fault = { analyzer: string; rule: string; file: string; line: number; fault: string; needs?: string }
type Planted = Record<string, { history: Record<string, number>; findings: Fault[] }>

const planted = JSON.parse(readFileSync(join(project, 'examples/planted-faults.json'), 'utf8')) as Planted
const sandbox = testSandbox()
const copies = mkdtempSync(join(mkdirs(join(project, '.orrery/test')), 'examples-'))

beforeAll(() => {
  cpSync(join(project, 'examples'), join(copies, 'examples'), { recursive: true })
  writeHistory()
})
afterAll(() => rmSync(copies, { recursive: true, force: true }))

/**
 * The examples lie in Orrery's own repository, whose history is not theirs to rely on. Here they get one: a repository
 * around them, in which some files were changed more often than others.
 */
function writeHistory(): void {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false', ...args],
      { cwd: copies, stdio: 'pipe' },
    )
  git('init', '--quiet', '--initial-branch=main')
  for (const [example, { history }] of Object.entries(planted)) {
    for (const [file, commits] of Object.entries(history)) {
      const path = join(copies, 'examples', example, file)
      const text = readFileSync(path, 'utf8')
      for (let commit = 1; commit < commits; commit++) {
        writeFileSync(path, text.slice(0, Math.floor((text.length * commit) / commits)))
        git('add', path)
        git('commit', '--quiet', '--message', `${file}, draft ${commit}`)
      }
      writeFileSync(path, text)
    }
  }
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Publish')
}

function mkdirs(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}

describe.each(Object.entries(planted))('an audit of %s', (example, { findings }) => {
  let run: TestRun
  let report: AuditReport
  let milliseconds: number

  beforeAll(async () => {
    await sandbox.check()
    run = createTestRun(sandbox)
    const started = performance.now()
    await audit(run, join(copies, 'examples', example))
    milliseconds = performance.now() - started
    report = (await run.json<AuditReport>('AuditReport')).at(-1) as AuditReport
  }, 120_000)

  it('comes to its end with every task', () => {
    expect(run.tasks.filter(task => !task.result.ok)).toEqual([])
    expect(report).toBeDefined()
    expect(milliseconds).toBeLessThan(60_000)
  })

  it.each(findings)('finds $file:$line $rule ($fault)', async ({ analyzer, rule, file, line, needs }) => {
    if (needs !== undefined && (await isMissing(needs))) {
      expect(report.tests[0]?.notChecked[0]?.why).toContain('its program is not there')
      return
    }
    const found = report.findings.filter(finding => finding.file === file && finding.line === line)
    expect(found).toContainEqual(expect.objectContaining({ rule, analyzers: expect.arrayContaining([analyzer]) }))
  })

  it('finds nothing that was not planted', () => {
    const known = new Set(findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`))
    const others = report.findings.filter(
      ({ file, line, rule, severity }) => severity !== 'info' && !known.has(`${file}:${line} ${rule}`),
    )
    expect(others.map(({ file, line, rule, message }) => `${file}:${line} ${rule} ${message}`)).toEqual([])
  })

  it('tells the worst first, and the hottest file before others', () => {
    const scores = report.findings.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((left, right) => right - left))
    const hottest = findings.find(({ rule }) => rule === 'hotspot')?.file
    const firstOfComplexity = report.findings.find(({ severity }) => severity === 'warning')
    expect(firstOfComplexity?.file).toBe(hottest)
  })

  it('never repeats a secret', async () => {
    const secrets = ['Kv9mTq2LxPz7', 'hT5wQz8RkN2v', 'xN4rPz7LwQ9d']
    for (const kind of ['AnalysisReport', 'Sarif', 'AuditReport', 'Markdown']) {
      for (const body of await run.bodies(kind)) {
        for (const secret of secrets) expect(new TextDecoder().decode(body)).not.toContain(secret)
      }
    }
  })

  async function isMissing(program: string): Promise<boolean> {
    const [environment] = await run.json<EnvReport>('EnvReport')
    return environment?.toolchains.find(({ name }) => name === program)?.version === null
  }
})
