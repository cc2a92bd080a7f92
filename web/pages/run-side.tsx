import { Link, useNavigate } from '@tanstack/react-router'
import { memo, useCallback } from 'react'
import { RunApprovals } from '../features/approvals/run-approvals.tsx'
import { EventDetail } from '../features/events/event-detail.tsx'
import { readSearch } from '../features/events/found.ts'
import { RecentEvents } from '../features/events/recent-events.tsx'
import { RetryAction } from '../features/runs/run-actions.tsx'
import { RunSummary } from '../features/runs/run-summary.tsx'
import { TaskPanel } from '../features/runs/task-panel.tsx'
import { useCalmView } from '../lib/calm-view.ts'
import { useRun, useRunLog } from '../lib/run-context.ts'
import { Section } from '../ui/panel.tsx'
import css from './run.module.css'
import type { RunSearch } from './run-search.ts'

type Props = { runId: string; search: RunSearch }

/** Beside the view: the selected event, or the selected task, or the run as a whole. */
export const RunSide = memo(function RunSide({ runId, search }: Props) {
  const { tab, seq = 0, task = -1, has = '' } = search
  const event = useRunLog(log => (seq >= 1 && seq <= log.length ? log.at(seq - 1) : null))
  const planned = useRun(run => run?.tasks[task] !== undefined)
  const select = useSelect()
  if (event !== null) {
    const sought = tab === 'events' ? readSearch(has).text : ''
    return <EventDetail event={event} sought={sought} {...select} />
  }
  if (planned) {
    const actions = <RetryAction runId={runId} index={task} />
    return <TaskPanel key={task} runId={runId} index={task} actions={actions} asked={<Asked task={task} />} />
  }
  return (
    <RunSummary asked={<Asked />}>
      <Section
        title="Latest events"
        aside={
          <Link from="/runs/$runId" to="." search={rest => ({ ...rest, tab: 'events' })} className={css.all}>
            All events
          </Link>
        }
      >
        <Latest />
      </Section>
    </RunSummary>
  )
})

function Asked({ task }: { task?: number }) {
  const run = useRun(one => one)
  if (run === null) return null
  return task === undefined ? <RunApprovals run={run} /> : <RunApprovals run={run} taskIndex={task} />
}

function Latest() {
  const { run, log } = useCalmView()
  return run === null ? null : <RecentEvents run={run} log={log} />
}

/** What the detail of an event leads to. */
function useSelect() {
  const navigate = useNavigate({ from: '/runs/$runId' })
  const onSelect = useCallback(
    (next: number | null) =>
      void navigate({
        to: '.',
        replace: true,
        search: ({ seq: _, ...rest }) => (next === null ? rest : { ...rest, seq: next }),
      }),
    [navigate],
  )
  const onTask = useCallback(
    (task: number) => void navigate({ to: '.', replace: true, search: ({ seq: _, ...rest }) => ({ ...rest, task }) }),
    [navigate],
  )
  const onCorrelation = useCallback(
    (corr: string) => void navigate({ to: '.', search: rest => ({ ...rest, tab: 'events', corr }) }),
    [navigate],
  )
  const onFork = useCallback(
    (fork: number) =>
      void navigate({ to: '.', replace: true, resetScroll: false, search: rest => ({ ...rest, fork }) }),
    [navigate],
  )
  return { onSelect, onTask, onCorrelation, onFork }
}
