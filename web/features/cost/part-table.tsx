import type { ReactNode } from 'react'
import { EventsLink } from '../../lib/events-link.tsx'
import { formatCount, formatMoney } from '../../lib/format.ts'
import css from './part-table.module.css'
import { chargeTypes, type Part } from './spending.ts'

export type Row = {
  key: string
  name: ReactNode
  part: Part
  /** Which events it is the sum of. */
  events: { task?: number; agent?: string; text?: string }
}

/** Shares of what was spent, the dearest first. Every figure leads to the events of which it is the sum. */
export function PartTable({ title, of, rows }: { title: string; of: string; rows: readonly Row[] }) {
  const most = Math.max(1, ...rows.map(row => row.part.spentMicros + row.part.reservedMicros))
  const dearest = [...rows].sort((a, b) => b.part.spentMicros - a.part.spentMicros)
  return (
    <section className={css.part} aria-label={title}>
      <table className={css.table}>
        <caption className={css.caption}>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            <th scope="col" className={css.share}>
              <span className="sr-only">Share</span>
            </th>
            <th scope="col">Calls</th>
            <th scope="col" className={css.tokens}>
              Tokens in
            </th>
            <th scope="col" className={css.tokens}>
              out
            </th>
            <th scope="col">Spent</th>
          </tr>
        </thead>
        <tbody>
          {dearest.map(({ key, name, part, events }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td className={css.share}>
                <span className={css.spent} style={{ width: `${(part.spentMicros / most) * 100}%` }} />
                <span className={css.reserved} style={{ width: `${(part.reservedMicros / most) * 100}%` }} />
              </td>
              <td>
                <EventsLink {...events} types={['ModelCallStarted']}>
                  {formatCount(part.calls)}
                </EventsLink>
              </td>
              <td className={css.tokens}>{formatCount(part.inputTokens)}</td>
              <td className={css.tokens}>{formatCount(part.outputTokens)}</td>
              <td>
                <EventsLink {...events} types={chargeTypes}>
                  {formatMoney(part.spentMicros)}
                </EventsLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
