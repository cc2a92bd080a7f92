import { Link } from '@tanstack/react-router'
import { useSignal } from '../../lib/hooks.ts'
import { Bars } from '../../ui/empty.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Ago } from '../../ui/time.tsx'
import css from './run-briefs.module.css'
import { everyRun } from './run-query.ts'
import { useRunListStore } from './use-run-list.ts'

const shown = 15

/** The newest runs of a project in few words, live, to stand beside something else. */
export function RunBriefs({ projectId }: { projectId: string }) {
  const { state, runs } = useSignal(useRunListStore(projectId, everyRun))
  if (state === 'loading') return <Bars rows={3} height={40} />
  if (runs.length === 0) return <p className={css.none}>None yet.</p>
  return (
    <ul aria-label="Runs of the project">
      {runs.slice(0, shown).map(run => (
        <li key={run.id} className={css.run}>
          <StatusIcon status={run.status} label />
          <Link to="/runs/$runId" params={{ runId: run.id }} className={css.title}>
            {run.title}
          </Link>
          <span className={css.when}>
            <Ago at={Date.parse(run.startedAt)} />
          </span>
        </li>
      ))}
    </ul>
  )
}
