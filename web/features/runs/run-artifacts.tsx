import { Link } from '@tanstack/react-router'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import { formatBytes } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import css from './run-artifacts.module.css'

/** Ways to what was made. */
export function ArtifactLinks({ artifacts }: { artifacts: readonly Artifact[] }) {
  return (
    <ul className={css.artifacts}>
      {artifacts.map(artifact => (
        <li key={artifact.id}>
          <Link
            from="/runs/$runId"
            to="."
            search={({ seq: _, ...rest }) => ({
              ...rest,
              tab: 'artifacts',
              artifact: toGlobalId('Artifact', artifact.id),
            })}
            className={css.artifact}
          >
            <Icon name="file" />
            <span className={css.title}>{artifact.title}</span>
            {artifact.simulated ? <Simulated /> : null}
            <span className={css.size}>{formatBytes(artifact.size)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
