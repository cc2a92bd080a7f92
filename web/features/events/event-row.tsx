import { memo } from 'react'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { describe } from '../../lib/describe-event.ts'
import { formatClock } from '../../lib/format.ts'
import css from './events.module.css'

type Props = { event: RecordedEvent; place: number; title: string; selected: boolean; onSelect(seq: number): void }

export const eventRowHeight = 28
export const eventRowId = (seq: number): string => `event-${seq}`

export const EventRow = memo(function EventRow({ event, place, title, selected, onSelect }: Props) {
  const { tone, text } = describe(event)
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
      onClick={() => onSelect(event.seq)}
    >
      <span className={css.seq}>{event.seq}</span>
      <span className={css.time}>{formatClock(event.at)}</span>
      <span className={css.type} data-tone={tone}>
        <i className={css.dot} />
        <span className={css.typeName}>{event.type}</span>
      </span>
      <span className={css.task}>{title}</span>
      <span className={css.text}>{text}</span>
    </div>
  )
})
