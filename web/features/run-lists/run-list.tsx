import { type ReactNode, useState } from 'react'
import { formatCount } from '../../lib/format.ts'
import { useSignal } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { useListKeys } from './list-keys.ts'
import css from './run-list.module.css'
import { everyRun, isServerSort, type RunQuery } from './run-query.ts'
import { RunRow } from './run-row.tsx'
import { useRunListStore } from './use-run-list.ts'

type Props = {
  projectId: string | null
  query?: RunQuery
  /** What is shown where there is no run at all. */
  empty: ReactNode
  /** Takes every condition away again. */
  onClear?(): void
}

/** Runs, live. */
export function RunList({ projectId, query = everyRun, empty, onClear }: Props) {
  const store = useRunListStore(projectId, query)
  const { state, runs, next, fault } = useSignal(store)
  useListKeys()
  if (state === 'loading') return <Bars rows={6} height={52} />
  if (state === 'failed')
    return (
      <Empty icon="warning" title="The runs could not be read">
        {fault}
      </Empty>
    )
  const isFiltered = query.text !== '' || query.statuses.length > 0 || query.workflow !== ''
  if (runs.length === 0 && isFiltered)
    return (
      <Empty icon="filter" title="No run is like that" action={<Button onClick={onClear}>Show all runs</Button>}>
        Runs that begin to match appear by themselves.
      </Empty>
    )
  if (runs.length === 0) return empty
  return (
    <>
      {next !== null && !isServerSort(query.sort) ? (
        <p className={css.partly}>Sorted among the {formatCount(runs.length)} runs that are loaded.</p>
      ) : null}
      <ul className={css.list} aria-label="Runs" data-list>
        {runs.map(run => (
          <RunRow key={run.id} run={run} withProject={projectId === null} />
        ))}
      </ul>
      {next === null ? null : <More load={store.more} />}
    </>
  )
}

function More({ load }: { load(): Promise<void> }) {
  const [loading, setLoading] = useState(false)
  return (
    <div className={css.more}>
      <Button
        pending={loading}
        onClick={async () => {
          setLoading(true)
          await load()
          setLoading(false)
        }}
      >
        Show more runs
      </Button>
    </div>
  )
}
