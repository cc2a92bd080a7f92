import { lazy, Suspense, useMemo } from 'react'
import type { AnalysisReport, AuditReport, EnvReport, RepositorySummary, TestReport } from '../../../domain/artifact.ts'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Json } from '../../../domain/json.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import { formatBytes } from '../../lib/format.ts'
import { ButtonFace, buttonClass } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { JsonView } from '../../ui/json.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { AnalysisView } from './analysis-view.tsx'
import css from './artifacts.module.css'
import { AuditView } from './audit-view.tsx'
import { EnvironmentView } from './environment-view.tsx'
import { RepositoryView } from './repository-view.tsx'
import { TestView } from './test-view.tsx'
import { useBody } from './use-body.ts'

const Markdown = lazy(async () => ({ default: (await import('../../ui/markdown.tsx')).Markdown }))
const WorkView = lazy(async () => ({ default: (await import('./work-view.tsx')).WorkView }))

/** More is downloaded rather than drawn. */
const drawnBytes = 8 * 1024 * 1024

export function ArtifactView({ artifact, maker }: { artifact: Artifact; maker: string }) {
  const id = toGlobalId('Artifact', artifact.id)
  return (
    <article className={css.view} aria-label={artifact.title}>
      <header className={css.viewHead}>
        <div className={css.viewTitle}>
          <h2>{artifact.title}</h2>
          <p className={css.meta}>
            {artifact.kind} by {maker}, {formatBytes(artifact.size)},{' '}
            <code title={`sha256 ${artifact.hash}`}>{artifact.hash.slice(0, 12)}</code>
            {artifact.score === null ? null : `, score ${artifact.score.toFixed(2)}`}
          </p>
        </div>
        {artifact.simulated ? <Simulated /> : null}
        <a href={`/artifacts/${id}`} download className={buttonClass} data-look="plain">
          <ButtonFace icon="download">Download</ButtonFace>
        </a>
      </header>
      {artifact.size > drawnBytes || artifact.kind === 'Archive' ? (
        <Empty icon="file" title={artifact.kind === 'Archive' ? 'An archive' : 'Too large to show here'}>
          {formatBytes(artifact.size)} of {artifact.mediaType}. Download it to look inside.
        </Empty>
      ) : (
        <Loaded artifact={artifact} id={id} />
      )}
    </article>
  )
}

function Loaded({ artifact, id }: { artifact: Artifact; id: string }) {
  const body = useBody(id)
  if (body.state === 'loading') return <Bars rows={8} height={36} />
  if (body.state === 'failed')
    return (
      <Empty icon="warning" title="It could not be read">
        {body.why}
      </Empty>
    )
  return <Drawn artifact={artifact} bytes={body.bytes} />
}

function Drawn({ artifact, bytes }: { artifact: Artifact; bytes: Uint8Array }) {
  const text = useMemo(() => new TextDecoder().decode(bytes), [bytes])
  const parsed = useMemo(
    () => (artifact.mediaType.includes('json') ? parseJson(text) : undefined),
    [artifact.mediaType, text],
  )
  if (artifact.mediaType.startsWith('text/markdown') || artifact.kind === 'Markdown') {
    return (
      <Suspense fallback={<Bars rows={8} height={36} />}>
        <Markdown text={text} />
      </Suspense>
    )
  }
  if (parsed === undefined) return <PlainText text={text} />
  // Bodies of these kinds were parsed against their schema before they were stored.
  switch (artifact.kind) {
    case 'AuditReport':
      return <AuditView report={parsed as unknown as AuditReport} />
    case 'AnalysisReport':
      return <AnalysisView report={parsed as unknown as AnalysisReport} />
    case 'TestReport':
      return <TestView report={parsed as unknown as TestReport} />
    case 'EnvReport':
      return <EnvironmentView report={parsed as unknown as EnvReport} />
    case 'RepositorySummary':
      return <RepositoryView summary={parsed as unknown as RepositorySummary} />
    case 'CodePatch':
    case 'SpecDoc':
    case 'Plan':
    case 'DesignDoc':
    case 'ChangeSummary':
    case 'ReviewReport':
    case 'Reasoning':
    case 'TestPlan':
    case 'ResearchNote':
      return (
        <Suspense fallback={<Bars rows={8} height={36} />}>
          <WorkView kind={artifact.kind} body={parsed} />
        </Suspense>
      )
    default:
      return (
        <div className={css.padded}>
          <JsonView value={parsed} label={artifact.title} />
        </div>
      )
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function PlainText({ text }: { text: string }) {
  const shown = 200_000
  return (
    <Scroll className={css.plain} label="Text">
      <pre>
        {text.slice(0, shown)}
        {text.length > shown ? `\n… ${text.length - shown} more characters` : ''}
      </pre>
    </Scroll>
  )
}
