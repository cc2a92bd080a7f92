import { memo, useMemo } from 'react'
import { AgentTree } from '../features/agent-tree/agent-tree.tsx'
import { CostView } from '../features/cost/cost-view.tsx'
import { Graph } from '../features/runs/graph/graph.tsx'
import { TaskTable } from '../features/runs/task-table.tsx'
import { StreamView } from '../features/stream/stream-view.tsx'
import { Timeline } from '../features/timeline/timeline.tsx'
import { useNarrow } from '../lib/media.ts'
import { useTasks } from '../lib/run-context.ts'
import { useTaskKeys } from '../lib/task-keys.ts'
import { useOutline } from '../lib/use-outline.ts'
import { ArtifactsTab } from './artifacts-tab.tsx'
import { EventsTab } from './events-tab.tsx'
import type { RunTab } from './run-search.ts'

/** The view that the tab names. */
export const RunMain = memo(function RunMain({ tab, runId }: { tab: RunTab; runId: string }) {
  const narrow = useNarrow()
  switch (tab) {
    case 'graph':
      return narrow ? <TaskTable /> : <GraphWithKeys />
    case 'tasks':
      return <TaskTable />
    case 'events':
      return <EventsTab />
    case 'artifacts':
      return <ArtifactsTab />
    case 'agents':
      return <AgentTree />
    case 'timeline':
      return <Timeline />
    case 'stream':
      return <StreamView runId={runId} />
    case 'cost':
      return <CostView />
  }
})

const noneToggled: ReadonlySet<number> = new Set()

function GraphWithKeys() {
  const outline = useOutline(useTasks(), noneToggled)
  useTaskKeys(useMemo(() => outline.map(row => row.index), [outline]))
  return <Graph />
}
