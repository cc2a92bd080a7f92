import { describe, expect, it } from 'vitest'
import { type ArtifactKind, artifactKinds } from './artifact.ts'
import { isTest, scoreOf, weigh } from './quality.ts'

const hash = '0'.repeat(64)
const commit = '0'.repeat(40)
const parse = (kind: ArtifactKind, body: unknown) => {
  const schema = artifactKinds[kind]
  if (schema === null) throw new Error(`${kind} has no schema`)
  return schema.parse(body)
}
const score = (kind: ArtifactKind, body: unknown) => scoreOf(kind, parse(kind, body))
const partIn = (kind: ArtifactKind, body: unknown, name: string) =>
  score(kind, body)?.parts.find(part => part.name === name)

const patch = (files: object[]) => ({
  base: commit,
  commit,
  branch: null,
  files,
  added: 10,
  removed: 2,
  commits: [],
  diff: { hash, bytes: 0, text: null },
  simulated: false,
})
const source = { path: 'src/a.js', status: 'modified', added: 9, removed: 1 }
const test = { path: 'test/a.test.js', status: 'modified', added: 1, removed: 0 }

describe('a score', () => {
  it('is the weighted mean of its parts', () => {
    const of = (value: number, weight: number) => ({ name: 'x', value, weight, why: '' })
    expect(weigh([of(1, 3), of(0, 1)]).score).toBe(0.75)
    expect(weigh([of(1, 0)]).score).toBe(0)
  })

  it('is none for what tools measured', () => expect(scoreOf('RepositorySummary', {})).toBeNull())
})

describe('what lowers a score', () => {
  it.each<[string, ArtifactKind, object, object]>([
    [
      'claims that nobody verified',
      'ChangeSummary',
      { summary: 's', verified: [{ what: 'w', how: 'npm test' }] },
      { summary: 's', notVerified: ['w'] },
    ],
    [
      'a test that was deleted',
      'CodePatch',
      patch([source, test]),
      patch([source, { ...test, status: 'deleted', added: 0, removed: 30 }]),
    ],
    ['a change without tests', 'CodePatch', patch([source, test]), patch([source])],
    [
      'findings without a line',
      'ReviewReport',
      { verdict: 'changes', summary: 's', findings: [{ severity: 'error', file: 'a.js', line: 3, problem: 'p' }] },
      { verdict: 'changes', summary: 's', findings: [{ severity: 'error', file: 'a.js', problem: 'p' }] },
    ],
    [
      'claims that rest on no fetched text',
      'ResearchNote',
      { question: 'q', answer: 'a', claims: [{ text: 't', url: 'https://a.example/x', quote: 'q', hash }] },
      { question: 'q', answer: 'a', claims: [{ text: 't', url: 'https://a.example/x', quote: 'q' }] },
    ],
    [
      'checks that were not met',
      'Reasoning',
      { plan: ['p'], checks: [{ what: 'w', outcome: 'met' }] },
      { plan: ['p'], checks: [{ what: 'w', outcome: 'unknown' }] },
    ],
  ])('%s', (_, kind, better, worse) => {
    expect(score(kind, better)?.score).toBeGreaterThan(score(kind, worse)?.score ?? 1)
  })

  it('tests that did not run count as nothing passed', () => {
    const report = { runner: null, command: [], ran: false, outcome: 'not-run', passed: 0, failed: 0, skipped: 0 }
    expect(score('TestReport', { ...report, durationMs: 0, cases: [], omitted: 0, notChecked: [] })?.score).toBe(0)
  })
})

it('every part lies between 0 and 1 and says why', () => {
  const part = partIn('CodePatch', patch([source, test]), 'size')
  expect(part).toEqual({ name: 'size', weight: 1, value: 1, why: '12 lines, of which a reviewer reads about 400 well' })
})

it.each([
  ['test/a.js', true],
  ['src/a.test.ts', true],
  ['pkg/test_stock.py', true],
  ['pkg/stock_test.go', true],
  ['src/testing.ts', false],
  ['src/contest.js', false],
])('%s is a test: %s', (path, expected) => expect(isTest(path)).toBe(expected))
