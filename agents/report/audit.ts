/** The report of an audit, from what its tasks left. Whatever was to be done and left nothing is told as not checked. */
import type {
  AuditReport,
  NotChecked,
  RankedFinding,
  RepositorySummary,
  Severity,
  TestReport,
} from '../../domain/artifact.ts'
import type { Collected } from './collect.ts'
import { deduplicate, failuresOf, heatOf, rank } from './rank.ts'

/** Findings that the report keeps; the least of them are left out first, and counted. */
const mostFindings = 5_000

/** What the environment's examination said was to be done; null where it said nothing. */
export type Expected = { analyzers: readonly string[] | null; testRunners: readonly string[] | null }

export function auditOf(repository: RepositorySummary, collected: Collected, expected: Expected): AuditReport {
  const { environment, analyses, tests } = collected
  const found = [
    ...(environment?.findings ?? []).map(finding => ({ ...finding, analyzers: ['environment'] })),
    ...analyses
      .filter(({ checked }) => checked)
      .flatMap(({ analyzer, findings }) => findings.map(finding => ({ ...finding, analyzers: [analyzer] }))),
    ...tests.flatMap(failuresOf),
  ]
  const ranked = rank(deduplicate(found), heatOf(analyses))
  const left = analyses.reduce((sum, { omitted }) => sum + omitted, 0)
  const counts = { error: count(ranked, 'error'), warning: count(ranked, 'warning'), info: count(ranked, 'info') }
  const notChecked = unique([
    ...repository.notChecked,
    ...missing(collected, expected),
    ...(environment?.notChecked ?? []),
    ...ofPython(repository),
    ...analyses.flatMap(({ analyzer, notChecked }) =>
      notChecked.map(entry => ({ ...entry, what: `${analyzer}: ${entry.what}`.slice(0, 300) })),
    ),
    ...tests.flatMap(({ notChecked }) => notChecked),
    ...collected.unreadable,
  ])
  return {
    repository,
    summary: summarise(repository, counts, tests, notChecked.length),
    counts,
    findings: ranked.slice(0, mostFindings),
    omitted: left + Math.max(0, ranked.length - mostFindings),
    // Cases that passed are in the reports of the tests themselves.
    tests: tests.map(report => ({
      ...report,
      cases: report.cases.filter(test => test.status === 'failed').slice(0, 200),
    })),
    analyses: analyses.map(({ analyzer, title, checked, findings, omitted }) => ({
      analyzer,
      title,
      checked,
      findings: findings.length + omitted,
    })),
    notChecked,
  }
}

const count = (findings: readonly RankedFinding[], severity: Severity): number =>
  findings.filter(finding => finding.severity === severity).length

/** Types, cycles and dependencies are looked at in JavaScript and TypeScript only: beside those, nobody would notice. */
function ofPython({ languages }: RepositorySummary): NotChecked[] {
  if (!languages.some(({ language }) => language === 'Python')) return []
  return [
    {
      what: 'types, import cycles and dependencies of Python',
      why: 'there is no analyzer for them',
      mend: 'Run mypy or pyright, and deptry or pip-audit, beside the audit.',
    },
  ]
}

function missing({ environment, analyses, tests }: Collected, expected: Expected): NotChecked[] {
  const again = 'Look at the step, and retry it.'
  const names = expected.analyzers ?? environment?.analyzers ?? null
  const runners = expected.testRunners ?? environment?.testRunners ?? null
  const left: NotChecked[] = []
  if (environment === null)
    left.push({ what: 'the surroundings', why: 'their examination left no report', mend: again })
  if (names === null)
    left.push({ what: 'everything that analyzers look at', why: 'nobody said which analyzers suit', mend: again })
  for (const name of names ?? []) {
    if (!analyses.some(({ analyzer }) => analyzer === name))
      left.push({ what: name, why: 'the analyzer left no report', mend: again })
  }
  for (const name of runners ?? []) {
    if (!tests.some(({ runner }) => runner === name))
      left.push({ what: `tests: ${name}`, why: 'the test run left no report', mend: again })
  }
  return left
}

function unique(entries: readonly NotChecked[]): NotChecked[] {
  const seen = new Map(entries.map(entry => [`${entry.what}\n${entry.why}`, entry]))
  return [...seen.values()]
}

function summarise(
  { files, languages, commits }: RepositorySummary,
  counts: AuditReport['counts'],
  tests: readonly TestReport[],
  open: number,
): string {
  const most = languages
    .slice(0, 3)
    .map(({ language }) => language)
    .join(', ')
  const sum = (of: (report: TestReport) => number) => tests.reduce((total, report) => total + of(report), 0)
  const ran = tests.some(({ ran }) => ran)
    ? `${sum(({ passed }) => passed)} tests pass, ${sum(({ failed }) => failed)} fail`
    : 'no tests were run'
  return `${plural(files, 'file')}${most === '' ? '' : ` (${most})`}, ${plural(commits, 'commit')}: ${plural(counts.error, 'error')}, ${plural(counts.warning, 'warning')} and ${plural(counts.info, 'note')}; ${ran}; ${plural(open, 'thing')} could not be checked.`
}

const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
