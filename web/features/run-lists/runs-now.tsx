import { Link } from '@tanstack/react-router'
import { isRunEnded } from '../../../domain/run/state.ts'
import { formatMoney } from '../../lib/format.ts'
import { Bars } from '../../ui/empty.tsx'
import { Orbit } from '../../ui/orbit.tsx'
import { Part } from '../../ui/page.tsx'
import { StatusLabel } from '../../ui/status.tsx'
import { Span } from '../../ui/time.tsx'
import { useListKeys } from './list-keys.ts'
import css from './run-list.module.css'
import type { RunListView } from './run-list-store.ts'
import type { RunLine } from './run-query.ts'
import { RunRow } from './run-row.tsx'

const shownEnded = 8

/** What is at work now, and what has ended lately. */
export function RunsNow({ view }: { view: RunListView }) {
  useListKeys()
  const open = view.runs.filter(run => !isRunEnded(run.status))
  const ended = view.runs
    .filter(run => isRunEnded(run.status))
    .sort((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? 1 : -1))
    .slice(0, shownEnded)
  return (
    <>
      <Part title="At work" aside={<Link to="/runs">All runs</Link>}>
        {view.state === 'loading' ? (
          <Bars rows={2} height={64} />
        ) : view.state === 'failed' ? (
          <p className={css.nothing}>{view.fault}</p>
        ) : open.length === 0 ? (
          <p className={css.nothing}>Nothing is at work.</p>
        ) : (
          <ul aria-label="Runs at work" data-list>
            {open.map(run => (
              <AtWork key={run.id} run={run} />
            ))}
          </ul>
        )}
      </Part>
      {ended.length === 0 ? null : (
        <Part title="Ended lately">
          <ul aria-label="Runs that ended" className={css.flush} data-list>
            {ended.map(run => (
              <RunRow key={run.id} run={run} withProject />
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

function AtWork({ run }: { run: RunLine }) {
  const { total, ended, failed } = run.progress
  const spent = Number(run.budget.spent)
  const share = (count: number) => (total === 0 ? 0 : count / total)
  return (
    <li className={css.atWork}>
      <Orbit done={share(ended - failed)} failed={share(failed)} active={run.status === 'RUNNING'} size={40} />
      <span className={css.what}>
        <Link to="/runs/$runId" params={{ runId: run.id }} preload="intent" className={css.title}>
          {run.title}
        </Link>
        <span className={css.note}>
          {run.project === null ? '' : `${run.project.name} · `}
          {run.workflow}
        </span>
      </span>
      <span className={css.state}>
        <StatusLabel status={run.status} />
        <span className={css.count}>
          {ended} of {total} tasks{failed > 0 ? `, ${failed} failed` : ''}
        </span>
      </span>
      <span className={css.took}>
        <Span from={Date.parse(run.startedAt)} to={null} />
        <span className={css.count}>{spent === 0 ? '' : formatMoney(spent)}</span>
      </span>
    </li>
  )
}
