import type { RepositorySummary } from '../../../domain/artifact.ts'
import { formatBytes, formatCount } from '../../lib/format.ts'
import { Facts } from '../../ui/facts.tsx'
import { inert } from '../../ui/inert.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import css from './artifacts.module.css'
import { NotCheckedList } from './not-checked.tsx'

export function RepositoryView({ summary }: { summary: RepositorySummary }) {
  return (
    <Scroll className={css.scrolled} label="Repository">
      <RepositoryFacts summary={summary} />
      <h3 className={css.heading}>Not checked</h3>
      <NotCheckedList items={summary.notChecked} />
    </Scroll>
  )
}

export function RepositoryFacts({ summary }: { summary: RepositorySummary }) {
  const lines = summary.languages.reduce((sum, one) => sum + one.lines, 0)
  const most = summary.churn[0]?.commits ?? 1
  return (
    <>
      <Facts
        facts={{
          Source: <code>{summary.source}</code>,
          Commit: summary.commit === null ? null : <code>{summary.commit.slice(0, 12)}</code>,
          Branch: summary.branch,
          History: `${formatCount(summary.commits)} commits`,
          Size: `${formatCount(summary.files)} files, ${formatBytes(summary.bytes)}`,
        }}
      />
      <h3 className={css.heading}>Languages</h3>
      <ul className={css.lines}>
        {summary.languages.map(({ language, lines: own, files }) => (
          <Bar
            key={language}
            name={language}
            share={own / Math.max(1, lines)}
            note={`${formatCount(own)} lines in ${formatCount(files)} files`}
          />
        ))}
      </ul>
      {summary.churn.length === 0 ? null : <h3 className={css.heading}>Most often changed</h3>}
      <ul className={css.lines}>
        {summary.churn.slice(0, 15).map(({ file, commits }) => (
          <Bar key={file} name={file} share={commits / most} note={`${formatCount(commits)} commits`} />
        ))}
      </ul>
    </>
  )
}

function Bar({ name, share, note }: { name: string; share: number; note: string }) {
  return (
    <li className={css.barItem}>
      <code className={css.barName}>{inert(name)}</code>
      <span className={css.barTrack}>
        <span style={{ width: `${Math.max(1, share * 100).toFixed(1)}%` }} />
      </span>
      <span className={css.muted}>{note}</span>
    </li>
  )
}
