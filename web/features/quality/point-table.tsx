import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatCount } from '../../lib/format.ts'
import { useRowKeys } from '../../lib/row-keys.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { Button } from '../../ui/button.tsx'
import { inert } from '../../ui/inert.tsx'
import { Part } from '../../ui/page.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { Table } from '../../ui/table.tsx'
import { Ago } from '../../ui/time.tsx'
import type { Point } from './points.ts'
import css from './quality.module.css'
import { ScoreBar } from './score-bar.tsx'

const atFirst = 25

/** The same dots as lines, newest first. */
export function PointTable({ points, selected }: { points: readonly Point[]; selected: string | null }) {
  const [shown, setShown] = useState(atFirst)
  useRowKeys('artifact', 'Quality')
  return (
    <Part title="Artifacts" aside={`${formatCount(Math.min(shown, points.length))} of ${formatCount(points.length)}`}>
      <Table
        label="Scored artifacts"
        head={[
          { text: 'Artifact', wide: true },
          { text: 'Kind' },
          { text: 'Agent' },
          { text: 'Model' },
          { text: 'Score', end: true },
          { text: 'Gate', end: true },
          { text: 'When', end: true },
        ]}
      >
        {points.slice(0, shown).map(point => (
          <tr key={point.artifactId} data-selected={point.artifactId === selected || undefined}>
            <th scope="row" data-wide>
              <Link
                to="/quality"
                search={before => ({ ...before, artifact: point.artifactId })}
                className={css.link}
                data-row
              >
                {inert(point.title.slice(0, 200))}
              </Link>
              {point.simulated ? <Simulated /> : null}
            </th>
            <td>{point.kind}</td>
            <td>
              <span className={css.agent}>
                <AgentMark name={point.agent} />
                {point.agent}
              </span>
            </td>
            <td className={css.muted}>{point.model ?? '–'}</td>
            <td data-end>
              <ScoreBar score={point.score} />
            </td>
            <td data-end data-tone={point.gate !== null && point.score < point.gate ? 'bad' : undefined}>
              {point.gate === null ? '–' : `${point.score >= point.gate ? 'held' : 'failed'} ${point.gate.toFixed(2)}`}
            </td>
            <td data-end className={css.muted}>
              <Ago at={Date.parse(point.at)} />
            </td>
          </tr>
        ))}
      </Table>
      {shown >= points.length ? null : (
        <div className={css.more}>
          <Button onClick={() => setShown(shown * 4)}>Show more</Button>
        </div>
      )}
    </Part>
  )
}
