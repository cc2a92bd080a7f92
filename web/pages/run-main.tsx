import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { toGlobalId } from '../../domain/ids.ts'
import type { Artifact } from '../../domain/run/state.ts'
import { ArtifactList } from '../features/artifacts/artifact-list.tsx'
import { ArtifactPicker } from '../features/artifacts/artifact-picker.tsx'
import { ArtifactView } from '../features/artifacts/artifact-view.tsx'
import type { EventFilter } from '../features/events/event-filter.ts'
import { EventList } from '../features/events/event-list.tsx'
import { Graph } from '../features/runs/graph/graph.tsx'
import { TaskTable, useTaskKeys } from '../features/runs/task-table.tsx'
import { byImportance } from '../lib/artifact-order.ts'
import { useSignal } from '../lib/hooks.ts'
import { useNarrow } from '../lib/media.ts'
import { outlineOf } from '../lib/outline.ts'
import { useMoment, useRun, useTasks } from '../lib/run-context.ts'
import { Empty } from '../ui/empty.tsx'
import css from './run.module.css'
import { type RunTab, typesOf } from './run-search.ts'

/** The view that the tab names. */
export function RunMain({ tab }: { tab: RunTab }) {
  const narrow = useNarrow()
  switch (tab) {
    case 'graph':
      return narrow ? <TaskTable /> : <GraphWithKeys />
    case 'tasks':
      return <TaskTable />
    case 'events':
      return <Events />
    case 'artifacts':
      return <Artifacts />
  }
}

const none: readonly Artifact[] = []
const noneToggled: ReadonlySet<number> = new Set()

function GraphWithKeys() {
  const tasks = useTasks()
  useTaskKeys(useMemo(() => outlineOf(tasks, noneToggled).map(row => row.index), [tasks]))
  return <Graph />
}

function Events() {
  const { run, log } = useSignal(useMoment().view)
  const search = useSearch({ from: '/runs/$runId' })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const filter: EventFilter = { text: search.q ?? '', types: typesOf(search), task: search.of ?? null }
  const onFilter = ({ text, types, task }: EventFilter) =>
    void navigate({
      to: '.',
      replace: true,
      search: ({ q: _q, types: _types, of: _of, ...rest }) => ({
        ...rest,
        ...(text === '' ? {} : { q: text }),
        ...(types.length === 0 ? {} : { types: types.join(',') }),
        ...(task === null ? {} : { of: task }),
      }),
    })
  const onSelect = (seq: number | null) =>
    void navigate({
      to: '.',
      replace: true,
      resetScroll: false,
      search: ({ seq: _, ...rest }) => (seq === null || seq === search.seq ? rest : { ...rest, seq }),
    })
  if (run === null) return null
  return (
    <EventList
      run={run}
      log={log}
      filter={filter}
      onFilter={onFilter}
      selected={search.seq ?? null}
      onSelect={onSelect}
    />
  )
}

function Artifacts() {
  const artifacts = useRun(run => run?.artifacts ?? none)
  const tasks = useTasks()
  const { artifact: wanted } = useSearch({ from: '/runs/$runId' })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const narrow = useNarrow()
  const open = ({ id }: Artifact) =>
    void navigate({
      to: '.',
      replace: true,
      search: ({ find: _find, severity: _severity, ...rest }) => ({ ...rest, artifact: toGlobalId('Artifact', id) }),
    })
  const selected = artifacts.find(one => toGlobalId('Artifact', one.id) === wanted) ?? byImportance(artifacts)[0]
  if (selected === undefined) {
    return (
      <Empty icon="file" title="No artifact yet">
        Reports, results and files appear here as soon as a task has made them.
      </Empty>
    )
  }
  return (
    <div className={css.artifacts}>
      {narrow ? (
        <ArtifactPicker artifacts={artifacts} selected={selected} onSelect={open} />
      ) : (
        <ArtifactList artifacts={artifacts} tasks={tasks} selected={selected} />
      )}
      <ArtifactView key={selected.id} artifact={selected} maker={tasks[selected.taskIndex]?.title ?? 'the run'} />
    </div>
  )
}
