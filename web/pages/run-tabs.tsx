import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Run } from '../../domain/run/state.ts'
import type { EventLog } from '../lib/event-log.ts'
import { formatCount } from '../lib/format.ts'
import { useShortcuts } from '../lib/hooks.ts'
import { useNarrow } from '../lib/media.ts'
import css from '../ui/tabs.module.css'
import { type RunTab, runTabs } from './run-search.ts'

const names: Record<RunTab, string> = { graph: 'Graph', tasks: 'Tasks', events: 'Events', artifacts: 'Artifacts' }

export function RunTabs({ run, log }: { run: Run; log: EventLog }) {
  const { tab: wanted = 'graph' } = useSearch({ from: '/runs/$runId' })
  // On a phone the graph is the list of tasks, so there is one of them.
  const narrow = useNarrow()
  const current = narrow && wanted === 'graph' ? 'tasks' : wanted
  const navigate = useNavigate({ from: '/runs/$runId' })
  const counts: Partial<Record<RunTab, number>> = {
    tasks: run.tasks.length,
    events: log.length,
    artifacts: run.artifacts.length,
  }
  useShortcuts(
    runTabs.map((tab, index) => ({
      keys: String(index + 1),
      title: names[tab],
      group: 'Run',
      run: () => void navigate({ to: '.', search: rest => ({ ...rest, tab }), replace: true }),
    })),
  )
  return (
    <nav className={css.tabs} aria-label="Views of the run">
      {runTabs
        .filter(tab => !narrow || tab !== 'graph')
        .map(tab => (
          <Link
            key={tab}
            from="/runs/$runId"
            to="."
            search={({ seq: _, ...rest }) => ({ ...rest, tab })}
            replace
            className={css.tab}
            aria-current={tab === current ? 'page' : undefined}
          >
            {names[tab]}
            {counts[tab] === undefined ? null : <span className={css.count}>{formatCount(counts[tab])}</span>}
          </Link>
        ))}
    </nav>
  )
}
