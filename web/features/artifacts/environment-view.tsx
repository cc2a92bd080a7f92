import type { EnvReport } from '../../../domain/artifact.ts'
import { StatusIcon } from '../../ui/status.tsx'
import css from './artifacts.module.css'
import { useOpenFinding } from './finding-filter.ts'
import { FindingsTable } from './findings-table.tsx'
import { NotCheckedList } from './not-checked.tsx'
import { Parts } from './parts.tsx'

export function EnvironmentView({ report }: { report: EnvReport }) {
  const [finding] = useOpenFinding()
  return (
    <div className={css.report}>
      <Parts
        begin={finding === null ? undefined : 'Findings'}
        parts={[
          { name: 'Tools and manifests', content: <Surroundings report={report} /> },
          {
            name: 'Findings',
            count: report.findings.length,
            fills: true,
            content: <FindingsTable findings={report.findings} omitted={0} />,
          },
          {
            name: 'Not checked',
            count: report.notChecked.length,
            content: <NotCheckedList items={report.notChecked} />,
          },
        ]}
      />
    </div>
  )
}

function Surroundings({ report }: { report: EnvReport }) {
  return (
    <>
      <h3 className={css.heading}>Toolchains</h3>
      <ul className={css.lines}>
        {report.toolchains.map(tool => (
          <li key={tool.name} className={css.lineItem}>
            <StatusIcon status={tool.ok ? 'SUCCEEDED' : 'BLOCKED'} label />
            <span className={css.strong}>{tool.name}</span>
            <code>{tool.version ?? 'missing'}</code>
            {tool.required === null ? null : <span className={css.muted}>asks for {tool.required}</span>}
            <span className={css.end}>{tool.ok ? '' : tool.mend}</span>
          </li>
        ))}
      </ul>
      <h3 className={css.heading}>Manifests</h3>
      <ul className={css.lines}>
        {report.manifests.map(manifest => (
          <li key={manifest.file} className={css.lineItem}>
            <StatusIcon status={manifest.valid ? 'SUCCEEDED' : 'FAILED'} label />
            <code className={css.strong}>{manifest.file}</code>
            <span className={css.muted}>{manifest.ecosystem}</span>
            <span className={css.end}>{manifest.message}</span>
          </li>
        ))}
      </ul>
      <p className={css.muted}>
        {report.dependenciesPresent ? 'Dependencies are present.' : 'Dependencies are not installed.'}{' '}
        {report.testRunners.length === 0
          ? 'No test runner was found.'
          : `Tests run with ${report.testRunners.join(', ')}.`}
      </p>
    </>
  )
}
