import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { RunApprovals } from '../features/approvals/run-approvals.tsx'
import { EventDetail } from '../features/events/event-detail.tsx'
import { RecentEvents } from '../features/events/recent-events.tsx'
import { RunSummary } from '../features/runs/run-summary.tsx'
import { TaskPanel } from '../features/runs/task-panel.tsx'
import { useSignal } from '../lib/hooks.ts'
import { useMoment } from '../lib/run-context.ts'
import { Section } from '../ui/panel.tsx'
import css from './run.module.css'

type Props = { runId: string; actions: ReactNode }

/** Beside the view: the selected event, or the selected task, or the run as a whole. */
export function RunSide({ runId, actions }: Props) {
  const { run, log } = useSignal(useMoment().view)
  const { seq, task } = useSearch({ from: '/runs/$runId' })
  const navigate = useNavigate({ from: '/runs/$runId' })
  if (run === null) return null
  if (seq !== undefined && seq >= 1 && seq <= log.length) {
    return (
      <EventDetail
        event={log.at(seq - 1)}
        run={run}
        onSelect={next =>
          void navigate({
            to: '.',
            replace: true,
            search: ({ seq: _, ...rest }) => (next === null ? rest : { ...rest, seq: next }),
          })
        }
        onTask={index =>
          void navigate({ to: '.', replace: true, search: ({ seq: _, ...rest }) => ({ ...rest, task: index }) })
        }
      />
    )
  }
  if (task !== undefined && run.tasks[task] !== undefined)
    return (
      <TaskPanel
        key={task}
        runId={runId}
        index={task}
        actions={actions}
        asked={<RunApprovals run={run} taskIndex={task} />}
      />
    )
  return (
    <RunSummary asked={<RunApprovals run={run} />}>
      <Section
        title="Latest events"
        aside={
          <Link from="/runs/$runId" to="." search={rest => ({ ...rest, tab: 'events' })} className={css.all}>
            All events
          </Link>
        }
      >
        <RecentEvents run={run} log={log} />
      </Section>
    </RunSummary>
  )
}
