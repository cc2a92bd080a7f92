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

/** What the run has made at the moment that is shown; `kind`: only of this kind, as the changes to the code. */
export function ArtifactsTab({ kind = null }: { kind?: string | null }) {
  const { run, log } = useSignal(useMoment().view)
  const { artifact: wanted, base } = useSearch({ from: '/runs/$runId' })
  const narrow = useNarrow()
  if (run === null) return null
  const { tasks } = run
  const artifacts = kind === null ? run.artifacts : run.artifacts.filter(one => one.kind === kind)
  const named = (id: string | undefined): Artifact | null =>
    id === undefined ? null : (artifacts.find(one => toGlobalId('Artifact', one.id) === id) ?? null)
  const selected = named(wanted) ?? byImportance(artifacts)[0]
  if (selected === undefined) {
    return kind === null ? (
      <Empty icon="file" title="No artifact yet">
        Reports, results and files appear here as soon as a task has made them.
      </Empty>
    ) : (
      <Empty icon="branch" title="No change yet">
        Changes to the code appear here as soon as a task has committed one. They can be read and reviewed hunk by hunk.
      </Empty>
    )
  }
  const List = narrow ? ArtifactPicker : ArtifactList
  return (
    <div className={css.artifacts}>
      <List artifacts={artifacts} tasks={tasks} selected={selected} />
      <ArtifactView key={selected.id} artifact={selected} base={named(base)} run={run} log={log} />
    </div>
  )
}
