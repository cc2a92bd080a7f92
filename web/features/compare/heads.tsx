import { Link } from '@tanstack/react-router'
import { inert } from '../../ui/inert.tsx'
import { StatusLabel } from '../../ui/status.tsx'
import css from './compare.module.css'
import type { Figures } from './figures.ts'
import { rows } from './rows.ts'
import type { Side } from './side.ts'

type Measured = Side & { figures: Figures }
type Props = { ids: { left: string; right: string }; left: Measured; right: Measured; prefix: number }

/** What is nothing as it is written is written as nothing. */
const signed = (value: number, shown: (value: number) => string): string =>
  shown(Math.abs(value)) === shown(0) ? '±0' : `${value > 0 ? '+' : '−'}${shown(Math.abs(value))}`

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
        {rows.map(({ name, of, shown, less, same, told }) => {
          const [one, other] = [of(left.figures), of(right.figures)]
          const between = one === null || other === null ? null : other - one
          const neutral = one === null || other === null || less === null || same(one, other)
          const better = neutral ? undefined : other < one === less
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              {[
                { id: ids.left, value: one },
                { id: ids.right, value: other },
              ].map(({ id, value }, side) => (
                <td key={side === 0 ? 'left' : 'right'} className="tabular">
                  {value === null ? (
                    'none'
                  ) : (
                    <Link to="/runs/$runId" params={{ runId: id }} search={told(prefix)} className={css.figure}>
                      {shown(value)}
                    </Link>
                  )}
                </td>
              ))}
              <td className="tabular" data-tone={better === undefined ? undefined : better ? 'good' : 'bad'}>
                {between === null ? '' : signed(between, shown)}
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
