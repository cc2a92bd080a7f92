import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { fromGlobalId } from '../../../domain/ids.ts'
import type { Json } from '../../../domain/json.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import { inert } from '../../ui/inert.tsx'
import { ArtifactBody } from './artifact-body.tsx'
import { parseDiff } from './diff.ts'
import { useLocalDiffState } from './diff-state.ts'
import { DiffView } from './diff-view.tsx'
import css from './evidence.module.css'

/** An artifact as the API tells of it. */
type Made = Omit<Artifact, 'size' | 'scoreParts'> & { size: number | string; scoreParts: unknown }
type Props = {
  /** Of the question. */
  kind: string
  diff: string | null
  run: { id: string; artifacts: { nodes: readonly Made[] } } | null
}

/** Kinds that say what a question is about, the most telling first. */
const telling: Readonly<Record<string, readonly string[]>> = {
  PLAN: ['Plan', 'DesignDoc', 'SpecDoc'],
  QUALITY: ['ReviewReport', 'TestReport', 'CodePatch'],
}

/** What one looks at before one answers: the change itself, or the plan, and what else the run has made. */
export function Evidence({ kind, diff, run }: Props) {
  const made = [...(run?.artifacts.nodes ?? [])].reverse()
  const shown =
    diff === null
      ? (telling[kind] ?? []).map(one => made.find(artifact => artifact.kind === one)).find(Boolean)
      : undefined
  const others = made.filter(one => one !== shown).slice(0, 8)
  return (
    <section className={css.evidence} aria-label="Evidence">
      {diff === null ? null : <Change diff={diff} />}
      {shown === undefined ? null : (
        <div className={css.shown}>
          <h3>{inert(shown.title)}</h3>
          <div className={css.body}>
            <ArtifactBody artifact={fromApi(shown)} />
          </div>
        </div>
      )}
      {run === null || others.length === 0 ? null : (
        <div>
          <h3>{diff === null && shown === undefined ? 'What the run has made' : 'What else the run has made'}</h3>
          <ul className={css.links}>
            {others.map(({ id, title, kind: artifactKind }) => (
              <li key={id}>
                <Link to="/runs/$runId" params={{ runId: run.id }} search={{ tab: 'artifacts', artifact: id }}>
                  {inert(title)}
                </Link>{' '}
                <span>{artifactKind}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function Change({ diff }: { diff: string }) {
  const files = useMemo(() => parseDiff(diff), [diff])
  return (
    <div className={css.change}>
      <DiffView files={files} state={useLocalDiffState()} label="The change that is asked about" />
    </div>
  )
}

const fromApi = ({ id, size, scoreParts, ...rest }: Made): Artifact => ({
  ...rest,
  id: fromGlobalId(id).uuid,
  size: Number(size),
  scoreParts: (scoreParts ?? null) as Json,
})
