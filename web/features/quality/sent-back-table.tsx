import { Link } from '@tanstack/react-router'
import type { QualityQuery } from '../../gql/graphql.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { inert } from '../../ui/inert.tsx'
import { Part } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Ago } from '../../ui/time.tsx'
import css from './quality.module.css'

type SentBack = QualityQuery['quality']['sentBack'][number]

const shownRows = 20

/** Work that a review was not content with, and what it found. */
export function SentBackTable({ sentBack }: { sentBack: readonly SentBack[] }) {
  if (sentBack.length === 0) return null
  return (
    <Part
      title="Sent back"
      aside={sentBack.length > shownRows ? `the newest ${shownRows} of ${sentBack.length}` : undefined}
    >
      <Table
        label="Work that was sent back"
        head={[
          { text: 'Why', wide: true },
          { text: 'Whose work' },
          { text: 'By' },
          { text: 'Round', end: true },
          { text: 'Findings', end: true },
          { text: 'When', end: true },
        ]}
      >
        {sentBack.slice(0, shownRows).map(one => (
          <tr key={`${one.runId} ${one.seq}`}>
            <th scope="row" data-wide>
              <Link
                to="/runs/$runId"
                params={{ runId: one.runId }}
                search={{ tab: 'events', seq: one.seq }}
                className={css.link}
              >
                {inert(one.reason.slice(0, 200))}
              </Link>
            </th>
            <td>
              <span className={css.agent}>
                <AgentMark name={one.agent} />
                {one.agent}
              </span>
            </td>
            <td>
              <span className={css.agent}>
                <AgentMark name={one.judge} />
                {one.judge}
              </span>
            </td>
            <td data-end>{one.round}</td>
            <td data-end>{one.findings ?? '–'}</td>
            <td data-end className={css.muted}>
              <Ago at={Date.parse(one.at)} />
            </td>
          </tr>
        ))}
      </Table>
    </Part>
  )
}
