import type { AnalysisReport } from '../../../domain/artifact.ts'
import { formatCount } from '../../lib/format.ts'
import css from './artifacts.module.css'
import { Figures } from './figures.tsx'
import { FindingsTable } from './findings-table.tsx'
import { NotCheckedList } from './not-checked.tsx'
import { Parts } from './parts.tsx'

export function AnalysisView({ report }: { report: AnalysisReport }) {
  const { tool, findings, notChecked, metrics } = report
  return (
    <div className={css.report}>
      <div className={css.lead}>
        <Figures
          figures={[
            {
              name: 'Found',
              value: report.checked ? formatCount(findings.length + report.omitted) : 'not checked',
              tone: report.checked ? undefined : 'wait',
            },
            { name: 'Files examined', value: formatCount(report.filesExamined) },
            { name: 'Tool', value: `${tool.name} ${tool.version}` },
            ...Object.entries(metrics)
              .slice(0, 4)
              .map(([name, value]) => ({ name, value: formatCount(value) })),
          ]}
        />
      </div>
      <Parts
        parts={[
          {
            name: 'Findings',
            count: findings.length,
            fills: true,
            content: <FindingsTable findings={findings} omitted={report.omitted} />,
          },
          { name: 'Not checked', count: notChecked.length, content: <NotCheckedList items={notChecked} /> },
        ]}
      />
    </div>
  )
}
