import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import type { QualityFilter } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { formatExact } from '../../lib/format.ts'
import { ButtonFace, buttonClass } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { inert } from '../../ui/inert.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { QualityDocument, ScorePartsDocument } from './documents.ts'
import type { Point } from './points.ts'
import css from './quality.module.css'
import { ScoreBar } from './score-bar.tsx'
import { type ScorePart, scoreParts } from './score-parts.ts'

type Props = { artifactId: string; filter: QualityFilter; onClose(): void }

/** Why one artifact scores what it scores, and the way to it. */
export function PointPanel({ artifactId, filter, onClose }: Props) {
  const [{ data: whole }] = useQuery({ query: QualityDocument, variables: { filter } })
  const [{ data, error }] = useQuery({ query: ScorePartsDocument, variables: { id: artifactId } })
  const point = whole?.quality.points.find(one => one.artifactId === artifactId) ?? null
  const node = data?.node ?? null
  const parts = node !== null && 'scoreParts' in node ? scoreParts(node.scoreParts) : []
  return (
    <Panel title={point === null ? 'An artifact' : point.kind} onClose={onClose}>
      {whole !== undefined && point === null ? (
        <Empty icon="search" title="It is not among these">
          It was made longer ago, or a filter leaves it out.
        </Empty>
      ) : null}
      {point === null ? null : <PointFacts point={point} />}
      {error === undefined ? null : <p className={css.fault}>{faultOf(error)}</p>}
      {data === undefined && error === undefined ? <Bars rows={3} height={44} /> : null}
      {parts.length === 0 ? null : (
        <Section title="What the score is made of" aside="weighted mean">
          <ul className={css.parts}>
            {parts.map(part => (
              <Part key={part.name} part={part} />
            ))}
          </ul>
        </Section>
      )}
    </Panel>
  )
}

function PointFacts({ point }: { point: Point }) {
  const { runId, seq, artifactId, gate, score } = point
  return (
    <>
      <p className={css.title}>{inert(point.title.slice(0, 400))}</p>
      <Facts
        facts={{
          Score: <ScoreBar score={score} />,
          Gate: gate === null ? null : `${score >= gate ? 'held' : 'did not hold'}: ${gate.toFixed(2)} was asked for`,
          Agent: (
            <Link to="/agents" search={{ agent: point.agent }} className={css.link}>
              {point.agent}
            </Link>
          ),
          Model: point.model,
          Project: point.project?.name,
          Made: formatExact(Date.parse(point.at)),
          Label: point.simulated ? <Simulated /> : null,
        }}
      />
      <p className={css.ways}>
        <Link
          to="/runs/$runId"
          params={{ runId }}
          search={{ tab: 'artifacts', artifact: artifactId }}
          className={buttonClass}
          data-look="plain"
        >
          <ButtonFace icon="file">Open the artifact</ButtonFace>
        </Link>
        <Link
          to="/runs/$runId"
          params={{ runId }}
          search={{ tab: 'events', seq }}
          className={buttonClass}
          data-look="plain"
        >
          <ButtonFace icon="events">Its event</ButtonFace>
        </Link>
      </p>
    </>
  )
}

function Part({ part: { name, value, weight, why } }: { part: ScorePart }) {
  return (
    <li className={css.part}>
      <span className={css.partName}>
        {inert(name)}
        <span className={css.muted}>{weight === 0 ? ' counts for nothing' : ` weighs ${weight}`}</span>
      </span>
      <ScoreBar score={value} />
      <span className={css.why}>{inert(why)}</span>
    </li>
  )
}
