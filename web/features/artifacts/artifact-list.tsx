import { Link } from '@tanstack/react-router'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact, Task } from '../../../domain/run/state.ts'
import { formatBytes } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import css from './artifacts.module.css'

type Props = { artifacts: readonly Artifact[]; tasks: readonly Task[]; selected: Artifact | undefined }

/** What the run has made so far, newest last, as it was made. */
export function ArtifactList({ artifacts, tasks, selected }: Props) {
  return (
    <nav className={css.list} aria-label="Artifacts">
      <ul>
        {artifacts.map(artifact => (
          <li key={artifact.id}>
            <Link
              from="/runs/$runId"
              to="."
              search={rest => ({ ...rest, artifact: toGlobalId('Artifact', artifact.id) })}
              replace
              className={css.listItem}
              aria-current={artifact === selected || undefined}
            >
              <Icon name="file" />
              <span className={css.listWords}>
                <span className={css.listTitle}>{artifact.title}</span>
                <span className={css.listNote}>
                  {tasks[artifact.taskIndex]?.title ?? artifact.kind}, {formatBytes(artifact.size)}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
