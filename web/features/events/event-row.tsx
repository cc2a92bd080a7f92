import { memo } from 'react'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { formatClock } from '../../lib/format.ts'
import { Inert, marked } from '../../ui/inert.tsx'
import css from './events.module.css'
import { lineOf } from './hit-line.ts'

type Props = {
  event: RecordedEvent
  place: number
  title: string
  selected: boolean
  /** What is searched for, where the event holds it; otherwise empty. */
  sought: string
  onSelect(seq: number): void
}

/** Characters of a line: more cannot be seen in it. */
const shownText = 400

export const eventRowHeight = 28
export const eventRowId = (seq: number): string => `event-${seq}`

export const EventRow = memo(function EventRow({ event, place, title, selected, sought, onSelect }: Props) {
  const { tone, text } = lineOf(event, sought)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and the keys, as a listbox does.
    // biome-ignore lint/a11y/useFocusableInteractive: see above; the list names its active row.
    <div
      role="option"
      id={eventRowId(event.seq)}
      aria-selected={selected}
      aria-posinset={place + 1}
      aria-setsize={-1}
      className={css.row}
      data-hit={sought !== '' || undefined}
      onClick={() => onSelect(event.seq)}
    >
      <span className={css.seq}>{event.seq}</span>
      <span className={css.time}>{formatClock(event.at)}</span>
      <span className={css.type} data-tone={tone}>
        <i className={css.dot} />
        <span className={css.typeName}>{marked(event.type, sought)}</span>
      </span>
      <span className={css.task}>
        <Inert text={title} limit={shownText} />
      </span>
      <span className={css.text}>
        <Inert text={text} limit={shownText} sought={sought} />
      </span>
    </div>
  )
})
