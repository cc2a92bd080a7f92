import type { NotChecked } from '../../../domain/artifact.ts'
import css from './artifacts.module.css'

/** What could have been examined and was not. It is said as plainly as what was found. */
export function NotCheckedList({ items }: { items: readonly NotChecked[] }) {
  if (items.length === 0) return <p className={css.muted}>Everything that applies was checked.</p>
  return (
    <ul className={css.cards}>
      {items.map(item => (
        <li key={`${item.what} ${item.why}`} className={css.card}>
          <h4>{item.what}</h4>
          <p>{item.why}</p>
          {item.mend === '' ? null : <p className={css.muted}>{item.mend}</p>}
        </li>
      ))}
    </ul>
  )
}
