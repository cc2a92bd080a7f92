import { useSearch } from '@tanstack/react-router'
import { toGlobalId } from '../../domain/ids.ts'
import type { Artifact } from '../../domain/run/state.ts'
import { ArtifactList } from '../features/artifacts/artifact-list.tsx'
import { ArtifactPicker } from '../features/artifacts/artifact-picker.tsx'
import { ArtifactView } from '../features/artifacts/artifact-view.tsx'
import { byImportance } from '../lib/artifact-order.ts'
import { useSignal } from '../lib/hooks.ts'
import { useNarrow } from '../lib/media.ts'
import { useMoment } from '../lib/run-context.ts'
import { Empty } from '../ui/empty.tsx'
import css from './artifacts-tab.module.css'

/** What the run has made at the moment that is shown. */
export function ArtifactsTab() {
  const { run, log } = useSignal(useMoment().view)
  const { artifact: wanted, base } = useSearch({ from: '/runs/$runId' })
  const narrow = useNarrow()
  if (run === null) return null
  const { artifacts } = run
  const named = (id: string | undefined): Artifact | null =>
    id === undefined ? null : (artifacts.find(one => toGlobalId('Artifact', one.id) === id) ?? null)
  const selected = named(wanted) ?? byImportance(artifacts)[0]
  if (selected === undefined)
    return (
      <Empty icon="file" title="No artifact yet">
        Reports, results and files appear here as soon as a task has made them.
      </Empty>
    )
  const List = narrow ? ArtifactPicker : ArtifactList
  return (
    <div className={css.artifacts}>
      <List run={run} selected={selected} />
      <ArtifactView key={selected.id} artifact={selected} base={named(base)} run={run} log={log} />
    </div>
  )
}
