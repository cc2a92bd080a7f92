import type { ReactNode } from 'react'
import { begunAt, isRunEnded } from '../../../domain/run/state.ts'
import { useSelected } from '../../lib/hooks.ts'
import { useRun, useRunStore, useShownSeq } from '../../lib/run-context.ts'
import type { RunPhase } from '../../lib/run-store.ts'
import { Simulated } from '../../ui/simulated.tsx'
import { StatusLabel, statusWord } from '../../ui/status.tsx'
import { Span } from '../../ui/time.tsx'
import css from './run-header.module.css'
import { RunMoney } from './run-money.tsx'
import { WhyStopped } from './why-stopped.tsx'

/** What the run is, how it stands, and what one may ask of it. */
export function RunHeader({ crumbs, actions }: { crumbs: ReactNode; actions: ReactNode }) {
  const phase = useSelected(useRunStore(), view => view.phase)
  const run = useRun(one => one)
  const claimed = useRun(one => one?.tasks.filter(task => task.status === 'CLAIMED').length ?? 0)
  const past = useShownSeq() !== null
  if (run === null) return <header className={css.header} aria-busy="true" />
  const note = run.status === 'PAUSED' && claimed > 0 ? `${claimed} finishing` : undefined
  return (
    <header className={css.header}>
      <div className={css.words}>
        <div className={css.crumbs}>{crumbs}</div>
        <div className={css.line}>
          <h1 className={css.title}>{run.title}</h1>
          <StatusLabel status={run.status} note={note} />
          <span className={css.took}>
            <Span from={begunAt(run)} to={run.endedAt} />
          </span>
          <RunMoney />
          {run.simulated ? <Simulated /> : null}
          {past ? <Past /> : isRunEnded(run.status) ? null : <LiveMark phase={phase} />}
        </div>
        <WhyStopped />
      </div>
      <div className={css.actions}>{actions}</div>
    </header>
  )
}

/** How the run stands now, while something earlier is shown. */
function Past() {
  const status = useSelected(useRunStore(), view => view.run?.status)
  return (
    <span className={css.past}>earlier{status === undefined ? '' : `; now ${statusWord(status).toLowerCase()}`}</span>
  )
}

/** Whether what one sees is now. */
function LiveMark({ phase }: { phase: RunPhase }) {
  const words = {
    live: 'Live',
    lagged: 'Catching up',
    'catching-up': 'Catching up',
    connecting: 'Connecting',
    idle: 'Connecting',
    ended: '',
    failed: 'Stopped',
  }
  return (
    <span className={css.live} data-live={phase === 'live' || undefined}>
      {words[phase]}
    </span>
  )
}
