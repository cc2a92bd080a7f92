import { Link } from '@tanstack/react-router'
import type { QualityQuery } from '../../gql/graphql.ts'
import { formatCount } from '../../lib/format.ts'
import { Part } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import css from './quality.module.css'
import { ScoreBar } from './score-bar.tsx'

type Group = QualityQuery['quality']['kinds'][number]
type Field = 'kind' | 'agent' | 'model' | 'project'
type Props = {
  title: string
  field: Field
  groups: readonly Group[]
  chosen: string | null
  /** What people call a group; its name unless told. */
  wordOf?: (name: string) => string
}

const shownGroups = 12

/** The figures of each group; choosing one shows only that, choosing it again shows all. */
export function GroupTable({ title, field, groups, chosen, wordOf = name => name }: Props) {
  const hidden = groups.length - shownGroups
  return (
    <Part title={title} aside={hidden > 0 ? `the ${shownGroups} with most artifacts` : undefined}>
      <Table
        label={title}
        head={[
          { text: title.slice(3).replace(/^./, first => first.toUpperCase()), wide: true },
          { text: 'Artifacts', end: true },
          { text: 'Mean', end: true },
          { text: 'Lowest', end: true },
          { text: 'Held', end: true, title: 'Gates that held' },
        ]}
      >
        {groups.slice(0, shownGroups).map(({ name, figures }) => (
          <tr key={name} data-selected={name === chosen || undefined}>
            <th scope="row" data-wide>
              {name === '' ? (
                <span className={css.muted}>no model</span>
              ) : (
                <Link
                  to="/quality"
                  search={({ [field]: _, artifact: _artifact, ...rest }) =>
                    name === chosen ? rest : { ...rest, [field]: name }
                  }
                  className={css.link}
                >
                  {wordOf(name)}
                </Link>
              )}
            </th>
            <td data-end>{formatCount(figures.count)}</td>
            <td data-end>
              <ScoreBar score={figures.mean} />
            </td>
            <td data-end>{figures.lowest.toFixed(2)}</td>
            <td data-end>{figures.gated === 0 ? '–' : `${figures.held}/${figures.gated}`}</td>
          </tr>
        ))}
      </Table>
    </Part>
  )
}
