import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { formatCount } from '../lib/format.ts'
import { useSelected, useShortcuts } from '../lib/hooks.ts'
import { useNarrow } from '../lib/media.ts'
import { useMoment } from '../lib/run-context.ts'
import type { RunView } from '../lib/run-store.ts'
import css from '../ui/tabs.module.css'
import { type RunTab, runTabs } from './run-search.ts'

const names: Record<RunTab, string> = {
  graph: 'Graph',
  tasks: 'Tasks',
  events: 'Events',
  artifacts: 'Artifacts',
  agents: 'Agents',
  timeline: 'Timeline',
  stream: 'Stream',
  cost: 'Cost',
}
const counts: Partial<Record<RunTab, (view: RunView) => number>> = {
  tasks: ({ run }) => run?.tasks.length ?? 0,
  events: ({ log }) => log.length,
  artifacts: ({ run }) => run?.artifacts.length ?? 0,
}

export function RunTabs() {
  const { tab: wanted = 'graph' } = useSearch({ from: '/runs/$runId' })
  // On a phone the graph is the list of tasks, so there is one of them.
  const narrow = useNarrow()
  const current = narrow && wanted === 'graph' ? 'tasks' : wanted
  const navigate = useNavigate({ from: '/runs/$runId' })
  useShortcuts(
    runTabs.map((tab, index) => ({
      keys: String(index + 1),
      title: names[tab],
      group: 'Run',
      run: () => void navigate({ to: '.', search: rest => ({ ...rest, tab }), replace: true }),
    })),
  )
  const counted = useSelected(useMoment().view, ({ log }) => log.length > 0)
  const bar = useRef<HTMLElement>(null)
  // Where there is no room for all of them, the one that is shown is in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab moves the bar, and the first counts, which widen it.
  useEffect(() => {
    const { left, right } = bar.current?.querySelector('[aria-current]')?.getBoundingClientRect() ?? {
      left: 0,
      right: 0,
    }
    bar.current?.scrollBy({ left: left < 0 ? left - 40 : Math.max(0, right + 40 - innerWidth) })
  }, [current, counted])
  return (
    <nav ref={bar} className={css.tabs} aria-label="Views of the run">
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
            {counts[tab] === undefined ? null : <Count of={counts[tab]} />}
          </Link>
        ))}
    </nav>
  )
}

/** By itself, because it grows with every event, and the links around it stay as they are. */
function Count({ of }: { of(view: RunView): number }) {
  return <span className={css.count}>{formatCount(useSelected(useMoment().view, of))}</span>
}
