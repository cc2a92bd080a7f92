import { Link } from '@tanstack/react-router'
import { formatCount, formatSpan } from '../../lib/format.ts'
import { inert } from '../../ui/inert.tsx'
import { StatusLabel } from '../../ui/status.tsx'
import css from './compare.module.css'
import type { Figures } from './figures.ts'
import type { Side } from './side.ts'

type Measured = Side & { figures: Figures }
type Props = { ids: { left: string; right: string }; left: Measured; right: Measured; prefix: number }

const dollars = (micros: number): string => `$${(micros / 1e6).toFixed(4)}`
const signed = (value: number, shown: string): string => (value > 0 ? `+${shown}` : value < 0 ? `−${shown}` : '±0')

type Row = {
  name: string
  of(figures: Figures): number | null
  shown(value: number): string
  /** Whether less of it is better; null: it is neither good nor bad. */
  less: boolean | null
}

const rows: readonly Row[] = [
  { name: 'Time', of: ({ ms }) => ms, shown: formatSpan, less: true },
  { name: 'Spent', of: ({ micros }) => micros, shown: dollars, less: true },
  { name: 'Model calls', of: ({ modelCalls }) => modelCalls, shown: formatCount, less: null },
  { name: 'Attempts', of: ({ attempts }) => attempts, shown: formatCount, less: null },
  { name: 'Tasks that ended', of: ({ done }) => done, shown: formatCount, less: null },
  { name: 'Tasks that failed', of: ({ failed }) => failed, shown: formatCount, less: true },
  { name: 'Mean quality', of: ({ quality }) => quality, shown: value => value.toFixed(2), less: false },
]

/** Both runs with their figures and what is between them. */
export function Heads({ ids, left, right, prefix }: Props) {
  return (
    <table className={css.heads}>
      <caption className="sr-only">
        Figures of both runs{prefix === 0 ? '' : `, from where they went apart after event ${prefix}`}
      </caption>
      <thead>
        <tr>
          <td />
          <RunHead id={ids.left} side={left} word="Left" />
          <RunHead id={ids.right} side={right} word="Right" />
          <th scope="col">Right against left</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, of, shown, less }) => {
          const [one, other] = [of(left.figures), of(right.figures)]
          const between = one === null || other === null ? null : other - one
          const better = between === null || between === 0 || less === null ? undefined : between < 0 === less
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="tabular">{one === null ? 'none' : shown(one)}</td>
              <td className="tabular">{other === null ? 'none' : shown(other)}</td>
              <td className="tabular" data-tone={better === undefined ? undefined : better ? 'good' : 'bad'}>
                {between === null ? '' : signed(between, shown(Math.abs(between)))}
                {better === undefined ? null : <span className="sr-only">{better ? ', better' : ', worse'}</span>}
              </td>
            </tr>
          )
        })}
      </tbody>
      {prefix === 0 ? null : (
        <tfoot>
          <tr>
            <td colSpan={4}>Time, money and calls are counted from where the two went apart, after event {prefix}.</td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function RunHead({ id, side: { run }, word }: { id: string; side: Side; word: string }) {
  return (
    <th scope="col" className={css.runHead}>
      <span className="sr-only">{word}: </span>
      <Link to="/runs/$runId" params={{ runId: id }}>
        {inert(run.title)}
      </Link>
      <StatusLabel status={run.status} />
    </th>
  )
}
