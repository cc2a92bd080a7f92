import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact, Run, Task } from '../../../domain/run/state.ts'
import { artifactShelves, byImportance, shelfOf } from '../../lib/artifact-order.ts'
import { leaveArtifact } from '../../lib/artifact-search.ts'
import { newestVersions } from '../../lib/artifact-versions.ts'
import { formatBytes, formatCount } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { inert, visibleText } from '../../ui/inert.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import css from './artifacts.module.css'
import { DownloadLink } from './download-link.tsx'

/** What it is, where several things of one task bear one name. */
const formats: Readonly<Record<string, string>> = {
  Sarif: 'SARIF',
  Markdown: 'Markdown',
  CodePatch: 'Change',
  ReviewReport: 'Review',
  ResearchNote: 'Research',
  SpecDoc: 'Specification',
  DesignDoc: 'Design',
  Plan: 'Plan',
  ChangeSummary: 'Summary',
  TestPlan: 'Test plan',
  Reasoning: 'Reasoning',
  Judgement: 'Judgement',
  RunLedger: 'Costs',
}
/** Fewer are found by looking. */
const filteredFrom = 12
/** Pixels, as the style sheet draws them. */
const rowHeight = 46

type Props = {
  run: Run
  selected: Artifact
  onOpen?: () => void
}
type Row = { title: string } | { artifact: Artifact; count: number }

/** What the run has made so far, on shelves; on each what is most wanted first, and of each thing its newest version. */
export function ArtifactList({ run, selected, onOpen }: Props) {
  const { artifacts, tasks } = run
  const [filter, setFilter] = useState('')
  const things = useMemo(() => newestVersions(artifacts, tasks), [artifacts, tasks])
  const rows = useMemo(() => rowsOf(things, filter, tasks), [things, filter, tasks])
  const isOpen = (row: Row) => 'artifact' in row && row.artifact.id === selected.id
  return (
    <nav className={css.list} aria-label="Artifacts">
      {things.length < filteredFrom ? null : (
        <div className={css.listFilter}>
          <SearchField label="Filter artifacts" value={filter} onChange={setFilter} />
        </div>
      )}
      <div className={css.listRows}>
        <VirtualRows
          count={rows.length}
          rowHeight={rowHeight}
          kind="list"
          label={`${formatCount(things.length)} artifacts`}
          reveal={rows.findIndex(isOpen)}
        >
          {index => {
            const row = rows[index]
            if (row === undefined) return null
            return 'title' in row ? (
              <li key={row.title} className={css.shelfTitle}>
                {row.title}
              </li>
            ) : (
              <li key={row.artifact.id} className={css.listRow}>
                <ArtifactLink
                  artifact={row.artifact}
                  count={row.count}
                  maker={tasks[row.artifact.taskIndex]}
                  open={isOpen(row)}
                  onOpen={onOpen}
                />
              </li>
            )
          }}
        </VirtualRows>
      </div>
      <footer className={css.listFoot}>
        {/* As many as there are at the moment that is shown. */}
        <DownloadLink
          href={`/artifacts/${toGlobalId('Run', run.id)}?through=${run.head}`}
          keys="S"
          title="Download all artifacts as one archive"
          look="ghost"
        >
          Download all
        </DownloadLink>
      </footer>
    </nav>
  )
}

function rowsOf(things: readonly { newest: Artifact; count: number }[], filter: string, tasks: readonly Task[]): Row[] {
  const wanted = filter.toLowerCase()
  const counts = new Map(things.map(({ newest, count }) => [newest.id, count]))
  const found = things
    .map(({ newest }) => newest)
    .filter(
      one => wanted === '' || `${one.title} ${one.kind} ${tasks[one.taskIndex]?.title}`.toLowerCase().includes(wanted),
    )
  const shelves = artifactShelves.map((): Row[] => [])
  for (const artifact of byImportance(found))
    shelves[shelfOf(artifact)]?.push({ artifact, count: counts.get(artifact.id) ?? 1 })
  return shelves.flatMap((inside, shelf) =>
    inside.length === 0 ? [] : [{ title: artifactShelves[shelf]?.title ?? '' }, ...inside],
  )
}

type LinkProps = {
  artifact: Artifact
  count: number
  maker: Task | undefined
  open: boolean
  onOpen: (() => void) | undefined
}

function ArtifactLink({ artifact, count, maker, open, onOpen }: LinkProps) {
  const { kind, title, size } = artifact
  const note = [
    formats[kind] ?? null,
    artifact.simulated ? 'simulated' : null,
    count > 1 ? `${formatCount(count)} versions` : null,
    maker === undefined || maker.title === title ? null : visibleText(maker.title),
    formatBytes(size),
  ]
  return (
    <Link
      from="/runs/$runId"
      to="."
      search={search => ({ ...leaveArtifact(search), artifact: toGlobalId('Artifact', artifact.id) })}
      replace
      className={css.listItem}
      aria-current={open || undefined}
      {...(onOpen === undefined ? {} : { onClick: onOpen })}
    >
      <Icon name="file" />
      <span className={css.listWords}>
        <span className={css.listTitle}>{inert(title.slice(0, 200))}</span>
        <span className={css.listNote}>{note.filter(part => part).join(', ')}</span>
      </span>
    </Link>
  )
}
