import { inert, visibleText } from '../../ui/inert.tsx'
import css from './artifacts.module.css'
import { placeOf, type Row } from './findings.ts'

/** Where something is found. Where there is no room the beginning is cut off: the line is what one looks for. */
export function Place({ of }: { of: Pick<Row, 'file' | 'line' | 'column'> }) {
  const place = placeOf(of)
  return (
    <code className={css.place} title={visibleText(place)}>
      <bdi>{inert(place)}</bdi>
    </code>
  )
}
