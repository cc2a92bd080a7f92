import type { Artifact } from '../../../domain/run/state.ts'
import { controlClass } from '../../ui/field.tsx'
import css from './artifacts.module.css'

type Props = { artifacts: readonly Artifact[]; selected: Artifact; onSelect(artifact: Artifact): void }

/** The list of artifacts where there is no room for one. */
export function ArtifactPicker({ artifacts, selected, onSelect }: Props) {
  return (
    <label className={css.picker}>
      <span className="sr-only">Artifact</span>
      <select
        className={controlClass}
        value={selected.id}
        onChange={event => {
          const chosen = artifacts.find(one => one.id === event.target.value)
          if (chosen !== undefined) onSelect(chosen)
        }}
      >
        {artifacts.map(artifact => (
          <option key={artifact.id} value={artifact.id}>
            {artifact.title}
          </option>
        ))}
      </select>
    </label>
  )
}
