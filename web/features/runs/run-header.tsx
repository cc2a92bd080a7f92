import type { ReactNode } from 'react'
import { begunAt, isRunEnded, type Run } from '../../../domain/run/state.ts'
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
  const title = useRun(run => run?.title)
  const status = useRun(run => run?.status)
  const simulated = useRun(run => run?.simulated ?? false)
  const finishing = useRun(run => (run?.status === 'PAUSED' ? claimedOf(run) : 0))
  const past = useShownSeq() !== null
  if (status === undefined) return <header className={css.header} aria-busy="true" />
  return (
    <header className={css.header}>
      <div className={css.words}>
        <div className={css.crumbs}>{crumbs}</div>
        <div className={css.line}>
          <h1 className={css.title}>{title}</h1>
          <StatusLabel status={status} note={finishing > 0 ? `${finishing} finishing` : undefined} />
          <span className={css.took}>
            <Took />
          </span>
          <RunMoney />
          {simulated ? <Simulated /> : null}
          {past ? <Past /> : isRunEnded(status) ? null : <LiveMark phase={phase} />}
        </div>
        <WhyStopped />
      </div>
      <div className={css.actions}>{actions}</div>
    </header>
  )
}

const claimedOf = (run: Run): number => run.tasks.filter(task => task.status === 'CLAIMED').length

function Took() {
  const from = useRun(run => (run === null ? 0 : begunAt(run)))
  const to = useRun(run => run?.endedAt ?? null)
  return <Span from={from} to={to} />
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
