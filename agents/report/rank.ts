/** All findings of an audit in one order: what says the same is said once, and what hurts most comes first. */
import type { AnalysisReport, Finding, RankedFinding, Severity, TestReport } from '../../domain/artifact.ts'

export type Found = Finding & { analyzers: string[] }

const weights: { readonly [severity in Severity]: number } = { error: 9, warning: 3, info: 1 }

/**
 * Rules of different tools that mean one thing at one place. The first name is what they are called here.
 */
const same: readonly (readonly [topic: string, rule: RegExp])[] = [
  ['syntax', /^(syntax|invalid-syntax|TS1\d{3})$/],
  ['undefined-name', /^(no-undef|TS2304|TS2552|F821)$/],
  ['unused-name', /^(no-unused-vars|@typescript-eslint\/no-unused-vars|TS6133|TS6192|TS6196|F401|F841)$/],
  ['unresolved-import', /^(unresolved-import|TS2307|TS2792)$/],
  ['constant-condition', /^(no-cond-assign|no-constant-condition)$/],
  ['unreachable', /^(no-unreachable|TS7027)$/],
]

const topicOf = (rule: string): string => same.find(([, pattern]) => pattern.test(rule))?.[0] ?? rule

/** Findings that mean the same at the same line become one, with the gravest severity and all who found it. */
export function deduplicate(found: readonly Found[]): Found[] {
  const byPlace = new Map<string, Found>()
  for (const finding of found) {
    const topic = topicOf(finding.rule)
    // Tools differ in columns, and rarely in lines. One rule twice on a line is two faults.
    const exact = topic === finding.rule ? `\n${finding.column}\n${finding.message}` : ''
    const key = `${finding.file}\n${finding.line}\n${topic}${exact}`
    const known = byPlace.get(key)
    byPlace.set(key, known === undefined ? finding : merge(known, finding))
  }
  return [...byPlace.values()]
}

function merge(one: Found, other: Found): Found {
  const graver = weights[other.severity] > weights[one.severity] ? other : one
  return { ...graver, analyzers: [...new Set([...one.analyzers, ...other.analyzers])], related: graver.related }
}

/**
 * Score: weight of the severity (9, 3, 1) × how hot the file is (1 for a cold one, 3 for the hottest). A warning in the
 * hottest file weighs as much as an error in one that nobody touches.
 * `heat` is the share of the worst hotspot, 0 to 1, by file.
 */
export function rank(found: readonly Found[], heat: ReadonlyMap<string, number>): RankedFinding[] {
  const scored = found.map(finding => {
    const score = weights[finding.severity] * (1 + 2 * (heat.get(finding.file ?? '') ?? 0))
    return { ...finding, score: Math.round(score * 100) / 100 }
  })
  scored.sort(
    (left, right) =>
      right.score - left.score ||
      compare(left.file ?? '', right.file ?? '') ||
      (left.line ?? 0) - (right.line ?? 0) ||
      compare(left.rule, right.rule),
  )
  return scored.map((finding, index) => ({ ...finding, rank: index + 1 }))
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

export function heatOf(analyses: readonly AnalysisReport[]): Map<string, number> {
  return new Map(Object.entries(analyses.find(({ analyzer }) => analyzer === 'hotspots')?.metrics ?? {}))
}

/** What went wrong, without the stack: Python says it at the end of a traceback, others before their stack. */
function essenceOf(message: string): string {
  const lines = message.split('\n').filter(line => line.trim() !== '')
  const python = /^Traceback /.test(message)
    ? lines.findLast(line => /^[\w.]+(Error|Exception)\b/.test(line))
    : undefined
  const stack = lines.findIndex(line => /^\s+at /.test(line))
  return (
    python ??
    lines
      .slice(0, Math.min(3, stack === -1 ? 3 : stack))
      .map(line => line.trim())
      .join(' ')
  )
}

/** A test that fails is a fault like any other. */
export function failuresOf({ runner, cases }: TestReport): Found[] {
  return cases.flatMap(test => {
    if (test.status !== 'failed') return []
    const name = test.suite === '' ? test.name : `${test.suite} › ${test.name}`
    const said = essenceOf(test.message)
    const message = `The test fails: ${name}${said === '' ? '' : `: ${said}`}`.slice(0, 2_000)
    return [
      {
        rule: 'test-failed',
        message,
        severity: 'error',
        file: test.file,
        line: test.line,
        column: null,
        endLine: null,
        related: [],
        analyzers: [`tests: ${runner ?? 'unknown'}`],
      } satisfies Found,
    ]
  })
}
