import type { AuditReport } from '../../../domain/artifact.ts'
import { formatCount } from '../../lib/format.ts'
import css from './artifacts.module.css'
import { Figures } from './figures.tsx'
import { FindingsTable } from './findings-table.tsx'
import { NotCheckedList } from './not-checked.tsx'
import { Parts } from './parts.tsx'
import { RepositoryFacts } from './repository-view.tsx'
import { toneOfOutcome } from './test-rows.ts'
import { TestView } from './test-view.tsx'

/** The report of an audit: what to look at first, and how sure one may be. */
export function AuditView({ report }: { report: AuditReport }) {
  const { counts, tests, analyses, notChecked } = report
  const passed = tests.reduce((sum, test) => sum + test.passed, 0)
  const failed = tests.reduce((sum, test) => sum + test.failed, 0)
  const ran = tests.filter(test => test.ran)
  return (
    <div className={css.report}>
      <div className={css.lead}>
        <p className={css.summary}>{report.summary}</p>
        <Figures
          figures={[
            { name: 'Errors', value: formatCount(counts.error), tone: counts.error > 0 ? 'bad' : undefined },
            { name: 'Warnings', value: formatCount(counts.warning), tone: counts.warning > 0 ? 'wait' : undefined },
            { name: 'Notes', value: formatCount(counts.info) },
            {
              name: 'Tests',
              value:
                ran.length === 0 ? 'not run' : failed > 0 ? `${failed} of ${passed + failed} fail` : `${passed} pass`,
              tone:
                ran.length === 0
                  ? 'idle'
                  : toneOfOutcome(ran.find(test => test.outcome !== 'passed')?.outcome ?? 'passed'),
            },
            {
              name: 'Not checked',
              value: formatCount(notChecked.length),
              tone: notChecked.length > 0 ? 'wait' : undefined,
            },
          ]}
        />
      </div>
      <Parts
        parts={[
          {
            name: 'Findings',
            count: report.findings.length,
            fills: true,
            content: <FindingsTable findings={report.findings} omitted={report.omitted} ranked />,
          },
          ...tests.map((test, index) => ({
            name: tests.length === 1 ? 'Tests' : `Tests ${index + 1}`,
            count: test.cases.length + test.omitted,
            fills: true,
            content: <TestView report={test} />,
          })),
          { name: 'Analyses', count: analyses.length, content: <Analyses report={report} /> },
          { name: 'Not checked', count: notChecked.length, content: <NotCheckedList items={notChecked} /> },
          { name: 'Repository', content: <RepositoryFacts summary={report.repository} /> },
        ]}
      />
    </div>
  )
}

function Analyses({ report }: { report: AuditReport }) {
  return (
    <ul className={css.lines}>
      {report.analyses.map(analysis => (
        <li key={analysis.analyzer} className={css.lineItem}>
          <span className={css.strong}>{analysis.title}</span>
          <code className={css.muted}>{analysis.analyzer}</code>
          <span className={css.end} data-tone={analysis.checked ? undefined : 'wait'}>
            {analysis.checked ? `${formatCount(analysis.findings)} found` : 'not checked'}
          </span>
        </li>
      ))}
    </ul>
  )
}
