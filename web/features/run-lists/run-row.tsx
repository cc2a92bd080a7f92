import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { counted, formatMoney } from '../../lib/format.ts'
import { Progress } from '../../ui/progress.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Ago, Span } from '../../ui/time.tsx'
import css from './run-list.module.css'
import type { RunLine } from './run-query.ts'

/** A run in one line. */
export const RunRow = memo(function RunRow({ run, withProject }: { run: RunLine; withProject: boolean }) {
  const { total, ended, failed } = run.progress
  const startedAt = Date.parse(run.startedAt)
  const endedAt = run.endedAt === null ? null : Date.parse(run.endedAt)
  const spent = Number(run.budget.spent)
  const shares = [
    { tone: run.status === 'CANCELLED' ? 'idle' : 'good', count: ended - failed, word: 'ended well' },
    { tone: 'bad', count: failed, word: 'failed' },
  ] as const
  return (
    <li className={css.row}>
      <StatusIcon status={run.status} label />
      <span className={css.what}>
        <Link to="/runs/$runId" params={{ runId: run.id }} preload="intent" className={css.title}>
          {run.title}
        </Link>
        <span className={css.note}>
          {withProject && run.project !== null ? `${run.project.name} · ` : ''}
          {run.workflow}
        </span>
      </span>
      <span className={css.progress}>
        <Progress shares={shares} total={total} />
        <span className={css.count}>{failed > 0 ? `${counted(failed, 'task')} failed` : `${ended} of ${total}`}</span>
      </span>
      <span className={css.money}>{spent === 0 ? '' : formatMoney(spent)}</span>
      <span className={css.took}>
        <Span from={startedAt} to={endedAt} />
      </span>
      <span className={css.when}>
        <Ago at={startedAt} />
      </span>
    </li>
  )
})
