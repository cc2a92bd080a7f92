import { describe, expect, it } from 'vitest'
import { type AnalysisReport, AuditReport, type EnvReport, type TestReport } from '../../domain/artifact.ts'
import { auditOf } from './audit.ts'
import type { Collected } from './collect.ts'

const repository = {
  source: '/srv/p',
  commit: null,
  branch: null,
  commits: 3,
  files: 2,
  bytes: 9,
  binaryFiles: 0,
  languages: [],
  churn: [],
  notChecked: [{ what: 'the history', why: 'x', mend: '' }],
}
const environment: EnvReport = {
  toolchains: [],
  manifests: [],
  lockFiles: [],
  dependenciesPresent: true,
  testRunners: [],
  analyzers: ['lint'],
  findings: [],
  notChecked: [],
}
const nothing: Collected = { repository, environment, analyses: [], tests: [], unreadable: [] }
const finding = {
  rule: 'r',
  message: 'm',
  severity: 'error' as const,
  file: 'a.js',
  line: 1,
  column: null,
  endLine: null,
  related: [],
}
const analysis = (change: Partial<AnalysisReport>): AnalysisReport => ({
  ...{
    analyzer: 'lint',
    title: 'Lint',
    tool: { name: 't', version: '1' },
    checked: true,
    filesExamined: 1,
    findings: [finding],
    omitted: 0,
    metrics: {},
    notChecked: [],
  },
  ...change,
})
const unknown = { analyzers: null, testRunners: null }
const told = (report: AuditReport) => report.notChecked.map(({ what, why }) => `${what}: ${why}`)

describe('an audit', () => {
  it('tells what is not looked at in Python, where there is some', () => {
    const count = { files: 1, lines: 9 }
    const languages = [
      { language: 'TypeScript', ...count },
      { language: 'Python', ...count },
    ]
    const ofPython = 'types, import cycles and dependencies of Python: there is no analyzer for them'
    expect(told(auditOf({ ...repository, languages }, nothing, unknown))).toContain(ofPython)
    expect(told(auditOf({ ...repository, languages: languages.slice(0, 1) }, nothing, unknown))).not.toContain(ofPython)
  })

  it('tells what was to be done and left nothing', () => {
    const report = auditOf(repository, nothing, { analyzers: ['lint', 'types'], testRunners: ['jest'] })
    expect(told(report)).toEqual([
      'the history: x',
      'lint: the analyzer left no report',
      'types: the analyzer left no report',
      'tests: jest: the test run left no report',
    ])
  })

  it('goes by the environment where nobody else says what was to be done', () => {
    expect(told(auditOf(repository, nothing, unknown))).toContain('lint: the analyzer left no report')
    expect(told(auditOf(repository, { ...nothing, environment: null }, unknown))).toContain(
      'the surroundings: their examination left no report',
    )
  })

  it('takes an analyzer that failed as not checked, with its reason, and none of its findings', () => {
    const failed = analysis({ checked: false, notChecked: [{ what: 'lint', why: 'it used up its memory', mend: '' }] })
    const report = auditOf(repository, { ...nothing, analyses: [failed] }, { analyzers: ['lint'], testRunners: [] })
    expect(report.findings).toEqual([])
    expect(report.analyses).toEqual([{ analyzer: 'lint', title: 'Lint', checked: false, findings: 1 }])
    expect(told(report)).toContain('lint: lint: it used up its memory')
  })

  it('counts what analyzers left out, and is what an AuditReport is', () => {
    const tests: TestReport = {
      runner: 'jest',
      command: [],
      ran: true,
      outcome: 'failed',
      passed: 2,
      failed: 1,
      skipped: 0,
      durationMs: 1,
      omitted: 0,
      notChecked: [],
      cases: [{ name: 'x', suite: '', file: 'a.test.js', line: 4, status: 'failed', durationMs: 1, message: 'no' }],
    }
    const report = auditOf(repository, { ...nothing, analyses: [analysis({ omitted: 5 })], tests: [tests] }, unknown)
    expect(AuditReport.parse(report)).toEqual(report)
    expect(report).toMatchObject({ omitted: 5, counts: { error: 2, warning: 0, info: 0 } })
    expect(report.summary).toBe(
      '2 files, 3 commits: 2 errors, 0 warnings and 0 notes; 2 tests pass, 1 fail; 1 thing could not be checked.',
    )
  })
})
