import { lazy, Suspense } from 'react'
import { useQuery } from 'urql'
import type { QualityFilter, QualityQuery } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { counted, formatCount } from '../../lib/format.ts'
import { useRunChanges } from '../../lib/run-changes.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Part } from '../../ui/page.tsx'
import { Stats } from '../../ui/stats.tsx'
import { QualityDocument } from './documents.ts'
import { GroupTable } from './group-table.tsx'
import { PointTable } from './point-table.tsx'
import { projectName } from './points.ts'
import css from './quality.module.css'
import { SentBackTable } from './sent-back-table.tsx'

/** What draws it comes when it is needed; where it cannot come, the list says the same. */
const ScoreChart = lazy(() =>
  import('./score-chart.tsx').then(
    module => ({ default: module.ScoreChart }),
    () => ({ default: NoChart }),
  ),
)
const NoChart = () => <p className={css.muted}>The picture could not be loaded; the list below holds the same.</p>

type Quality = QualityQuery['quality']
type Props = {
  filter: QualityFilter
  selected: string | null
  onSelect(artifactId: string | null): void
}

/** How good work is, over time and by who made it. Everything is counted from artifacts, and each of them can be opened. */
export function QualityView({ filter, selected, onSelect }: Props) {
  const [{ data, error, stale }, again] = useQuery({ query: QualityDocument, variables: { filter } })
  useRunChanges(() => again({ requestPolicy: 'network-only' }), 2_000)
  if (data === undefined && error === undefined) return <Bars rows={6} height={48} />
  if (data === undefined)
    return (
      <Empty icon="warning" title="The scores could not be read">
        {error === undefined ? '' : faultOf(error)}
      </Empty>
    )
  const { quality } = data
  if (quality.points.length === 0) return <Nothing filter={filter} />
  return (
    <div className={css.view} data-stale={stale || undefined}>
      <Summary quality={quality} />
      <Part
        title="Scores over time"
        aside={
          quality.complete
            ? 'each dot is an artifact; press one to see why'
            : `the newest ${formatCount(quality.points.length)} artifacts`
        }
      >
        <Suspense fallback={<div className={css.plot} />}>
          <ScoreChart points={quality.points} days={quality.days} selected={selected} onPick={onSelect} />
        </Suspense>
      </Part>
      <div className={css.groups}>
        <GroupTable title="By kind" field="kind" groups={quality.kinds} chosen={filter.kind ?? null} />
        <GroupTable title="By agent" field="agent" groups={quality.agents} chosen={filter.agent ?? null} />
        <GroupTable title="By model" field="model" groups={quality.models} chosen={filter.model ?? null} />
        <GroupTable
          title="By project"
          field="project"
          groups={quality.projects}
          chosen={filter.projectId ?? null}
          wordOf={id => projectName(quality.points, id)}
        />
      </div>
      <SentBackTable sentBack={quality.sentBack} />
      <PointTable points={quality.points} selected={selected} />
    </div>
  )
}

function Summary({ quality: { figures, sentBack } }: { quality: Quality }) {
  if (figures === null) return null
  const { count, mean, median, lowest, gated, held } = figures
  const rounds = sentBack.reduce((most, { round }) => Math.max(most, round), 0)
  return (
    <Stats
      label="All scores"
      stats={[
        { label: 'Mean', value: mean.toFixed(2), note: `of ${counted(count, 'artifact')}` },
        { label: 'Median', value: median.toFixed(2) },
        { label: 'Lowest', value: lowest.toFixed(2), tone: lowest < 0.4 ? 'bad' : undefined },
        {
          label: 'Gates that held',
          value: gated === 0 ? '–' : `${held} of ${gated}`,
          note: gated === 0 ? 'no step asked for a score' : 'artifacts that scored what was asked',
          tone: held < gated ? 'wait' : undefined,
        },
        {
          label: 'Sent back',
          value: formatCount(sentBack.length),
          note: sentBack.length === 0 ? 'no work' : `in at most ${counted(rounds, 'round')}`,
        },
      ]}
    />
  )
}

function Nothing({ filter: { kind, agent, model, projectId } }: { filter: QualityFilter }) {
  const filtered = [kind, agent, model, projectId].some(one => one != null)
  return (
    <Empty icon="check" title={filtered ? 'Nothing like that was scored' : 'Nothing was scored yet'}>
      {filtered
        ? 'Take a filter away, or look further back.'
        : 'What agents make is scored by its kind: a plan by whether its steps say when they are done, a change by its tests, a review by whether its findings name places.'}
    </Empty>
  )
}
