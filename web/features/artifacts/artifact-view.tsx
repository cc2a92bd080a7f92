import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact, Run } from '../../../domain/run/state.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { formatBytes } from '../../lib/format.ts'
import { Bars } from '../../ui/empty.tsx'
import { inert } from '../../ui/inert.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { About } from './about.tsx'
import { ArtifactBody } from './artifact-body.tsx'
import css from './artifacts.module.css'
import { DownloadLink } from './download-link.tsx'
import { VersionBar } from './version-bar.tsx'

const ComparisonView = lazy(async () => ({ default: (await import('./comparison-view.tsx')).ComparisonView }))

type Props = {
  artifact: Artifact
  /** What it is compared with; null: it is read by itself. */
  base: Artifact | null
  run: Run
  log: EventLog
}

/** One artifact: what it says, its versions, and where it comes from. */
export function ArtifactView({ artifact, base, run, log }: Props) {
  const id = toGlobalId('Artifact', artifact.id)
  const maker = run.tasks[artifact.taskIndex]
  return (
    <article className={css.view} aria-label={artifact.title}>
      <header className={css.viewHead}>
        <div className={css.viewTitle}>
          <h2>{inert(artifact.title)}</h2>
          <p className={css.meta}>
            {artifact.kind} by{' '}
            <Link from="/runs/$runId" to="." search={rest => ({ ...rest, task: artifact.taskIndex })}>
              {inert(maker?.title ?? 'the run')}
            </Link>
            , {formatBytes(artifact.size)}
            {artifact.score === null ? null : `, score ${artifact.score.toFixed(2)}`}
          </p>
        </div>
        {artifact.simulated ? <Simulated /> : null}
        <DownloadLink href={`/artifacts/${id}`} keys="s" title="Download the artifact">
          Download
        </DownloadLink>
      </header>
      <VersionBar artifact={artifact} base={base} run={run} />
      <details className={css.origin}>
        <summary>Where it comes from{artifact.score === null ? '' : ', and what it is worth'}</summary>
        <About artifact={artifact} run={run} log={log} />
      </details>
      {base === null ? (
        <ArtifactBody artifact={artifact} />
      ) : (
        <Suspense fallback={<Bars rows={8} height={36} />}>
          <ComparisonView base={base} artifact={artifact} />
        </Suspense>
      )}
    </article>
  )
}
