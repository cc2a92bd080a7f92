import { type ComponentType, lazy, Suspense, useEffect, useMemo, useState } from 'react'
import type { AnalysisReport, AuditReport, EnvReport, RepositorySummary, TestReport } from '../../../domain/artifact.ts'
import type { Json } from '../../../domain/json.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import { formatBytes } from '../../lib/format.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { JsonView } from '../../ui/json.tsx'
import { PlainText } from '../../ui/plain-text.tsx'
import { AnalysisView } from './analysis-view.tsx'
import css from './artifacts.module.css'
import { AuditView } from './audit-view.tsx'
import { EnvironmentView } from './environment-view.tsx'
import { isPicture, Picture } from './picture.tsx'
import { RepositoryView } from './repository-view.tsx'
import { TestView } from './test-view.tsx'
import { drawnBytes, useText } from './text-of.ts'
import { isWork } from './work-kinds.ts'

const Markdown = lazy(async () => ({ default: (await import('../../ui/markdown.tsx')).Markdown }))

/** What an artifact says, drawn by its kind. */
export function ArtifactBody({ artifact }: { artifact: Artifact }) {
  const { kind, mediaType, size } = artifact
  if (isPicture(mediaType)) return <Picture artifact={artifact} />
  if (size > drawnBytes || kind === 'Archive')
    return (
      <Empty icon="file" title={kind === 'Archive' ? 'An archive' : 'Too large to show here'}>
        {formatBytes(size)} of {mediaType}. Download it to look inside.
      </Empty>
    )
  return <Loaded artifact={artifact} />
}

type WorkView = ComponentType<{ artifact: Artifact; body: Json }>

/**
 * The view of what agents make, loaded while the body is on its way. Not by Suspense: that holds back what is ready for up
 * to 300 ms, so that fallbacks do not flicker, and a change is to be there within them.
 */
function useWorkView(wanted: boolean): WorkView | null {
  const [view, setView] = useState<WorkView | null>(null)
  useEffect(() => {
    if (wanted) void import('./work-view.tsx').then(({ WorkView }) => setView(() => WorkView))
  }, [wanted])
  return view
}

function Loaded({ artifact }: { artifact: Artifact }) {
  const text = useText(artifact)
  const work = useWorkView(isWork(artifact.kind))
  if (text.state === 'loading') return <Bars rows={8} height={36} />
  if (text.state === 'failed')
    return (
      <Empty icon="warning" title="It could not be read">
        {text.why}
      </Empty>
    )
  return <Drawn artifact={artifact} text={text.text} work={work} />
}

type DrawnProps = { artifact: Artifact; text: string; work: WorkView | null }

function Drawn({ artifact, text, work: Work }: DrawnProps) {
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
  if (parsed === undefined) return <PlainText text={text} label={artifact.title} />
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
    default:
      if (isWork(artifact.kind))
        return Work === null ? <Bars rows={8} height={36} /> : <Work artifact={artifact} body={parsed} />
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
